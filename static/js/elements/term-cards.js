/*
 * A glossary word opens its card in the page. Without this script, or in a browser without popovers, it is a link to
 * the word's page. Closing is the browser's: Escape, the card's button, or a press elsewhere; focus returns by itself.
 *
 *   <a class="term" href="/glossary/placebo/">…</a> … <span class="term-card" id="term-placebo" popover>…
 *
 * What only an open card needs is added when it first opens, so that pages with many words stay light.
 */
const GAP = 8;
let openAtPress = null;

const links = [...document.querySelectorAll(".term[href]")];

/* The last part of the address is the word's key: /glossary/placebo/. */
const cardOf = (link) => document.getElementById(`term-${link.pathname.split("/").at(-2)}`);

/* Under the word, or over it where there is no room; the style sheet decides whether to follow. */
function place(card, link) {
  const word = link.getBoundingClientRect();
  const below = word.bottom + GAP;
  const above = word.top - GAP - card.offsetHeight;
  const top = below + card.offsetHeight > innerHeight && above > 0 ? above : below;
  const left = Math.max(GAP, Math.min(word.left, document.documentElement.clientWidth - card.offsetWidth - GAP));
  card.style.setProperty("--top", `${top + scrollY}px`);
  card.style.setProperty("--left", `${left + scrollX}px`);
}

function furnish(card, link) {
  const [ways, more, shut] = ["span", "a", "button"].map((tag) => document.createElement(tag));
  Object.assign(more, { href: link.href, textContent: "More in the glossary" });
  Object.assign(shut, { type: "button", textContent: "Close", popoverTargetElement: card });
  ways.className = "term-card-ways";
  ways.append(more, shut);
  card.append(ways);
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", `Meaning of ${card.querySelector("b").textContent}`);
}

function open(card, link) {
  if (!card.hasAttribute("role")) furnish(card, link);
  link.focus({ preventScroll: true });
  card.showPopover();
  place(card, link);
  card.focus({ preventScroll: true });
}

/* A press on the word of an open card has shut it by the time of the click. */
function onPress(event) {
  const link = event.target.closest?.(".term[href]");
  const card = link && cardOf(link);
  openAtPress = card?.matches(":popover-open") ? card : null;
}

function onClick(event) {
  const link = event.target.closest?.(".term[href]");
  const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  const card = link && !elsewhere && !event.defaultPrevented ? cardOf(link) : null;
  if (!card) return;
  event.preventDefault();
  if (card.matches(":popover-open")) card.hidePopover();
  else if (card !== openAtPress) open(card, link);
  openAtPress = null;
}

function onToggle(event) {
  const card = event.target;
  if (!card.matches?.(".term-card")) return;
  for (const link of links.filter((each) => cardOf(each) === card)) {
    link.setAttribute("aria-expanded", String(event.newState === "open"));
  }
}

if ("popover" in HTMLElement.prototype) {
  for (const link of links) {
    if (!cardOf(link)) continue;
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  }
  document.addEventListener("pointerdown", onPress, true);
  document.addEventListener("click", onClick);
  document.addEventListener("toggle", onToggle, true);
}
