/** A notice over the page that offers to undo what was just done, for ten seconds; longer while it is used. */

const SHOWN_FOR = 10_000; // milliseconds

export class Toast {
  #timer;

  constructor({ place, status }) {
    this.place = place;
    this.status = status;
    place.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    place.addEventListener("focusin", () => clearTimeout(this.#timer));
    place.addEventListener("pointerleave", () => this.#leave());
    place.addEventListener("focusout", () => this.#leave());
  }

  /** Say what was done; `undo` is called if its button is pressed. */
  show(message, undo) {
    this.status.textContent = message;
    const words = document.createElement("span");
    words.textContent = message;
    this.place.replaceChildren(words, ...(undo ? [this.#button(undo)] : []));
    this.place.hidden = false;
    this.#leave();
  }

  hide() {
    clearTimeout(this.#timer);
    this.place.hidden = true;
  }

  #button(undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Undo";
    button.addEventListener("click", () => {
      this.hide();
      undo();
    });
    return button;
  }

  #leave() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), SHOWN_FOR);
  }
}
