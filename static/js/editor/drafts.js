/** What is typed and not saved yet, kept in this browser in case the tab, the network or the session goes. */

const PREFIX = "draft:";
const SENT = "draft-sent"; // in this tab's own storage: which draft was sent last
const KEEP_DAYS = 30;
const SKIPPED = new Set(["csrfmiddlewaretoken", "version"]);

function controls(form) {
  return [...form.elements].filter((control) => control.name && !SKIPPED.has(control.name) && !control.name.startsWith("_")
    && (control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && control.type === "text")));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage is off, or holds something that is not ours
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The page that led here: after a save, the form that was sent. */
function cameFrom() {
  try {
    return new URL(document.referrer).pathname;
  } catch {
    return "";
  }
}

/** Forget the draft this tab sent last, once the server says it has saved; and those nobody came back for. */
export function forgetSent({ saved }) {
  // A form sent before this script had loaded leaves an older mark behind: what was saved is what led here.
  const itsOwn = PREFIX + cameFrom();
  let keys = [];
  let sent;
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    sent = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
  } catch {
    return;
  }
  const oldest = Date.now() - KEEP_DAYS * 24 * 3600 * 1000;
  for (const key of keys) {
    const draft = read(key);
    if (!draft || (saved && key === sent && key === itsOwn) || draft.at < oldest) localStorage.removeItem(key);
  }
}

/** The draft of one form. */
export class Draft {
  constructor(form) {
    this.form = form;
    this.key = PREFIX + location.pathname;
  }

  /** Texts by field, as they stand in the form. */
  texts() {
    return Object.fromEntries(controls(this.form).map((control) => [control.name, control.value]));
  }

  /** Keep what stands in the form. Whether that worked. */
  keep() {
    return write(this.key, { texts: this.texts(), version: this.form.elements.version?.value, at: Date.now() });
  }

  /** Keep it while it is on its way: only its own "saved" lets it go. */
  send() {
    if (!this.keep()) return;
    try {
      sessionStorage.setItem(SENT, this.key);
    } catch {
      // it stays until it is too old
    }
  }

  /** What was kept and differs from the form, or null. */
  kept() {
    const draft = read(this.key);
    const now = this.texts();
    const differs = draft?.texts && Object.keys(now).some((name) => (draft.texts[name] ?? "") !== now[name]);
    return differs ? draft : null;
  }

  /** Put what was kept back into the form, as a change of the version it was typed on: the server then compares. */
  restore(draft) {
    if (this.form.elements.version && draft.version !== undefined) this.form.elements.version.value = draft.version;
    for (const control of controls(this.form)) {
      if (draft.texts[control.name] === undefined || draft.texts[control.name] === control.value) continue;
      control.value = draft.texts[control.name];
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }
}
