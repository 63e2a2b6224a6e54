/* One page for the pharmacist, made of what was picked and of nothing else. */
import { capital, day, make, series, whole } from "./safety-dom.js";
import { clock, closed, open, said, together } from "./safety-plan.js";
import { about, inHours, title } from "./safety-rules.js";
import { timeline } from "./safety-timeline.js";

/* What lies between the margins of the sheet: as wide as A4's, as high as US Letter's, without the
 * space above the first line. In millimetres. */
const PAGE = { width: 182, height: 246 };
const LINES = ["Does it go together?", "", "Hours apart", "Blood test or follow-up", "Name", "Date"];
const WIDE = 2; /* so many of them run over the whole page */

const part = (heading, ...content) => make("section", {}, make("h4", {}, heading), ...content);

const severity = (list, rule) => list.severities.find(({ word }) => word === rule.severity).label;

const ruleRow = (list, entry) =>
  make(
    "tr",
    {},
    make("th", { scope: "row" }, title(entry)),
    make("td", { class: "sheet-weight" }, severity(list, entry.rule)),
    make("td", {}, whole(entry.sentence)),
  );

const unknownRow = ({ name }) =>
  make("tr", {}, make("th", { scope: "row" }, capital(name)), make("td", { class: "sheet-weight" }, "Not known"), make("td", {}, "No verified data. Ask."));

const table = (list, { entries, unknown }) =>
  make(
    "table",
    { class: "sheet-rules" },
    make("caption", { class: "visually-hidden" }, "What the list says of it, gravest first"),
    make("thead", {}, make("tr", {}, ...["About", "Severity", "What the list says"].map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, ...entries.map((entry) => ruleRow(list, entry)), ...unknown.map(unknownRow)),
  );

const timesOf = (times) => (times.length ? ` Taken at ${series(times.map(clock))}.` : "");

/* What the picture cannot show, in words. */
const gapLines = (plans) =>
  make("ul", { class: "sheet-gaps" }, ...plans.map(({ pick, times }) => make("li", {}, `${capital(pick.name)}: ${inHours(pick.widest)}.${timesOf(times)}`)));

const fits = (drawn) => {
  const free = open(together(drawn.map(({ stretches }) => stretches)));
  if (!free.length) return "By these hours, no time of day is left for magnesium. Ask.";
  return `Outside the hatched hours: ${series(free.map(said))}. A blank stretch only means that no hours on file speak against it.`;
};

/* A major rule that gives no hours is not met by keeping any: "specialist advice before any", "must not be used". */
const isNotSettledByHours = ({ rule, names }) =>
  rule.severity === "major" && !names.some((pick) => pick.figures.some((figure) => figure.rule === rule.key));

const untimed = (plans) => plans.filter(({ times }) => !times.length).map(({ pick }) => pick.name);

/* Why the day names no time for magnesium; empty: nothing on file speaks against it. */
const whyNoTime = ({ entries, plans }) => {
  const first = [...new Set(entries.filter(isNotSettledByHours).map(about))];
  if (first.length) return `No time is named for magnesium: hours do not settle ${series(first)}. Ask about that first.`;
  const missing = untimed(plans);
  return missing.length ? `No time is named for magnesium: no time was given for ${series(missing)}.` : "";
};

/* The day in words. */
const inWords = (drawn, { entries, plans }, why) => {
  if (!drawn.length) return plans.length ? ["No time was given, so no day is drawn."] : [];
  if (why) return [why];
  const words = [fits(drawn)];
  if (entries.some(({ rule }) => rule.severity === "major")) words.push("Hours are not all: what is marked as major comes first.");
  return words;
};

const dayPart = (asked) => {
  const { plans, without } = asked;
  const drawn = plans
    .filter(({ times }) => times.length)
    .map(({ pick, times }) => ({ name: pick.name, times, stretches: closed(times, pick.widest) }));
  const why = whyNoTime(asked);
  const words = inWords(drawn, asked, why);
  if (without.length) words.push(`No hours are stated for ${series(without)}: nothing is drawn. Ask.`);
  const all = why ? null : together(drawn.map(({ stretches }) => stretches));
  const label = drawn.length ? `A day from 0 to 24 hours with the hours closed to magnesium. ${words[0]}` : "";
  return part(
    "Hours apart, as a day",
    plans.length ? gapLines(plans) : null,
    drawn.length ? make("div", { class: "day-frame", role: "region", "aria-label": "The day, drawn", tabindex: 0 }, timeline(drawn, all, label)) : null,
    ...words.map((sentence) => make("p", {}, sentence)),
  );
};

const line = (words, number) =>
  make("div", { class: number < WIDE && "sheet-line-wide" }, make("dt", {}, words), make("dd", {}));

const pharmacist = () =>
  part("For the pharmacist", make("dl", { class: "sheet-lines" }, ...LINES.map(line)));

const sources = ({ entries, product }) => {
  const read = entries.flatMap(({ rule }) => rule.sources.map(({ label }) => label));
  const labels = new Set([...read, ...(product?.sources ?? [])]);
  const checks = entries.map(({ rule }) => rule.checked_on).filter(Boolean).sort();
  const checked = checks.length ? ` Rules last checked ${day(checks[0])}${checks.at(-1) === checks[0] ? "" : ` to ${day(checks.at(-1))}`}.` : "";
  return part("Sources", make("p", { class: "sheet-sources" }, `${[...labels].join(", ") || "None: nothing here is on file."}${labels.size ? "." : ""}${checked}`));
};

const head = (list) => {
  const reviewed = list.review ? `Reviewed by ${list.review.by}, ${day(list.review.on)}.` : "No pharmacist has reviewed the list behind it.";
  const where = `${location.origin}${location.pathname}`;
  return make(
    "header",
    {},
    make("h3", {}, "Magnesium and what I take"),
    make("p", {}, `From the safety check of Magnesium & Mind, ${where}. Not medical advice. ${reviewed} ${list.general_rule ?? ""}`),
  );
};

/* Writes the sheet. asked: { entries, unknown, plans, without, product }. */
export const write = (sheet, list, asked) => {
  const product = asked.product ? [part("Magnesium product", ...asked.product.lines)] : [];
  sheet.replaceChildren(
    head(list),
    part("What I take, and what is so for me", table(list, asked)),
    ...product,
    dayPart(asked),
    pharmacist(),
    sources(asked),
  );
  if (isLong(sheet)) sheet.firstElementChild.append(make("p", { class: "sheet-continues" }, "This sheet continues on a second page."));
};

/* Whether it is higher than a page, laid out as wide as on paper. */
const isLong = (sheet) => {
  const copy = sheet.cloneNode(true);
  copy.removeAttribute("data-sheet");
  copy.classList.add("safety-sheet-measured");
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  sheet.after(copy);
  const { width, height } = copy.getBoundingClientRect();
  copy.remove();
  return height / width > PAGE.height / PAGE.width;
};
