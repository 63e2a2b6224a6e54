/*
 * The dose bridge answers while its form is filled in, by the same rules and sentences as the server. Nothing leaves the
 * browser for it: the rules are fetched once, and the address follows without a request. Focus stays where it is, the
 * answer is announced when typing pauses. Without this script, or without the rules, the form is sent by its button.
 *
 *   <dose-bridge data-rules="/tools/dose/rules.json"><form class="dose-form">…</form><section id="answer">…</section>
 *     <p role="status" data-said></p></dose-bridge>
 */
import { answer } from "../tools/dose-answer.js";
import { regionOf } from "../tools/dose-region.js";

const PAUSE = 700;
const USUAL = { unit: "mg" };
const FIELDS = ["form", "amount", "per_day", "whole"];

const textsOf = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/* Whether a field holds another value than the page came with: typed before the rules were here, or brought back by the
 * browser. An answer must not stand beside a form that says something else, kidney disease above all. */
const isTouched = (form) =>
  [...form.elements].some(
    (field) =>
      (field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : false) ||
      (field.localName === "input" && field.value !== field.defaultValue) ||
      (field.localName === "select" && field.value !== usualOf(field)),
  );

const usualOf = (select) => ([...select.options].find((option) => option.defaultSelected) ?? select.options[0]).value;

/* The address of a question: forms_catalog/tools/dose/question.py, to_params. */
function addressOf(form, texts) {
  const said = Object.entries(texts).filter(([name, value]) => value && value !== USUAL[name]);
  const query = new URLSearchParams(said).toString();
  return form.action.split("#")[0] + (query && `?${query}`);
}

class DoseBridge extends HTMLElement {
  #rules = null;
  #edition = "";
  #pause = 0;

  async connectedCallback() {
    const form = this.querySelector(".dose-form");
    this.#edition = this.querySelector("#answer").dataset.edition;
    try {
      const answered = await fetch(this.dataset.rules);
      if (!answered.ok) return;
      this.#rules = await answered.json();
    } catch {
      return;
    }
    this.#offer(form);
    form.addEventListener("input", (event) => this.#changed(form, event));
    form.addEventListener("submit", (event) => this.#sent(form, event));
    if (isTouched(form)) this.#changed(form, { target: form.elements.form });
  }

  #changed(form, event) {
    if (event.target.name === "form") this.#offer(form);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#settled(form), PAUSE);
    this.#show(form, this.#answer(form));
  }

  /* An amount that is still missing is no mistake before the form is sent. */
  #answer(form, { sent = false } = {}) {
    const texts = textsOf(form);
    return answer({ kidney: "", ...texts, asked: sent || texts.amount.trim() !== "" }, this.#rules);
  }

  #show(form, found) {
    const region = regionOf(document, { answer: found, rules: this.#rules, texts: textsOf(form), edition: this.#edition });
    this.querySelector("#answer").replaceChildren(...region.childNodes);
    this.querySelector("#answer").dataset.state = found.state;
    this.querySelector(".dose-mistakes")?.remove();
    for (const name of FIELDS) this.#mark(name, found.errors[name] ?? "");
    return found;
  }

  /* While somebody types, every keystroke is a half-written number: what is wrong is said when they pause. */
  #settled(form) {
    clearTimeout(this.#pause);
    history.replaceState(null, "", addressOf(form, textsOf(form)));
    this.querySelector("[data-said]").textContent = this.#answer(form).said;
  }

  #sent(form, event) {
    event.preventDefault();
    const found = this.#show(form, this.#answer(form, { sent: true }));
    this.#settled(form);
    this.querySelector("[data-said]").textContent = found.said;
    const wrong = Object.keys(found.errors)[0];
    const place = wrong ? this.querySelector(`#dose-${wrong}`) : this.querySelector("#answer");
    if (wrong) place.closest("details")?.setAttribute("open", "");
    place.focus({ preventScroll: !wrong });
    if (!wrong) place.scrollIntoView({ block: "start" });
  }

  #mark(name, error) {
    const field = this.querySelector(`#dose-${name}`);
    const id = `${field.id}-error`;
    const hints = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
    let words = this.querySelector(`#${id}`);
    if (error && !words) {
      words = Object.assign(document.createElement("p"), { id, className: "field-error" });
      field.closest(".field").append(words);
    }
    if (error) words.textContent = error;
    else words?.remove();
    const said = [...hints, ...(error ? [id] : [])].join(" ");
    if (said) field.setAttribute("aria-describedby", said);
    else field.removeAttribute("aria-describedby");
    if (error) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  /* Only the structures of the form chosen. */
  #offer(form) {
    const chosen = form.elements.form.value;
    const structures = form.elements.hydrate;
    for (const group of structures.querySelectorAll("optgroup")) {
      const offered = !chosen || group.dataset.form === chosen;
      group.hidden = group.disabled = !offered;
      if (!offered && group.contains(structures.selectedOptions[0])) structures.value = "";
    }
  }
}

customElements.define("dose-bridge", DoseBridge);
