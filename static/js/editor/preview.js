/** The preview: asks the server when typing pauses, shows its answer, and never an older one than the last. */

import { Refusal, post } from "./server.js";

const PAUSE = 1000; // milliseconds

export class Preview {
  #number = 0;
  #timer;
  #request;

  constructor({ address, area, frame, onAnswer, onRefusal }) {
    Object.assign(this, { address, area, frame, onAnswer, onRefusal });
    frame.addEventListener("load", () => this.#settle());
  }

  /** Ask once typing has paused. */
  schedule(pause = PAUSE) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.ask(), pause);
  }

  /** Ask now; an answer to an earlier question is dropped. */
  async ask() {
    this.#request?.abort();
    this.#request = new AbortController();
    const number = ++this.#number;
    try {
      const fields = { content: this.area.value };
      const answer = await post(this.address, fields, { form: this.area.form, signal: this.#request.signal });
      if (number === this.#number) this.#show(answer);
    } catch (error) {
      if (error.name === "AbortError" || number !== this.#number) return;
      if (!(error instanceof Refusal)) throw error;
      this.onRefusal(error.message);
    }
  }

  #show(answer) {
    this.scrolled = this.frame.contentDocument?.scrollingElement?.scrollTop ?? 0;
    this.frame.srcdoc = answer.html;
    this.onAnswer(answer);
  }

  /** After loading: the same theme and place as before, and links that do not replace the preview. */
  #settle() {
    const inside = this.frame.contentDocument;
    if (!inside?.scrollingElement) return;
    const theme = document.documentElement.dataset.theme;
    if (theme === "light" || theme === "dark") inside.documentElement.dataset.theme = theme;
    inside.scrollingElement.scrollTop = this.scrolled ?? 0;
    inside.addEventListener("click", (event) => this.#follow(event, inside));
  }

  #follow(event, inside) {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const address = link.getAttribute("href");
    if (address.startsWith("#")) inside.getElementById(decodeURIComponent(address.slice(1)))?.scrollIntoView();
    else window.open(link.href, "_blank", "noopener");
  }
}
