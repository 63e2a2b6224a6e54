/*
 * Evidence marks open their claim's card in the text. Without this script a mark leads to the claim's page, and the
 * card's own line opens it: both are the browser's.
 *
 *   <a class="mark" data-card="card-c08" href="/claims/c08/">…</a> … <details class="claim-card" id="card-c08">…
 */
const openers = new WeakMap();

const cardOf = (mark) => document.getElementById(mark.dataset.card);

const marksOf = (card) => document.querySelectorAll(`.mark[data-card="${CSS.escape(card.id)}"]`);

function say(mark, open) {
  mark.setAttribute("aria-expanded", String(open));
}

function open(card, mark) {
  openers.set(card, mark);
  card.open = true;
  const body = card.querySelector(".claim-card-body");
  body.focus({ preventScroll: true });
  body.scrollIntoView({ block: "nearest" });
}

function close(card) {
  (openers.get(card) ?? card.querySelector("summary")).focus();
  card.open = false;
}

function onClick(event) {
  const mark = event.target.closest?.(".mark[data-card]");
  const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  const card = mark && !elsewhere && !event.defaultPrevented ? cardOf(mark) : null;
  if (!card) return;
  event.preventDefault();
  if (card.open) {
    openers.set(card, mark);
    close(card);
  } else {
    open(card, mark);
  }
}

function onKey(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const mark = event.target.closest?.(".mark[data-card]");
  const card = mark ? cardOf(mark) : event.target.closest?.(".claim-card");
  if (!card?.open) return;
  event.preventDefault();
  if (mark) openers.set(card, mark);
  close(card);
}

/* However a card was opened or closed, its marks say so; its own line needs no opener to return to. */
function onToggle(event) {
  const card = event.target;
  if (!card.matches?.(".claim-card")) return;
  if (!card.open) openers.delete(card);
  for (const mark of marksOf(card)) say(mark, card.open);
}

for (const mark of document.querySelectorAll(".mark[data-card]")) {
  const card = cardOf(mark);
  if (!card) continue;
  mark.setAttribute("aria-controls", card.id);
  say(mark, card.open);
}
document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
document.addEventListener("toggle", onToggle, true);
