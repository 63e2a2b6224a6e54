/*
 * The arithmetic of the dose bridge: exact fractions, amounts as people type them, compound to elemental magnesium.
 * No document and no request in here: a function of its arguments, for any page (and any test) to use.
 *
 *   const rules = await (await fetch("/tools/dose/rules.json")).json();
 *   const { low, high } = elemental(rules, { form: "citrate", amount: "1.200,5", unit: "mg", basis: "compound" });
 *   span(low, high);   // "136–194"
 *
 * The server holds the same rules in forms_catalog/tools/dose/figures.py and amounts.py; a test compares the two.
 */

/* Exact fractions, never below zero. */

const gcd = (a, b) => (b ? gcd(b, a % b) : a);

export function fraction(n, d = 1n) {
  const common = gcd(n, d) || 1n;
  return { n: n / common, d: d / common };
}

/* "7.777" or "12" or "1/1000", as the rules write them. */
export function exact(text) {
  const [above, below = "1"] = String(text).split("/");
  const [whole, decimals = ""] = above.split(".");
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length) * BigInt(below));
}

export const ZERO = fraction(0n);
export const plus = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a, b) => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a, b) => fraction(a.n * b.n, a.d * b.d);
export const over = (a, b) => fraction(a.n * b.d, a.d * b.n);
export const less = (a, b) => a.n * b.d < b.n * a.d;
export const same = (a, b) => a.n * b.d === b.n * a.d;
export const least = (all) => all.reduce((a, b) => (less(b, a) ? b : a));
export const most = (all) => all.reduce((a, b) => (less(a, b) ? b : a));

/* Numbers in words: rounded once, halves upwards. */

const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

export function halfUp(value, places) {
  const unit = 10n ** BigInt(places);
  const scaled = (2n * value.n * unit + value.d) / (2n * value.d);
  const decimals = places ? String(scaled % unit).padStart(places, "0").replace(/0+$/, "") : "";
  return grouped(String(scaled / unit)) + (decimals && `.${decimals}`);
}

const TEN = fraction(10n);
const ONE = fraction(1n);
const HUNDREDTH = fraction(1n, 100n);

export function shown(value) {
  if (less(ZERO, value) && less(value, HUNDREDTH)) return "under 0.01";
  return halfUp(value, less(value, ONE) ? 2 : less(value, TEN) ? 1 : 0);
}

const ends = (low, high) => (low === high ? low : `${low}–${high}`);
export const asTyped = (value) => halfUp(value, 6);
export const span = (low, high) => ends(shown(low), shown(high));
export const percent = (value) =>
  less(ZERO, value) && less(value, HUNDREDTH) ? "under 1" : halfUp(times(value, fraction(100n)), 0);
export const percentSpan = (low, high) => ends(percent(low), percent(high));

/* Amounts as people type them. */

const LONGEST = 60;
const SPACE = /[\t\n\f\r \u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+/g;
const VULGAR = { "¼": ".25", "½": ".5", "¾": ".75" };
const EITHER_WAY = /^([1-9][0-9]{0,2})[.,]([0-9]{3})$/;
const DECIMAL = /^([0-9]*)[.,]([0-9]*)$/;
const GROUPED = /^[0-9]{1,3}(?:([ '])[0-9]{3}(?:\1[0-9]{3})*|([.,])[0-9]{3}(?:\2[0-9]{3})+)$/;
const MIXED = /^([0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\2[0-9]{3})*)(?!\2)[.,]([0-9]+)$/;

export function tidy(text) {
  if ([...text].length > 100 * LONGEST) return "0".repeat(LONGEST + 1);
  return text
    .replace(/[¼½¾]/g, (char) => VULGAR[char])
    .normalize("NFKC")
    .replaceAll("\u2019", "'")
    .replace(/[\u2010-\u2014\u2212]/g, "-")
    .replace(SPACE, " ")
    .replace(/^ | $/g, "")
    .replace(/[A-Z]/g, (char) => char.toLowerCase());
}

function problemOf(sign, digits, rest) {
  if (!/[0-9]/.test(digits)) return "words";
  if (/^e ?[+-]?[0-9]/.test(rest)) return "exponent";
  if (rest.startsWith("/")) return "fraction";
  if (/[0-9]/.test(rest)) return "several";
  return sign === "-" ? "negative" : "";
}

const digitsOf = (text) => text.replace(/[^0-9]/g, "");

/* The number, and the other way to read it where a point or comma can stand for thousands or for a decimal. */
function numberOf(digits) {
  if (/^[0-9]+$/.test(digits)) return { value: exact(digits) };
  let found = EITHER_WAY.exec(digits);
  if (found) return { value: exact(found[1] + found[2]), decimal: exact(`${found[1]}.${found[2]}`) };
  if (GROUPED.test(digits)) return { value: exact(digitsOf(digits)) };
  found = MIXED.exec(digits);
  if (found) return { value: exact(`${digitsOf(found[1])}.${found[3]}`) };
  found = DECIMAL.exec(digits);
  return found ? { value: exact(`${found[1] || "0"}.${found[2] || "0"}`) } : {};
}

/* Read one amount; `problem` is the key of a sentence in the rules, empty when it was read. */
export function read(typed) {
  const text = tidy(typed);
  if (!text) return { problem: "empty" };
  if ([...text].length > LONGEST) return { problem: "long" };
  const [, sign, found, rest] = /^([+-]?) ?([0-9.,' ]*)([\s\S]*)$/.exec(text);
  const digits = found.trim();
  const problem = problemOf(sign, digits, rest);
  if (problem) return { problem };
  const { value, decimal = null } = numberOf(digits);
  if (!value) return { problem: "number" };
  return { problem: value.n ? "" : "zero", value, decimal, digits, word: rest.replace(/^ +| +$/g, "").replace(/\.$/, "") };
}

/* A weight with its unit: which unit is in force, what was read, and whether that can be. */
export function weigh(rules, typed, unit) {
  const reading = read(typed);
  if (reading.problem) return reading;
  const spelled = reading.word ? Object.hasOwn(rules.units.spellings, reading.word) && rules.units.spellings[reading.word] : unit;
  if (!spelled) return { problem: "unit" };
  const asDecimal = reading.decimal && rules.units.decimal.includes(spelled);
  const value = asDecimal ? reading.decimal : reading.value;
  const other = reading.decimal && (asDecimal ? reading.value : reading.decimal);
  const mg = times(value, exact(rules.units.mg[spelled]));
  const problem = less(exact(rules.limits.most_mg), mg) ? "absurd" : less(mg, exact(rules.limits.least_mg)) ? "tiny" : "";
  const strayed = Boolean(reading.word) && spelled !== unit;
  return { problem, value, other, typed: reading.digits, unit: spelled, mg, strayed };
}

/* The structures an amount may be: the one chosen, or all that are sold under the form's name. */
export function structuresOf(rules, form, hydrate) {
  const found = rules.forms.find((each) => each.slug === form);
  if (!found) return [];
  const chosen = found.structures.filter((each) => each.key === hydrate);
  return chosen.length ? chosen : found.structures;
}

/* Every way to read the label, each with the elemental magnesium in one unit. */
export function casesOf(rules, { form = "", hydrate = "", basis = "", weight }) {
  const itself = { state: "", share: null, mg: weight.mg };
  if (basis === "elemental" || rules.units.magnesium.includes(weight.unit)) return [itself];
  const bound = structuresOf(rules, form, hydrate).map(({ state, share }) => ({
    state,
    share,
    mg: times(weight.mg, over(exact(share), fraction(100n))),
  }));
  return basis === "compound" ? bound : [...bound, itself];
}

/* From form, hydrate, amount and basis to elemental mg in one unit: { problem, low, high }. */
export function elemental(rules, { form, hydrate, amount, unit = "mg", basis = "" }) {
  const weight = weigh(rules, amount, unit);
  if (weight.problem) return { problem: weight.problem };
  const found = casesOf(rules, { form, hydrate, basis, weight }).map((each) => each.mg);
  return found.length ? { problem: "", low: least(found), high: most(found) } : { problem: "no_form" };
}
