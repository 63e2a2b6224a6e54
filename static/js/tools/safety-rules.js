/*
 * The rules that hold for what was picked, gravest first, each in its record's own sentence; and their markup, which is
 * that of templates/components/rule.html.
 */
import { capital, day, hours, make, series, source, whole } from "./safety-dom.js";

/* One entry for each rule and sentence, in the order of the list, with the names it is here for. */
export const held = (list, { picks, conditions }) => {
  const found = new Map();
  const note = (key, sentence, name) => {
    const rule = list.rules.find((each) => each.key === key);
    const place = `${key} ${sentence ?? ""}`;
    const entry = found.get(place) ?? { rule, sentence: sentence ?? rule.what_to_do, own: sentence !== null, names: [] };
    if (name) entry.names.push(name);
    found.set(place, entry);
  };
  for (const pick of picks) for (const { key, what_to_do: own } of pick.rules) note(key, own, pick);
  for (const key of conditions) note(key, null, null);
  const rank = (entry) => list.rules.indexOf(entry.rule);
  return [...found.values()].sort((one, other) => rank(one) - rank(other));
};

/* Words for the hours of one pick: "take it at least 2 hours before magnesium, or 6 hours after it". */
export const inHours = ({ before, after }) => {
  if (before === null) return `take it at least ${hours(after)} after magnesium; no hours are stated for taking it before`;
  if (after === null) return `take it at least ${hours(before)} before magnesium; no hours are stated for taking it after`;
  return `take it at least ${hours(before)} before magnesium, or ${hours(after)} after it`;
};

const asStated = ({ said_by: by, stated }) => `${by ? `${by}: ` : ""}“${stated}”`;

const hoursOf = (pick, rule) => {
  const own = pick.figures.filter((figure) => figure.rule === rule.key);
  if (!own.length) return null;
  const isRange = ({ before, after }) => [before, after].some((side) => side && side.high !== null && side.high !== side.low);
  const widest = own.length > 1 || own.some(isRange) ? "The widest: " : "";
  return make(
    "li",
    {},
    make("strong", {}, `${capital(pick.name)}: ${widest}${inHours(pick.widest)}.`),
    ` As stated: ${own.map(asStated).join("; ")}.`,
  );
};

/* For a class: which of its medicines have hours by name. */
const byName = (list, rule) =>
  list.picks.filter((pick) => pick.figures.some((figure) => figure.rule === rule.key)).map((pick) => pick.name);

const classWords = (list, entry) => {
  const named = entry.own || !entry.names.some((pick) => pick.whole_class) ? [] : byName(list, entry.rule);
  if (!named.length) return null;
  const words = `Hours are on file for ${series(named)} only. If yours is one of them, pick it by name; if not, ask: hours that hold for one may be wrong for the next.`;
  return make("p", { class: "rule-why" }, words);
};

const mark = (list, rule) => {
  const { label } = list.severities.find(({ word }) => word === rule.severity);
  return make(
    "p",
    { class: "rule-mark" },
    make(
      "span",
      { class: `severity severity-${rule.severity}` },
      make("span", { class: "severity-shape", "aria-hidden": "true" }),
      label,
    ),
  );
};

const why = ({ rule, own }) =>
  rule.why && !own
    ? make("p", { class: "rule-why" }, make("strong", {}, "Why."), ` ${capital(rule.direction)}: ${rule.why}.`)
    : null;

const sources = (rule) => {
  const links = rule.sources.flatMap((each, at) => (at ? [", ", source(each)] : [source(each)]));
  return make("p", { class: "sources" }, `Source${links.length > 1 ? "s" : ""}: `, ...links);
};

/* What an entry is about, inside a sentence. */
export const about = ({ rule, names }) => (names.length ? series(names.map((pick) => pick.name)) : rule.title);

export const title = (entry) => capital(about(entry));

export const card = (list, entry) => {
  const { rule, names, own, sentence } = entry;
  const gaps = own ? [] : names.map((pick) => hoursOf(pick, rule)).filter(Boolean);
  return make(
    "article",
    { class: "rule", "data-key": rule.key },
    mark(list, rule),
    make("h3", {}, title(entry)),
    // A medicine with a sentence of its own is none of the class that the rule is named after.
    names.length && !own && title(entry) !== capital(rule.title) ? make("p", { class: "rule-names" }, capital(rule.title)) : null,
    make("p", { class: "rule-do" }, whole(sentence)),
    gaps.length ? make("ul", { class: "rule-gaps" }, gaps) : null,
    classWords(list, entry),
    why(entry),
    rule.note && !own ? make("p", { class: "rule-why" }, rule.note) : null,
    sources(rule),
    make("p", { class: "rule-checked" }, rule.checked_on ? `Checked ${day(rule.checked_on)}` : "Date of check not on file"),
  );
};

/* What nobody verified, and what is on no list. */
export const unknownCard = (each) =>
  make(
    "div",
    { class: "safety-unknown-one" },
    make("h3", {}, each.says ? capital(each.name) : `“${each.name}”`),
    make("p", {}, `We hold no verified data on ${each.name}: ask a pharmacist or doctor. That is no sign that it is safe.`),
    each.says ? make("p", {}, each.says) : null,
    each.says ? sources(each) : null,
  );
