/*
 * Suggestions under a search field, after the combobox pattern of the ARIA Authoring Practices (list autocomplete with
 * manual selection): arrows move, Enter opens what is chosen or else sends the words, Escape closes. Nothing is chosen
 * by itself, and without this script the field is a plain form.
 *
 *   <search-box data-suggest="/search/suggest.json"><form role="search">…<input type="search" name="q">…</form></search-box>
 */
const WAIT = 120;
let boxes = 0;

class SearchBox extends HTMLElement {
  #field = null;
  #list = null;
  #said = null;
  #timer = 0;
  #asking = null;
  #at = -1;

  connectedCallback() {
    if (this.#field) return;
    this.#field = this.querySelector("input[type=search]");
    this.#field.autocomplete = "off"; // two lists would lie over each other
    this.#list = this.#add("ul", { className: "search-options", id: `search-options-${++boxes}`, role: "listbox", hidden: true });
    this.#list.setAttribute("aria-label", "Suggestions");
    const name = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id };
    for (const [attribute, value] of Object.entries(name)) this.#field.setAttribute(attribute, value);
    // Only for who comes to type: every page has such a field, and a page has few statuses to tell apart.
    this.addEventListener("focusin", () => (this.#said ??= this.#add("p", { className: "visually-hidden", role: "status" })));
    this.#field.addEventListener("input", () => this.#later());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.#close());
    // Before the field loses its focus, or the list would be gone when the click arrives.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#open(event.target.closest("li")));
  }

  #add(tag, { role, ...properties }) {
    const element = Object.assign(document.createElement(tag), properties);
    element.setAttribute("role", role);
    this.append(element);
    return element;
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), WAIT);
  }

  async #ask() {
    this.#asking?.abort();
    const words = this.#field.value.trim();
    if (words.length < 2) return this.#close();
    const asking = (this.#asking = new AbortController());
    try {
      const answer = await fetch(`${this.dataset.suggest}?${new URLSearchParams({ q: words })}`, { signal: asking.signal });
      if (!answer.ok) throw new Error(answer.status);
      this.#show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.#close();
    }
  }

  #show(suggestions) {
    if (!suggestions.length || !this.contains(document.activeElement)) return this.#close();
    this.#list.replaceChildren(...suggestions.map((each, place) => this.#option(each, place)));
    this.#list.hidden = false;
    this.#field.setAttribute("aria-expanded", "true");
    this.#choose(-1);
    this.#said.textContent = suggestions.length === 1 ? "1 suggestion. Arrow down to read it." : `${suggestions.length} suggestions. Arrow down to read them.`;
  }

  #option({ title, what, url }, place) {
    const option = document.createElement("li");
    option.id = `${this.#list.id}-${place}`;
    option.dataset.url = url;
    option.setAttribute("role", "option");
    const kind = Object.assign(document.createElement("small"), { textContent: what });
    option.append(Object.assign(document.createElement("span"), { textContent: title }), kind);
    return option;
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#list.hidden = true;
    if (this.#said) this.#said.textContent = "";
    this.#field.setAttribute("aria-expanded", "false");
    this.#choose(-1);
  }

  #choose(place) {
    const options = [...this.#list.children];
    this.#at = place;
    options.forEach((option, each) => option.setAttribute("aria-selected", String(each === place)));
    if (place < 0) return this.#field.removeAttribute("aria-activedescendant");
    this.#field.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const number = this.#list.hidden ? 0 : this.#list.children.length;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (!number) return this.#ask();
      // One place between the last and the first is the field itself.
      this.#choose(((this.#at + 1 + steps[event.key] + number + 1) % (number + 1)) - 1);
    } else if (event.key === "Escape" && number) {
      event.preventDefault();
      this.#close();
    } else if (event.key === "Enter" && number && this.#at >= 0) {
      event.preventDefault();
      this.#open(this.#list.children[this.#at]);
    }
  }

  #open(option) {
    if (option) location.assign(option.dataset.url);
  }
}

customElements.define("search-box", SearchBox);
