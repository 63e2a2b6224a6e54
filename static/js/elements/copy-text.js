/*
 * Words to copy get a button: by the clipboard where it may be used, else by selection, and then the keyboard finishes
 * it. Without this script they stand there to be selected, or are a link.
 *
 *   <copy-text data-label="Copy link" data-what="to this view"><a href="…">…</a></copy-text>
 *
 * `data-what` is added to the button's name where a page has several.
 */
const COPY_KEYS = /Mac|iP/.test(navigator.platform) ? "⌘C" : "Ctrl+C";

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent.trim());
    return "Copied";
  } catch {
    select(element);
    return document.execCommand("copy") ? "Copied" : `Selected: press ${COPY_KEYS}`;
  }
}

class CopyText extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    const text = this.firstElementChild;
    const said = document.createElement("span");
    said.className = "copy-said";
    said.setAttribute("role", "status");
    const press = document.createElement("button");
    Object.assign(press, { type: "button", className: "button-quiet button-small", textContent: this.dataset.label });
    press.addEventListener("click", async () => {
      said.textContent = "";
      said.textContent = await copy(text);
    });
    if (this.dataset.what) press.setAttribute("aria-label", `${this.dataset.label} ${this.dataset.what}`);
    this.append(press, said);
  }
}

customElements.define("copy-text", CopyText);
