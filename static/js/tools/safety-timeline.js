/*
 * The day as a picture: a row for each medicine with its times and the hours closed to magnesium, and, where a time may
 * be read off, one for all of them together. A row says in words what it shows; nothing is drawn where no hours are stated.
 */
import { capital, draw } from "./safety-dom.js";
import { DAY } from "./safety-plan.js";

const LEFT = 168;
const RIGHT = 700;
const ROW = 28;
const TOP = 24;
const at = (minutes) => LEFT + ((RIGHT - LEFT) * minutes) / DAY;

const axis = (height) =>
  [0, 3, 6, 9, 12, 15, 18, 21, 24].flatMap((hour) => [
    draw("line", { class: "day-hour", x1: at(hour * 60), x2: at(hour * 60), y1: TOP - 4, y2: height }),
    draw("text", { class: "day-number", x: at(hour * 60), y: TOP - 10, "text-anchor": "middle" }, String(hour)),
  ]);

/* A long name is cut in the picture only; beside it, it stands in full. */
const short = (name) => (name.length > 24 ? `${name.slice(0, 23)}…` : name);

const bars = (stretches, y) =>
  stretches.map(([from, to]) =>
    draw("rect", { class: "day-closed", fill: "url(#day-hatch)", x: at(from), y: y + 5, width: at(to) - at(from), height: ROW - 10 }),
  );

const dots = (times, y) => times.map((time) => draw("circle", { class: "day-dose", cx: at(time), cy: y + ROW / 2, r: 5.5 }));

const row = ({ name, times, stretches, kind }, number) => {
  const y = TOP + number * ROW;
  return draw(
    "g",
    { class: kind },
    draw("text", { class: "day-name", x: 0, y: y + ROW / 2 + 4 }, short(capital(name))),
    draw("line", { class: "day-line", x1: LEFT, x2: RIGHT, y1: y + ROW, y2: y + ROW }),
    ...bars(stretches, y),
    ...dots(times, y),
  );
};

const hatching = () =>
  draw(
    "pattern",
    { id: "day-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    draw("rect", { class: "day-hatch-ground", width: 5, height: 5 }),
    draw("line", { class: "day-hatch-line", x1: 0, y1: 0, x2: 0, y2: 5 }),
  );

/* rows: [{ name, times, stretches }]; all: the closed stretches of all rows, or null where no time is to be read off. */
export const timeline = (rows, all, label) => {
  const medicines = rows.map((each) => ({ ...each, kind: "day-medicine" }));
  const magnesium = all ? [{ name: "Magnesium", times: [], stretches: all, kind: "day-magnesium" }] : [];
  const height = TOP + (medicines.length + magnesium.length) * ROW;
  return draw(
    "svg",
    { class: "day", viewBox: `0 0 ${RIGHT + 14} ${height + 2}`, role: "img", "aria-label": label },
    draw("defs", {}, hatching()),
    ...axis(height),
    ...[...medicines, ...magnesium].map(row),
  );
};
