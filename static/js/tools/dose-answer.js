/*
 * The answer of the dose bridge, from the question and the rules alone: no document, no request.
 * forms_catalog/tools/dose/ makes the same on the server, from the same rules and the same sentences; a test compares
 * the two, word by word. The names here are those of the Python modules.
 *
 *   answer({ form: "citrate", amount: "500", basis: "compound", asked: true }, rules)
 */
import {
  ZERO, asTyped, casesOf, exact, fraction, halfUp, least, less, minus, most, over, percentSpan, plus, read, same, shown,
  span, structuresOf, times, weigh,
} from "./dose-arithmetic.js";
import { scale } from "./dose-scale.js";

const HALF = fraction(1n, 2n);
const TWO = fraction(2n);
const HUNDRED = fraction(100n);
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const unique = (values) => [...new Set(values)];
const positive = (a, b) => (less(a, b) ? ZERO : minus(a, b));
const apart = (a, b) => (less(a, b) ? minus(b, a) : minus(a, b));

/* weights.py */

function count(rules, typed) {
  const reading = read(typed);
  if (reading.problem === "empty") return { problem: "", value: fraction(1n) };
  if (reading.problem) return { problem: reading.problem === "words" ? "count_unit" : reading.problem };
  if (reading.word && !rules.units.counted.includes(reading.word)) return { problem: "count_unit" };
  const value = reading.decimal ?? reading.value;
  return { problem: less(exact(rules.limits.most_a_day), value) ? "many" : "", value };
}

function whole(rules, typed) {
  const weight = weigh(rules, typed, "mg");
  if (weight.problem === "empty") return { problem: "", mg: ZERO };
  return rules.units.magnesium.includes(weight.unit) ? { problem: "whole_unit" } : weight;
}

/* dose.py */

const formOf = (rules, question) => rules.forms.find((form) => form.slug === question.form);
const ageOf = (rules, question) => rules.ages.find((age) => age.key === question.age);
const isChild = (rules, question) => ageOf(rules, question).until <= rules.child_until;
const forAge = (rows, age) => rows.filter((row) => row.from < age.until && age.from < row.until);

function doseOf(weight, cases, number) {
  const found = cases.map((each) => each.mg);
  const each = [least(found), most(found)];
  const [low, high] = each.map((mg) => times(mg, number));
  return { weight, cases, count: number, each, low, high, words: span(low, high) };
}

/* beside.py */

function intakes(rules, question, dose) {
  const { fields } = rules.people.find((who) => who.key === question.who);
  const groups = [];
  for (const row of forAge(rules.intakes, ageOf(rules, question))) {
    if (groups.at(-1)?.[0].authority === row.authority) groups.at(-1).push(row);
    else groups.push([row]);
  }
  return groups.map((group) => intake(rules.words.intakes, group, fields, dose));
}

function intake(words, group, fields, dose) {
  const counted = group.filter((row) => fields.some((field) => row[field]));
  const figures = counted.flatMap((row) => fields.map((field) => row[field])).filter(Boolean).map(exact);
  const of = counted.length ? counted : group;
  const row = {
    authority: group[0].authority,
    short: group[0].short,
    kind: unique(of.map((each) => each.kind)).join(" / "),
    ages: of.map((each) => each.age).join("; "),
    note: of.length === 1 ? of[0].note : "",
    sources: group[0].sources,
  };
  if (!figures.length) return { ...row, low: null, high: null, figure: words.none, share: "" };
  const [low, high] = [least(figures), most(figures)];
  const share = percentSpan(over(dose.low, high), over(dose.high, low));
  return {
    ...row,
    low: asWritten(low),
    high: asWritten(high),
    figure: fill(words.figure, { mg: span(low, high) }),
    share: fill(words.share, { share }),
  };
}

const asWritten = ({ n, d }) => (d === 1n ? String(n) : `${n}/${d}`);

function levels(rules, question, dose) {
  const words = rules.words.levels;
  const rows = forAge(rules.levels, ageOf(rules, question)).map((each) => level(words, each, dose));
  return [...rows, ...rules.unseen.map((name) => unseen(words, name))];
}

function level(words, { authority, name, short, covers, age, mg, reason, note, sources }, dose) {
  const about = `${fill(words.about, { covers: capital(covers), reason })} ${note}`.trim();
  const row = { authority, name, short, age, mg, sources, about };
  if (mg === null) return { ...row, state: "not_set", figure: words.not_set, text: words.not_compared };
  const limit = exact(mg);
  const state = stateOf(limit, dose);
  const most = positive(dose.high, limit);
  const by = state === "above" ? span(positive(dose.low, limit), most) : shown(most);
  const share = percentSpan(over(dose.low, limit), over(dose.high, limit));
  const text = fill(words[state], { dose: dose.words, by, share });
  return { ...row, state, figure: fill(words.figure, { mg: shown(limit) }), text };
}

function stateOf(limit, dose) {
  if (less(limit, dose.low)) return "above";
  if (less(limit, dose.high)) return "may";
  return same(dose.low, limit) ? "at" : "within";
}

const unseen = (words, name) => ({
  authority: "", name, short: "", age: "", mg: null, sources: [], state: "not_seen",
  figure: words.no_figure, text: words.not_compared, about: words.not_seen,
});

function trials(rules, question, dose) {
  if (isChild(rules, question)) return [];
  return rules.trials.map((trial) => {
    const mg = exact(trial.mg);
    return { ...trial, dose: shown(mg), text: difference(rules.words.trials, mg, dose) };
  });
}

function difference(words, mg, dose) {
  if (less(most([apart(dose.low, mg), apart(dose.high, mg)]), HALF)) return words.same;
  if (!less(dose.low, mg)) return fill(words.more, { by: span(minus(dose.low, mg), minus(dose.high, mg)) });
  if (!less(mg, dose.high)) return fill(words.fewer, { by: span(minus(mg, dose.high), minus(mg, dose.low)) });
  return fill(words.between, { low: shown(minus(mg, dose.low)), high: shown(minus(dose.high, mg)) });
}

function closest(rules, question, dose) {
  const words = rules.words.trials;
  if (isChild(rules, question)) return words.child;
  const middle = over(plus(dose.low, dose.high), TWO);
  const far = (trial) => apart(exact(trial.mg), middle);
  if (!rules.trials.length) return "";
  const near = rules.trials.reduce((a, b) => (less(far(b), far(a)) ? b : a));
  const lasted = near.duration ? fill(words.duration, near) : "";
  const found = fill(words.closest, { ...near, dose: shown(exact(near.mg)), duration: lasted, you: dose.words });
  return near.doubt ? fill(words.closest_doubtful, { closest: found, doubtful: near.doubt }) : found;
}

function foods(rules, dose) {
  return rules.foods.map((food) => {
    const ends = unique([dose.low, dose.high].map((end) => halfUp(over(end, exact(food.mg)), 1)));
    const words = rules.words.foods;
    const text = ends.at(-1) === "0" ? words.less_than : words.servings;
    return { ...food, text: fill(text, { servings: ends.join("–"), serving: food.serving }) };
  });
}

/* warnings.py */

const texts = (notes) => notes.flatMap((note) => note.text.split("\n"));
const threshold = (each) => (each.threshold ? `${each.condition} (${each.threshold})` : each.condition);
const conditions = (words, cautions) =>
  cautions.map((each) => fill(words.condition, { condition: capital(threshold(each)), rule: each.rule }));

function warning(kind, title, lines, { act = [], effects = [], said = [] } = {}) {
  const sources = new Map(said.flatMap((each) => each.sources).map((source) => [source.url, source]));
  return { kind, title, lines, do: act, effects, sources: [...sources.values()] };
}

function kidney(rules) {
  const words = rules.words.warnings;
  const lines = [words.kidney_why, ...conditions(words, rules.kidney)];
  return warning("kidney", words.kidney_title, lines, { said: rules.kidney });
}

function warnings(rules, question, dose, rows, of) {
  return [
    tooMuch(rules, dose, rows),
    impossible(rules, question, dose, of),
    ...ofForm(rules, question),
    forChild(rules, question),
    expecting(rules, question),
  ].filter(Boolean);
}

function tooMuch(rules, dose, rows) {
  const words = rules.words.levels;
  const above = rows.filter((row) => row.state === "above");
  const may = rows.filter((row) => row.state === "may");
  const beyond = [...above, ...may];
  if (!beyond.length) return null;
  const kind = above.length ? "above" : "may";
  const named = (levels) => levels.map((row) => fill(words.name, { name: row.name, mg: shown(exact(row.mg)) })).join(", ");
  const first = fill(words[`${kind}_title`], { names: named(above.length ? above : may) });
  const title = above.length && may.length ? fill(words.also_may, { title: first, names: named(may) }) : first;
  const lines = [fill(words.above_line, { dose: dose.words, adding_up: words.adding_up })];
  const act = [words.ask, ...texts([...rules.ask_first, ...rules.urgent])];
  const said = [...beyond, ...rules.ask_first, ...rules.too_much, ...rules.urgent];
  return warning(kind, title, lines, { act, effects: texts(rules.too_much), said });
}

function impossible(rules, question, dose, of) {
  const form = formOf(rules, question);
  if (!form || !of.mg.n || question.basis === "compound") return null;
  const shares = structuresOf(rules, question.form, question.hydrate).map((each) => each.share);
  const richest = shares.reduce((a, b) => (less(exact(a), exact(b)) ? b : a));
  const claimed = dose.weight.mg;
  const share = over(exact(richest), HUNDRED);
  if (!less(plus(times(plus(of.mg, HALF), share), HALF), claimed)) return null;
  const words = rules.words.warnings;
  const values = {
    form: form.in_words,
    share: richest,
    whole: asTyped(of.mg),
    most: shown(times(of.mg, share)),
    claimed: asTyped(claimed),
  };
  return warning("impossible", words.impossible_title, [fill(words.impossible, values)]);
}

function ofForm(rules, question) {
  const form = formOf(rules, question);
  const notes = (form?.notes ?? []).map((slug) => rules.notes[slug]).filter(Boolean);
  if (!notes.length) return [];
  return [warning("form", fill(rules.words.warnings.form_title, { form: form.name }), texts(notes), { said: notes })];
}

function forChild(rules, question) {
  if (!isChild(rules, question)) return null;
  return warning("child", rules.words.warnings.child_title, texts(rules.ask_first), { said: rules.ask_first });
}

function expecting(rules, question) {
  if (!rules.expecting.includes(question.who)) return null;
  const words = rules.words.warnings;
  return warning("pregnancy", words.pregnancy_title, conditions(words, rules.pregnancy), { said: rules.pregnancy });
}

/* answer.py */

function errorsOf(question, rules, { weight, number, of }) {
  const bound = question.basis !== "elemental" && !rules.units.magnesium.includes(weight.unit);
  const problems = {
    form: bound && !question.form && !weight.problem ? "no_form" : "",
    amount: weight.problem,
    per_day: number.problem,
    whole: of.problem,
  };
  const found = Object.entries(problems).filter(([, problem]) => problem);
  return Object.fromEntries(found.map(([name, problem]) => [name, rules.words.problems[problem]]));
}

function noticesOf(question, rules, weight) {
  const words = rules.words.notices;
  const unit = rules.units.names[weight.unit];
  const amount = asTyped(weight.value);
  const found = [];
  if (weight.other) {
    const other = asTyped(weight.other);
    found.push({
      text: fill(words.either_way, { typed: weight.typed, amount, other, unit }),
      other: fill(words.read_other, { other }),
      value: `${other.replaceAll(",", "")} ${unit}`,
    });
  } else if (weight.strayed) {
    found.push({ text: fill(words.strayed, { amount, unit }), other: "", value: "" });
  }
  if (rules.units.magnesium.includes(weight.unit) && question.basis !== "elemental") {
    found.push({ text: fill(words.magnesium_unit, { unit }), other: "", value: "" });
  }
  return found;
}

function heroOf(question, rules, dose) {
  const words = rules.words.hero;
  const one = same(dose.count, fraction(1n));
  const each = fill(one ? words.one : words.each, { each: span(...dose.each), count: asTyped(dose.count) });
  return { number: dose.words, unit: words.unit, each, why: whyOf(question, rules, dose) };
}

function whyOf(question, rules, dose) {
  const bound = dose.cases.filter((each) => each.share);
  const form = formOf(rules, question);
  if (!form || span(...dose.each) === shown(dose.each[0])) return "";
  const key = bound.length === dose.cases.length ? "why_hydrates" : bound.length > 1 ? "why_both" : "why_basis";
  return fill(rules.words.hero[key], { form: form.in_words, count: bound.length });
}

function workingOf(question, rules, dose) {
  const words = rules.words.working;
  const { weight } = dose;
  const mg = asTyped(weight.mg);
  const unit = rules.units.names[weight.unit];
  const lines = weight.unit === "mg" ? [] : [fill(words.convert, { amount: asTyped(weight.value), unit, mg })];
  lines.push(...dose.cases.map((each) => caseLine(question, rules, dose, each)));
  const values = { each: span(...dose.each), count: asTyped(dose.count), day: dose.words };
  if (!same(dose.count, fraction(1n))) lines.push(fill(words.day, values));
  const per = exact(rules.units.mg_per_mmol);
  const [low, high] = [over(dose.low, per), over(dose.high, per)];
  const counted = { mmol: span(low, high), meq: span(times(low, TWO), times(high, TWO)) };
  lines.push(fill(words.mmol, { day: dose.words, ...counted, mg_per_mmol: rules.units.mg_per_mmol }));
  return [...lines, ...compoundLine(question, rules, dose)];
}

function caseLine(question, rules, dose, { state, share, mg }) {
  const words = rules.words.working;
  const only = dose.cases.length === 1;
  const result = shown(mg);
  if (!share) return fill(only ? words.itself : words.itself_maybe, { result });
  const form = formOf(rules, question)?.in_words ?? "";
  return fill(only ? words.bound_known : words.bound, { state, form, mg: asTyped(dose.weight.mg), share, result });
}

function compoundLine(question, rules, dose) {
  const form = formOf(rules, question);
  if (!form || dose.cases.some((each) => each.share)) return [];
  const shares = structuresOf(rules, question.form, question.hydrate).map((each) => over(exact(each.share), HUNDRED));
  if (!shares.length) return [];
  const compound = span(over(dose.low, most(shares)), over(dose.high, least(shares)));
  return [fill(rules.words.working.compound, { compound, form: form.in_words })];
}

const NOTHING = {
  errors: {}, notices: [], said: "", warnings: [], hero: {}, working: [], intakes: [], levels: [], trials: [], closest: "",
  foods: [], scale: {},
};

/* What the page shows. `question`: texts by name as they stand in the form; `asked`: whether an amount was sent. */
export function answer(question, rules) {
  if (question.kidney) {
    const only = kidney(rules);
    return { ...NOTHING, state: "kidney", said: only.title, warnings: [only] };
  }
  if (!question.asked) return { ...NOTHING, state: "ask" };
  const weight = weigh(rules, question.amount, question.unit);
  const [number, of] = [count(rules, question.per_day), whole(rules, question.whole)];
  const errors = errorsOf(question, rules, { weight, number, of });
  if (Object.keys(errors).length) {
    return { ...NOTHING, state: "mistakes", errors, said: Object.values(errors).join(" ") };
  }
  return answered(question, rules, doseOf(weight, casesOf(rules, { ...question, weight }), number.value), of);
}

function answered(question, rules, dose, of) {
  const beside = {
    intakes: intakes(rules, question, dose),
    levels: levels(rules, question, dose),
    trials: trials(rules, question, dose),
  };
  const warned = warnings(rules, question, dose, beside.levels, of);
  const title = fill(rules.words.scale.title, { dose: dose.words });
  return {
    state: "answered",
    errors: {},
    notices: noticesOf(question, rules, dose.weight),
    said: [...warned.map((each) => `${each.title}.`), fill(rules.words.hero.said, { dose: dose.words })].join(" "),
    warnings: warned,
    hero: heroOf(question, rules, dose),
    working: workingOf(question, rules, dose),
    ...beside,
    closest: closest(rules, question, dose),
    foods: foods(rules, dose),
    scale: { title, ...scale(rules.words.scale, dose, beside) },
  };
}
