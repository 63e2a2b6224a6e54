/** Pictures: chosen, dropped or pasted; described first, then sent, then shown in the text. */

import { Refusal, post } from "./server.js";
import { replaceRange } from "./text.js";

const UNDESCRIBED = "Describe the picture in a few words, or say that it is decorative.";
const NONE = "Choose a picture first.";

function firstPicture(transfer) {
  return [...(transfer?.files ?? [])].find((file) => file.type.startsWith("image/"));
}

export class Pictures {
  constructor({ address, mostBytes, area, part, onStatus }) {
    Object.assign(this, { address, mostBytes, area, part, onStatus });
    area.addEventListener("paste", (event) => this.#pasted(event));
    area.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
    area.addEventListener("drop", (event) => this.#dropped(event));
    part("file").addEventListener("change", (event) => this.#choose(event.target.files[0]));
    part("decorative").addEventListener("change", (event) => (part("alt").disabled = event.target.checked));
    part("image").addEventListener("keydown", (event) => this.#key(event));
  }

  /** Ask for a picture and its description. */
  open(file) {
    this.place = [this.area.selectionStart, this.area.selectionEnd];
    this.part("image").hidden = false;
    this.#say("");
    this.#choose(file);
    (file ? this.part("alt") : this.part("file")).focus();
  }

  /** Close without a trace in the text. */
  close() {
    this.part("image").hidden = true;
    this.part("file").value = this.part("alt").value = "";
    this.part("decorative").checked = this.part("alt").disabled = false;
    this.file = undefined;
    this.area.focus();
  }

  /** Send what was chosen, and show it at the caret. An error stands beside the field, never in the text. */
  async send() {
    const decorative = this.part("decorative").checked;
    const alt = decorative ? "" : this.part("alt").value.trim();
    if (!this.file) return this.#say(NONE);
    if (!decorative && !alt) return this.#say(UNDESCRIBED);
    if (this.file.size > this.mostBytes) return this.#say(`The file is larger than ${Math.floor(this.mostBytes / 1048576)} MB.`);
    this.#say("");
    this.onStatus("Sending the picture…");
    try {
      const fields = { image: this.file, alt, ...(decorative && { decorative: "on" }) };
      const answer = await post(this.address, fields, { form: this.area.form });
      const [start, end] = this.place;
      this.close();
      replaceRange(this.area, start, end, answer.markdown);
      this.onStatus("The picture is in the text.");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.onStatus("");
      this.#say(error.message);
    }
  }

  #choose(file) {
    this.file = file;
    this.part("chosen").textContent = file ? `Chosen: ${file.name || "a picture"}` : "";
  }

  #say(message) {
    this.part("image-error").textContent = message;
  }

  /** Office programs put a picture beside the text they copy: text wins. */
  #pasted(event) {
    const file = firstPicture(event.clipboardData);
    if (!file || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    this.open(file);
  }

  #dropped(event) {
    const file = firstPicture(event.dataTransfer);
    if (!file) return;
    event.preventDefault();
    this.open(file);
  }

  #key(event) {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target.type === "text") this.send();
    else return;
    event.preventDefault();
  }
}
