/*
 * What a script adds to the form for a reply. Without it the form works the same, and its limits stand in words.
 *
 *   The line under the text counts its characters:   <p class="hint" data-most="10000">
 *   Before anything is sent, the site is asked whether it can be reached: a text is never given to a page that fails.
 */
const form = document.querySelector("form.reply-form");
const text = form?.querySelector("textarea[name='body']");
const NEAR = 0.9;
const UNREACHED = "The site cannot be reached just now, so nothing was sent. Your text is still here: try again when you are online.";
const number = new Intl.NumberFormat("en-GB");

function counter(hint) {
  const most = Number(hint.dataset.most);
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  hint.after(said);
  return () => {
    const length = [...text.value].length;
    hint.textContent = `${number.format(length)} of ${number.format(most)} characters`;
    hint.classList.toggle("hint-over", length > most);
    said.textContent = length < most * NEAR ? "" : length > most ? "The text is too long." : "The text is nearly as long as it may be.";
  };
}

async function isReachable() {
  try {
    return (await fetch("/healthz/", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function say(words) {
  const message = form.querySelector(".reply-unreached") ?? document.createElement("p");
  message.className = "message message-error reply-unreached";
  message.setAttribute("role", "alert");
  message.textContent = words;
  form.querySelector(".reply-form-buttons").before(message);
}

let asking = false;

async function askFirst(event) {
  const { submitter } = event;
  if (form.dataset.reached === "true") {
    delete form.dataset.reached;
    return;
  }
  event.preventDefault();
  if (asking) return;
  asking = true;
  const reached = await isReachable();
  asking = false;
  if (!reached) return say(UNREACHED);
  form.dataset.reached = "true";
  form.requestSubmit(submitter);
}

if (text) {
  const hint = form.querySelector("[data-most]");
  const count = counter(hint);
  text.addEventListener("input", count);
  count();
  form.addEventListener("submit", askFirst);
}
