/** Ticking every card of the page at once, and saying how many are ticked. */

export class Ticks {
  constructor({ bulk, place, cards }) {
    this.cards = cards;
    this.bulk = bulk;
    this.all = document.createElement("input");
    this.all.type = "checkbox";
    this.number = document.createElement("span");
    const label = document.createElement("label");
    label.append(this.all, " Tick all on this page");
    place.append(label, " ", this.number);
    this.all.addEventListener("change", () => this.#tickAll());
    cards.addEventListener("change", (event) => event.target.name === "pick" && this.#count());
    bulk.addEventListener("submit", (event) => this.#ask(event));
  }

  get boxes() {
    return [...this.cards.querySelectorAll("input[name=pick]:not(:disabled)")];
  }

  #tickAll() {
    for (const box of this.boxes) box.checked = this.all.checked;
    this.#count();
  }

  #count() {
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.number.textContent = `${ticked} ticked`;
    if (ticked) this.bulk.querySelector("details").open = true;
    this.all.checked = ticked > 0 && ticked === this.boxes.length;
    this.all.indeterminate = ticked > 0 && !this.all.checked;
  }

  /** Nothing ticked: say so here, rather than send it and come back. */
  #ask(event) {
    const wantsTicked = event.target.elements.scope.value === "ticked";
    if (!wantsTicked || this.boxes.some((box) => box.checked)) return;
    event.preventDefault();
    this.number.textContent = "Tick some first.";
    this.all.focus();
  }
}
