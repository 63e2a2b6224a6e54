/** The list of what must be mended before publication: to the line with one press, mended with another. */

import { goToLine, lineRange, replaceRange } from "./text.js";

function button(label, onPress) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", onPress);
  return made;
}

/** Where the wrong key stands: after @ or a colon, in the paragraph of the problem, and named in its message. */
function findKey(area, problem) {
  const [start] = lineRange(area.value, problem.line);
  const paragraph = area.value.slice(start).split(/\n\s*\n/, 1)[0];
  for (const match of paragraph.matchAll(/[@:]\s*([\w.-]*\w)/g)) {
    const key = match[1];
    if (problem.message.includes(key) || problem.text.includes(`@${key}`)) {
      const place = start + match.index + match[0].length - key.length;
      return [place, place + key.length];
    }
  }
  return null;
}

/** Put a suggestion where the wrong key stands; where that cannot be told, only go to the line. */
function mend(area, problem, suggestion) {
  const place = findKey(area, problem);
  if (place) replaceRange(area, ...place, suggestion);
  else goToLine(area, problem.line);
}

function item(area, problem) {
  const row = document.createElement("li");
  const code = document.createElement("code");
  code.textContent = problem.text;
  row.append(button(`Line ${problem.line}`, () => goToLine(area, problem.line)), " ", code, ` ${problem.message} `);
  for (const suggestion of problem.suggestions) {
    row.append(button(`Use ${suggestion}`, () => mend(area, problem, suggestion)), " ");
  }
  return row;
}

/** Show the problems of a text. The keyboard's place in the list survives a redraw. */
export function listProblems({ list, area, problems }) {
  const buttons = [...list.querySelectorAll("button")];
  const place = buttons.indexOf(document.activeElement);
  list.replaceChildren(...problems.map((problem) => item(area, problem)));
  if (place < 0) return;
  const now = list.querySelectorAll("button");
  (now[Math.min(place, now.length - 1)] ?? area).focus();
}
