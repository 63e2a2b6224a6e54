/*
 * Where everything stands on the dose bridge's picture: forms_catalog/tools/dose/scale.py, for the browser.
 * Places are shares of the width in hundredths of a per cent; heights are fixed.
 */
import { exact, fraction, less, over, plus, times } from "./dose-arithmetic.js";

const WHOLE = 10_000;
const STEP = 100;
const TICK = 200;
const [TOP, LINE, HEAD, GAP, DOT] = [52, 20, 22, 14, 11];
const NEAR = 260;
const NEAR_EDGE = 6_200;
const HALF = fraction(1n, 2n);
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
const whole = (value) => value.n / value.d;

const place = (mg, end) => {
  const at = whole(plus(over(times(mg, fraction(BigInt(WHOLE))), fraction(end)), HALF));
  return Math.min(WHOLE, at > BigInt(WHOLE) ? WHOLE : Number(at));
};
const printed = (at) => `${Math.floor(at / 100)}.${String(at % 100).padStart(2, "0")}`;

export function scale(words, dose, { intakes, levels, trials }) {
  const drawn = intakes.filter((row) => row.low);
  const ceilings = levels.filter((row) => row.mg);
  const known = [...drawn.map((row) => row.high), ...[...ceilings, ...trials].map((row) => row.mg)].map(exact);
  const furthest = known.length ? known.reduce((a, b) => (less(a, b) ? b : a)) : fraction(BigInt(STEP));
  const end = BigInt(STEP) * (1n + whole(over(furthest, fraction(BigInt(STEP)))));
  const dots = dotsOf(trials.map((row) => exact(row.mg)), end);
  const lanes = lanesOf(drawn.length, Math.max(0, ...dots.map((dot) => dot.row + 1)), ceilings.length);
  const full = Object.entries({ intakes: drawn, trials: dots, levels: ceilings }).filter(([, marks]) => marks.length);
  return {
    you: you(words, dose, end),
    intakes: drawn.map((row, at) => ({ ...bar(words, row, end), y: lanes.intakes + HEAD + LINE * at })),
    trials: dots.map(({ x, row }) => ({ x, y: lanes.trials + HEAD + DOT * row })),
    levels: ceilings.map((row, at) => ceiling(words, row, lanes.levels + HEAD + LINE * at, end)),
    heads: full.map(([name]) => ({ y: lanes[name] + 8, label: words[name] })),
    ticks: ticks(end),
    axis: lanes.axis,
    height: lanes.axis + 24,
    finding: finding(words, dose, ceilings, trials),
  };
}

function ticks(end) {
  const marks = Array.from({ length: Math.floor(Number(end) / TICK) + 1 }, (_, at) => BigInt(at * TICK));
  return marks.map((mg) => ({ x: printed(place(fraction(mg), end)), label: String(mg) }));
}

function lanesOf(bars, dots, ceilings) {
  const lane = (marks) => (marks ? HEAD + marks : 0);
  const trials = TOP + lane(LINE * bars) + GAP;
  const levels = trials + (dots ? lane(DOT * dots) + GAP : 0);
  return { intakes: TOP, trials, levels, axis: levels + lane(LINE * ceilings) + 6 };
}

const labelled = (low, high, label) => {
  const left = high > NEAR_EDGE;
  return { label, label_x: printed(left ? low : high), left };
};

function bar(words, row, end) {
  const [low, high] = [place(exact(row.low), end), place(exact(row.high), end)];
  const label = fill(words.intake, { name: row.short, mg: row.figure });
  return { x: printed(low), width: printed(Math.max(high - low, 60)), ...labelled(low, high, label) };
}

function ceiling(words, row, y, end) {
  const at = place(exact(row.mg), end);
  return { x: printed(at), y, state: row.state, ...labelled(at, at, fill(words.intake, { name: row.short, mg: row.figure })) };
}

function dotsOf(doses, end) {
  const last = [];
  return doses.map((mg) => {
    const at = place(mg, end);
    const free = last.findIndex((x) => at - x >= NEAR);
    const row = free < 0 ? last.length : free;
    last[row] = at;
    return { x: printed(at), row };
  });
}

function you(words, dose, end) {
  const [low, high] = [place(dose.low, end), place(dose.high, end)];
  const beyond = less(fraction(end), dose.high);
  const anchor = low + high < 5_000 ? "start" : low + high > 15_000 ? "end" : "middle";
  const at = { start: low, middle: Math.floor((low + high) / 2), end: high }[anchor];
  return {
    x: printed(low),
    width: printed(high - low),
    end: printed(high),
    beyond,
    label: fill(beyond ? words.beyond : words.you, { dose: dose.words }),
    anchor,
    label_x: printed(at),
  };
}

function finding(words, dose, ceilings, trials) {
  const above = ceilings.filter((row) => row.state === "above").length;
  const may = ceilings.filter((row) => row.state === "may").length;
  const key = above ? (may ? "may" : "above") : may ? "perhaps" : "within";
  const said = fill(words[ceilings.length ? key : "none_set"], { above, may, levels: ceilings.length });
  if (!trials.length) return said;
  // Half a milligram apart is as good as the same, here and in the table.
  const asMuch = trials.filter((row) => less(dose.high, plus(exact(row.mg), HALF))).length;
  return `${said} ${fill(words.trials_found, { trials: asMuch, all_trials: trials.length })}`;
}
