/**
 * <moderation-queue>: the queue of replies with keys, decisions that keep the page, and undo.
 * Without this script every button sends its form and the page comes back.
 */

import { Keys } from "./keys.js";
import { Refusal, send } from "./server.js";
import { Ticks } from "./ticks.js";
import { Toast } from "./toast.js";

// These change the order of the list, or other cards than their own: the page comes back whole.
const NEEDS_THE_PAGE = new Set(["set_triage", "hold"]);

class ModerationQueue extends HTMLElement {
  connectedCallback() {
    this.done = []; // what can be undone, the latest last
    this.toast = new Toast({ place: this.part("toast"), status: this.part("said") });
    this.addEventListener("submit", (event) => this.#submitted(event));
    this.addEventListener("focusin", (event) => this.#remember(event.target.closest(".queue-card")));
    if (this.part("bulk")) new Ticks({ bulk: this.part("bulk"), place: this.part("tick-all"), cards: this.part("cards") });
    new Keys({ doings: this.#doings(), dialog: this.part("keys"), opener: this.part("keys-button") });
    this.#offerFresh();
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  get cards() {
    return [...this.part("cards").children];
  }

  #doings() {
    return {
      j: () => this.#move(1),
      k: () => this.#move(-1),
      a: () => this.#press('[data-key="a"]'),
      s: () => this.#press('[data-key="s"]'),
      r: () => this.#openReasons(),
      u: () => this.#undoLast(),
      digit: (number) => this.#press(`.queue-reasons[open] [data-digit="${number}"]`),
    };
  }

  /** What was decided a moment ago by a page that is gone can be undone from a notice too. */
  #offerFresh() {
    const last = this.part("last");
    const said = document.querySelector(".messagelist .success")?.textContent.trim();
    if (said && last?.hasAttribute("data-fresh")) this.toast.show(said, () => last.requestSubmit());
  }

  // Moving

  #remember(card) {
    if (card) this.current = card;
  }

  #focus(card) {
    if (!card) return;
    this.current = card;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
  }

  #move(steps) {
    const place = this.cards.indexOf(this.current);
    this.#focus(place < 0 ? this.cards[0] : this.cards[place + steps]);
  }

  #press(selector) {
    // Nothing is decided about a card that nobody has come to.
    if (!this.current?.isConnected) return this.#focus(this.cards[0]);
    this.current.querySelector(selector)?.click();
  }

  #openReasons() {
    if (!this.current?.isConnected) return this.#focus(this.cards[0]);
    const reasons = this.current.querySelector(".queue-reasons");
    if (!reasons) return;
    reasons.open = true;
    reasons.querySelector("button").focus();
  }

  // Deciding

  async #submitted(event) {
    const { target: form, submitter: button } = event;
    const kind = button?.name === "action" ? button.value : button?.name;
    if (form.dataset.part !== "decision" || NEEDS_THE_PAGE.has(kind)) return;
    event.preventDefault();
    const card = form.closest(".queue-card");
    if (card.hasAttribute("aria-busy")) return;
    card.setAttribute("aria-busy", "true");
    try {
      this.#decided(card, await send(form, { button }));
    } catch (error) {
      this.#refused(card, error);
    }
    card.removeAttribute("aria-busy");
  }

  #decided(card, answer) {
    const next = card.nextElementSibling;
    const goesOn = next ?? card.previousElementSibling;
    card.remove();
    this.done.push({ address: answer.undo, card, next });
    this.toast.show(answer.message, () => this.#undoLast());
    if (this.part("last")) this.part("last").hidden = true;
    this.part("empty").hidden = this.cards.length > 0;
    if (goesOn) this.#focus(goesOn);
    else this.part("empty").querySelector("a")?.focus();
  }

  #refused(card, error) {
    if (!(error instanceof Refusal)) throw error;
    const place = card.querySelector('[data-part="error"]');
    place.textContent = error.message;
    place.hidden = false;
    if (!error.final) return;
    card.classList.add("is-decided");
    for (const button of card.querySelectorAll("button, input")) button.disabled = true;
    this.#focus(card);
  }

  // Undoing

  async #undoLast() {
    const last = this.done.pop();
    const strip = this.part("last");
    if (!last) return strip && !strip.hidden ? strip.requestSubmit() : undefined;
    const form = last.card.querySelector("form");
    try {
      const answer = await send(form, { address: last.address });
      this.#putBack(last);
      this.toast.show(answer.message);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.toast.show(error.message);
    }
  }

  #putBack({ card, next }) {
    this.part("cards").insertBefore(card, next?.isConnected ? next : null);
    this.part("empty").hidden = true;
    card.querySelector(".queue-reasons")?.removeAttribute("open");
    this.#focus(card);
  }
}

customElements.define("moderation-queue", ModerationQueue);
