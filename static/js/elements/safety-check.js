/*
 * Picking from the list of rules, in the page alone. The list comes once, when the page is opened, and so do the dose bridge's rules; after that nothing is
 * asked of anybody. What a reader picks lives in this element: no storage, no cookie, no address, no form.
 * Without this script the page is the whole list.
 *
 *   <safety-check data-list="/tools/safety.json" data-dose="/tools/dose/rules.json"><p data-plain>…</p><template>…</template></safety-check>
 */
import { capital, make, series } from "../tools/safety-dom.js";
import { minutesOf } from "../tools/safety-plan.js";
import { fields, offerCompounds, onSheet } from "../tools/safety-product.js";
import { card, held, unknownCard } from "../tools/safety-rules.js";
import { fitting, plain } from "../tools/safety-search.js";
import { write } from "../tools/safety-sheet.js";

const LONGEST = 60;
const MOST_TIMES = 4;
const KIDNEYS = /kidney/;

const load = async (address) => {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};

class SafetyCheck extends HTMLElement {
  #list = null;
  #dose = null;
  #picked = new Map();

  async connectedCallback() {
    try {
      const [list, dose] = await Promise.all([load(this.dataset.list), load(this.dataset.dose)]);
      this.#begin(list, dose);
    } catch {
      this.querySelector("[data-plain]").textContent =
        "The part of this page in which you can pick could not be loaded. Everything we hold is on this page all the same.";
    }
  }

  #begin(list, dose) {
    this.#dose = dose;
    this.#list = { ...list, names: [...list.picks, ...list.unverified] };
    this.replaceChildren(this.querySelector("template").content.cloneNode(true));
    this.#part("product-fields").append(...fields(dose));
    // Browsers bring back what was typed or ticked, unless told not to; some send words away to be corrected.
    for (const field of this.querySelectorAll("input")) field.setAttribute("autocomplete", "off");
    this.#part("search").setAttribute("autocorrect", "off");
    this.#part("search").addEventListener("input", () => this.#search());
    this.#part("search").addEventListener("keydown", (event) => this.#enter(event));
    this.#part("clear").addEventListener("click", () => this.#clear());
    this.#part("print").addEventListener("click", () => print());
    this.addEventListener("click", (event) => this.#press(event.target.closest("button")));
    this.addEventListener("change", (event) => this.#changed(event.target));
    this.addEventListener("input", (event) => event.target.matches("[data-product]") && this.#writeSheet());
    addEventListener("pagehide", () => this.#forget());
    document.querySelector("main").addEventListener("click", stayUnnamed);
  }

  #part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  /* Searching */

  get #typed() {
    return this.#part("search").value.slice(0, LONGEST).trim();
  }

  #search() {
    const found = fitting(this.#list.names, this.#typed).filter(({ name }) => !this.#picked.has(name));
    const stranger = this.#typed && !found.length && !this.#isPicked(this.#typed);
    const buttons = found.map((pick) => this.#choice(pick.name, pick.whole_class ? "a class" : ""));
    if (stranger) buttons.push(this.#choice(this.#typed, "not on our list: note it all the same"));
    this.#part("matches").replaceChildren(...buttons.map((button) => make("li", {}, button)));
    const many = `${found.length} fit${found.length === 1 ? "s" : ""}.`;
    this.#say(!this.#typed ? "" : stranger ? `${this.#typed} is not on our list.` : many);
  }

  #choice(name, note) {
    return make("button", { type: "button", "data-add": name }, capital(name), note ? make("small", {}, note) : null);
  }

  #enter(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.#part("matches").querySelector("button")?.click();
  }

  #isPicked(name) {
    return [...this.#picked.keys()].some((each) => plain(each) === plain(name));
  }

  #say(words) {
    this.#part("said").textContent = words;
  }

  /* Picking */

  #press(button) {
    if (!button) return;
    const { add, remove, more } = button.dataset;
    if (add !== undefined) this.#add(add);
    if (remove !== undefined) this.#remove(remove);
    if (more !== undefined) this.#moreTimes(more);
  }

  #add(name) {
    const pick = this.#list.picks.find((each) => each.name === name) ?? null;
    const unknown = pick ? null : (this.#list.unverified.find((each) => each.name === name) ?? { name });
    this.#picked.set(name, { pick, unknown, times: [""] });
    this.#part("search").value = "";
    this.#part("search").focus();
    this.#search();
    this.#show();
    this.#say(`${name} added.`);
  }

  #remove(name) {
    this.#picked.delete(name);
    this.#part("search").focus();
    this.#search();
    this.#show();
    this.#say(`${name} removed.`);
  }

  #changed(field) {
    if (field.matches("[data-condition]")) this.#show();
    if (field.matches("[data-product=form]")) offerCompounds(this, this.#dose);
    if (field.matches("[data-product]")) this.#writeSheet();
    if (field.matches("[data-time]")) {
      this.#picked.get(field.dataset.time).times[Number(field.dataset.number)] = field.value;
      this.#writeSheet();
    }
  }

  #moreTimes(name) {
    this.#picked.get(name).times.push("");
    this.#writeTimes();
    this.#part("times").querySelector(`[data-time="${CSS.escape(name)}"][data-number="${this.#picked.get(name).times.length - 1}"]`).focus();
  }

  #clear() {
    this.#forget();
    this.#part("search").focus();
    this.#say("Everything is cleared.");
  }

  /* Also when the page is left, so that Back finds it empty. */
  #forget() {
    this.#picked.clear();
    this.#part("search").value = "";
    for (const box of this.querySelectorAll("[data-condition]")) box.checked = false;
    for (const field of this.querySelectorAll("[data-product]")) field.value = field.options?.[0].value ?? "";
    offerCompounds(this, this.#dose);
    this.#search();
    this.#show();
  }

  /* Showing */

  get #asked() {
    const every = [...this.#picked.values()];
    const picks = every.map(({ pick }) => pick).filter(Boolean);
    const conditions = [...this.querySelectorAll("[data-condition]:checked")].map((box) => box.value);
    return {
      entries: held(this.#list, { picks, conditions }),
      unknown: every.map(({ unknown }) => unknown).filter(Boolean),
      plans: every
        .filter(({ pick }) => pick?.widest)
        .map(({ pick, times }) => ({ pick, times: times.map(minutesOf).filter((time) => time !== null) })),
      without: every.filter(({ pick }) => !pick?.widest).map(({ pick, unknown }) => (pick ?? unknown).name),
    };
  }

  #show() {
    const asked = this.#asked;
    const any = asked.entries.length + asked.unknown.length > 0;
    this.toggleAttribute("data-asked", any);
    this.#part("answer").hidden = this.#part("take").hidden = !any;
    this.#part("picked").replaceChildren(...[...this.#picked.keys()].map(chosen));
    this.#part("summary").textContent = any ? summary(this.#list, asked) : "";
    this.#part("rules").replaceChildren(...asked.entries.map((entry) => card(this.#list, entry)));
    this.#part("unknown").replaceChildren(...asked.unknown.map(unknownCard));
    this.#writeTimes();
    this.#writeSheet();
  }

  #writeTimes() {
    const timed = [...this.#picked].filter(([, { pick }]) => pick?.widest);
    this.#part("times").replaceChildren(...timed.map(([name, { times }]) => timesOf(name, times)));
  }

  #writeSheet() {
    const kidney = [...this.querySelectorAll("[data-condition]:checked")].some((box) => KIDNEYS.test(box.value));
    const product = onSheet(this, this.#dose, { kidney });
    write(this.#part("sheet"), this.#list, { ...this.#asked, product });
  }
}

const chosen = (name) =>
  make(
    "li",
    {},
    make("span", {}, capital(name)),
    make("button", { type: "button", class: "button-quiet", "data-remove": name, "aria-label": `Remove ${name}` }, "Remove"),
  );

const timesOf = (name, times) =>
  make(
    "fieldset",
    { class: "safety-time" },
    make("legend", {}, `When do you take ${name}?`),
    ...times.map((value, number) => timeField(name, value, number)),
    times.length < MOST_TIMES ? make("button", { type: "button", class: "button-quiet", "data-more": name }, "Another time") : null,
  );

const timeField = (name, value, number) => {
  const field = make("input", { type: "time", autocomplete: "off", "data-time": name, "data-number": number, "aria-label": `Time ${number + 1}` });
  field.value = value;
  return field;
};

const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

const summary = (list, { entries, unknown }) => {
  const words = [];
  if (entries.length) {
    const gravest = list.severities.find(({ word }) => word === entries[0].rule.severity);
    words.push(`${counted(entries.length, "rule")} on file ${entries.length === 1 ? "speaks" : "speak"} of what you picked. The gravest is ${gravest.label.toLowerCase()}: ${gravest.meaning}.`);
  }
  if (unknown.length) words.push(`We hold no verified data on ${series(unknown.map(({ name }) => name))}.`);
  return words.join(" ");
};

/* A link within the page leads there without naming it in the address, which others could read afterwards. */
const stayUnnamed = (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place) return;
  event.preventDefault();
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView();
};

customElements.define("safety-check", SafetyCheck);
