/*
 * The magnesium product on the pharmacist's sheet: what the label says, and the elemental magnesium in it by the dose
 * bridge's own arithmetic and sentences (dose-answer.js with the rules of /tools/dose/rules.json).
 */
import { answer } from "./dose-answer.js";
import { make } from "./safety-dom.js";

const FIELDS = [
  ["form", "Form", "On the label, such as magnesium citrate."],
  ["hydrate", "Which compound, if the label says", ""],
  ["amount", "Amount in one", "One tablet, capsule or scoop."],
  ["unit", "Unit", ""],
  ["basis", "That amount is", ""],
  ["per_day", "How many a day", "Empty counts as one."],
];
const MEANT = { "": "compound or magnesium not known", compound: "of the compound", elemental: "of the magnesium in it" };
const TYPED = new Set(["amount", "per_day"]);

const option = (value, label) => make("option", { value }, label);

const choices = (rules, name) =>
  ({
    form: () => [option("", "Not named on the label"), ...rules.forms.map(({ slug, name: label }) => option(slug, label))],
    hydrate: () => [option("", "Not known")],
    unit: () => Object.entries(rules.units.names).map(([key, label]) => option(key, label)),
    basis: () => rules.bases.map(({ key, label }) => option(key, label)),
  })[name]();

const control = (rules, name) => {
  const attributes = { id: `product-${name}`, "data-product": name, autocomplete: "off", "aria-describedby": `product-${name}-hint` };
  return TYPED.has(name)
    ? make("input", { ...attributes, type: "text", inputmode: "decimal", spellcheck: "false" })
    : make("select", attributes, ...choices(rules, name));
};

/* The fields, for the page. */
export const fields = (rules) =>
  FIELDS.map(([name, label, hint]) =>
    make(
      "div",
      { class: "field" },
      make("label", { for: `product-${name}` }, label),
      control(rules, name),
      make("p", { class: "safety-hint", id: `product-${name}-hint`, "data-hint": hint }, hint),
    ),
  );

/* The compounds sold under the form's name, once there is a form. */
export const offerCompounds = (within, rules) => {
  const [form, hydrate] = ["form", "hydrate"].map((name) => within.querySelector(`[data-product="${name}"]`));
  const found = rules.forms.find(({ slug }) => slug === form.value)?.structures ?? [];
  hydrate.replaceChildren(option("", "Not known"), ...found.map(({ key, state }) => option(key, state)));
};

const complain = (within, errors) => {
  for (const field of within.querySelectorAll("[data-product]")) {
    const error = errors[field.dataset.product] ?? "";
    const hint = within.querySelector(`#product-${field.dataset.product}-hint`);
    field.toggleAttribute("aria-invalid", Boolean(error));
    if (error) field.setAttribute("aria-invalid", "true");
    hint.textContent = error || hint.dataset.hint;
    hint.classList.toggle("field-error", Boolean(error));
  }
};

const label = (rules, typed) => {
  const form = rules.forms.find(({ slug }) => slug === typed.form)?.name ?? "Form not named";
  const amount = `“${typed.amount.trim()}” (${rules.units.names[typed.unit]}, ${MEANT[typed.basis]})`;
  return `${form}, ${amount}, ${typed.per_day.trim() || "1"} a day.`;
};

const words = (rules, found) => {
  if (found.state === "kidney") return [`${found.warnings[0].title}. ${rules.words.warnings.kidney_why}`];
  const warned = found.warnings.map(({ title }) => `${title}.`);
  return [...warned, `${found.hero.number} ${found.hero.unit}. ${found.working.join(" ")}`];
};

/*
 * What stands on the sheet, and where it was read; null while there is nothing, or nothing that can be read. Mistakes
 * stand beside their field.
 */
export const onSheet = (within, rules, { kidney }) => {
  const controls = [...within.querySelectorAll("[data-product]")];
  const typed = Object.fromEntries(controls.map((field) => [field.dataset.product, field.value]));
  if (!typed.amount.trim()) {
    complain(within, {});
    return null;
  }
  const found = answer({ ...typed, whole: "", age: "", who: "", kidney, asked: true }, rules);
  complain(within, found.errors);
  if (found.state === "mistakes") return null;
  const lines = [label(rules, typed), ...words(rules, found)].map((line) => make("p", {}, line));
  const passed = found.levels.filter(({ state }) => state === "above" || state === "may");
  return { lines, sources: passed.flatMap(({ sources }) => sources.map((source) => source.label)) };
};
