/**
 * <markdown-editor>: a text area with tools, a preview, a list of problems and a safety net.
 * Without this script it is the text area alone. Tab leaves it, like any other field.
 */

import { Draft } from "./editor/drafts.js";
import { Pictures } from "./editor/pictures.js";
import { Preview } from "./editor/preview.js";
import { listProblems } from "./editor/problems.js";
import { insert } from "./editor/text.js";

const KEEP_PAUSE = 500; // milliseconds

function plural(number, word) {
  return `${number.toLocaleString("en-GB")} ${word}${number === 1 ? "" : "s"}`;
}

class MarkdownEditor extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.form = this.area.form;
    this.draft = new Draft(this.form);
    // What came back with errors was typed and is not saved.
    this.unsaved = document.querySelector(".errornote") !== null;
    this.#setUpParts();
    this.#listen();
    this.#offerDraft();
    this.part("tools").hidden = false;
    this.part("preview-area").hidden = false;
    this.preview.schedule(0);
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #setUpParts() {
    this.preview = new Preview({
      address: this.dataset.preview,
      area: this.area,
      frame: this.part("preview"),
      onAnswer: (answer) => this.#answered(answer),
      onRefusal: (message) => this.#refused(message),
    });
    this.pictures = new Pictures({
      address: this.dataset.upload,
      mostBytes: Number(this.dataset.mostBytes),
      area: this.area,
      part: (name) => this.part(name),
      onStatus: (message) => this.#say(message),
    });
  }

  #listen() {
    this.addEventListener("click", (event) => this.#pressed(event.target.closest("button")));
    this.area.addEventListener("input", () => this.preview.schedule());
    this.form.addEventListener("input", () => this.#typed());
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    window.addEventListener("beforeunload", (event) => this.unsaved && event.preventDefault());
    window.addEventListener("pagehide", () => this.unsaved && this.draft.keep());
  }

  #pressed(button) {
    if (!button) return;
    if (button.dataset.insert) insert(this.area, button.dataset.insert);
    const actions = {
      image: () => this.pictures.open(),
      "send-image": () => this.pictures.send(),
      "close-image": () => this.pictures.close(),
      restore: () => this.#restore(),
      forget: () => this.#forget(),
    };
    actions[button.dataset.action]?.();
    this.querySelector('[data-action="image"]').setAttribute("aria-expanded", String(!this.part("image").hidden));
  }

  #typed() {
    this.unsaved = true;
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.unsaved && this.draft.keep(), KEEP_PAUSE);
  }

  #submitted(event) {
    if (event.submitter?.formTarget === "_blank") return; // a look in another tab; the form stays
    clearTimeout(this.keepTimer);
    if (this.unsaved) this.draft.send();
    this.unsaved = false;
  }

  #answered({ problems, words }) {
    this.part("problems-area").hidden = problems.length === 0;
    listProblems({ list: this.part("problems"), area: this.area, problems });
    this.part("count").textContent = plural(words, "word");
    // Said only when it changes, so that a screen reader is not interrupted at every pause.
    const state = problems.length ? `${plural(problems.length, "problem")} to mend before publication.` : "";
    if (state !== this.state) this.#say(state || (this.state ? "Nothing left to mend." : ""));
    this.state = state;
    this.classList.remove("refused");
  }

  #refused(message) {
    this.state = undefined;
    this.classList.add("refused");
    this.#say(message);
  }

  #say(message) {
    this.part("status").textContent = message;
  }

  #offerDraft() {
    const kept = this.draft.kept();
    if (!kept) return;
    this.kept = kept;
    const when = new Date(kept.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
    this.part("restore-text").textContent = `This browser kept a text of ${when} that differs from the one below.`;
    this.part("restore").hidden = false;
  }

  #restore() {
    this.draft.restore(this.kept);
    this.part("restore").hidden = true;
    this.area.focus();
  }

  #forget() {
    this.draft.forget();
    this.part("restore").hidden = true;
    this.area.focus();
  }
}

customElements.define("markdown-editor", MarkdownEditor);
