/**
 * The keys of the queue. They are single letters, which speech input and shaky hands can press by mistake, so they
 * can be switched off, and this browser remembers it (WCAG 2.1.4). They do nothing while something is typed.
 */

const REMEMBERED = "moderation-keys";
const TYPING = "textarea, select, input:not([type=checkbox])";

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null; // a browser that keeps nothing
  }
}

export class Keys {
  /** `doings`: what each key does. Digits come as one, with their number. */
  constructor({ doings, dialog, opener }) {
    this.doings = { ...doings, "?": () => dialog.showModal() };
    this.on = remembered() !== "off";
    this.dialog = dialog;
    this.#setUpSwitch(dialog.querySelector("input"));
    opener.hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  #setUpSwitch(box) {
    box.checked = this.on;
    box.addEventListener("change", () => {
      this.on = box.checked;
      try {
        localStorage.setItem(REMEMBERED, this.on ? "on" : "off");
      } catch {
        // Then it lasts as long as the page.
      }
    });
  }

  #pressed(event) {
    if (!this.on || this.dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest(TYPING)) return;
    const key = event.key.toLowerCase();
    const doing = /^[1-9]$/.test(key) ? () => this.doings.digit(Number(key)) : this.doings[key];
    if (!doing) return;
    event.preventDefault();
    doing();
  }
}
