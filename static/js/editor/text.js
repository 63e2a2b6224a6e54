/** Changing the text of a text area so that the browser's own undo still works. */

/** Put `text` in place of the characters from `start` to `end`, and leave the caret behind it. */
export function replaceRange(area, start, end, text) {
  area.focus();
  area.setSelectionRange(start, end);
  // Deprecated, and the only way that keeps undo; setRangeText and value forget it.
  const done = document.execCommand(text ? "insertText" : "delete", false, text);
  if (!done) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Where line `number` (counted from 1) begins and ends. */
export function lineRange(text, number) {
  const lines = text.split("\n");
  const before = lines.slice(0, number - 1);
  const start = before.reduce((length, line) => length + line.length + 1, 0);
  return [Math.min(start, text.length), Math.min(start + (lines[number - 1] ?? "").length, text.length)];
}

/** Select line `number` and bring it into view. */
export function goToLine(area, number) {
  const [start, end] = lineRange(area.value, number);
  area.focus();
  // Browsers scroll to the caret, not to a selection: place the one, then make the other.
  area.setSelectionRange(start, start);
  area.blur();
  area.focus();
  area.setSelectionRange(start, end);
}

/** Before, after, and what stands in between when nothing is selected. */
const AROUND = {
  bold: ["**", "**", "bold"],
  italic: ["*", "*", "italic"],
  link: ["[", "](https://)", "words"],
  citation: ["[@", "]", "study"],
  claim: ["[", "](claim:)", "words of the claim"],
};
const LINE_START = { heading: "## ", list: "- ", quote: "> " };

/** What the tool `name` does to the selected text. */
export function insert(area, name) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  if (name in LINE_START) {
    const from = value.lastIndexOf("\n", start - 1) + 1;
    replaceRange(area, from, end, value.slice(from, end).replace(/^/gm, LINE_START[name]));
    return;
  }
  const [before, after, instead] = AROUND[name];
  const words = value.slice(start, end) || instead;
  replaceRange(area, start, end, before + words + after);
  area.setSelectionRange(start + before.length, start + before.length + words.length);
}
