/*
 * What scripts add to an article, in one file because each file is a request. Without them every link leads where it
 * says, every card opens from its own line, and all texts stand on the page.
 *
 *   Marks open their claim's card:    <a class="mark" data-card="card-c08" href="/claims/c08/">
 *   Links open a preview, made from the page's own reference list and list of records:
 *                                     <sup class="cite"><a href="#ref-1">, <a class="to-form" href="/forms/oxide/">
 *   <copy-text data-label="Copy">     gets a button that copies its words
 *   <search-box>                      suggests while somebody types
 *   .contents                         says which section is being read
 *   .table-scroll                     is a stop for the keyboard only where it scrolls
 *
 * What is imported here for its effect alone is put into this file when static files are collected.
 */
import "./elements/copy-text.js";
import "./elements/search-box.js";
import "./elements/term-cards.js";

const plainClick = (event) =>
  event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented);

function moveTo(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

/* Cards of claims */

const openers = new WeakMap();
const cardOf = (mark) => document.getElementById(mark.dataset.card);
const marksOf = (card) => document.querySelectorAll(`.mark[data-card="${CSS.escape(card.id)}"]`);

function openCard(card, mark) {
  openers.set(card, mark);
  card.open = true;
  moveTo(card.querySelector(".claim-card-body"));
}

function closeCard(card) {
  (openers.get(card) ?? card.querySelector("summary")).focus();
  card.open = false;
}

function toggleCard(card, mark) {
  if (!card.open) return openCard(card, mark);
  openers.set(card, mark);
  closeCard(card);
}

/* However a card was opened or closed, its marks say so; its own line needs no opener to return to. */
function onToggle(event) {
  const card = event.target;
  if (!card.matches?.(".claim-card")) return;
  if (!card.open) openers.delete(card);
  for (const mark of marksOf(card)) mark.setAttribute("aria-expanded", String(card.open));
}

/* Previews of links */

const LINKS = ".cite a, .to-form, .to-mechanism, .to-outcome, .to-study, .to-article";
const previews = new Map();
let made = 0;

/* What the page itself says of a link's target, as copies; nothing when it says nothing. */
function saidOf(link) {
  const entry = link.hash && link.closest(".cite")
    ? document.getElementById(link.hash.slice(1))
    : [...document.querySelectorAll(".glances a")].find((known) => known.href === link.href)?.closest("li");
  return [...(entry?.children ?? [])]
    .filter((part) => !part.matches(".returns"))
    .map((part) => part.cloneNode(true));
}

function button(label, onPress) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button-quiet button-small";
  made.textContent = label;
  made.addEventListener("click", onPress);
  return made;
}

function preview(link, said) {
  const card = document.createElement("div");
  card.className = "preview";
  card.id = `preview-${(made += 1)}`;
  card.tabIndex = -1;
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", `Preview. ${link.getAttribute("aria-label") ?? link.textContent}`);
  const foot = document.createElement("p");
  foot.className = "preview-foot";
  if (link.closest(".cite")) {
    const way = document.createElement("a");
    way.href = link.hash;
    way.textContent = "In the reference list";
    foot.append(way);
  }
  foot.append(button("Close", () => closePreview(link)));
  card.append(...said, foot);
  return card;
}

/* In the flow: after the paragraph and its caution, at the end of a list's item, under a whole table. */
function put(card, link) {
  const table = link.closest(".table-scroll");
  const inside = link.closest("li, blockquote, .side-note, .claim-card-body, .passage-text");
  if (table) table.after(card);
  else if (inside) inside.append(card);
  else link.closest(".prose > *").after(card);
}

function openPreview(link, said) {
  const card = preview(link, said);
  previews.set(link, card);
  link.setAttribute("aria-expanded", "true");
  link.setAttribute("aria-controls", card.id);
  put(card, link);
  moveTo(card);
}

function closePreview(link) {
  link.focus();
  previews.get(link).remove();
  previews.delete(link);
  link.setAttribute("aria-expanded", "false");
  link.removeAttribute("aria-controls");
}

const linkOf = (card) => [...previews].find(([, known]) => known === card)?.[0];

/* Clicks and Escape, for both */

function onClick(event) {
  if (!plainClick(event)) return;
  const link = event.target.closest?.(`.mark[data-card], .prose :is(${LINKS})`);
  if (!link || link.closest(".preview")) return;
  const card = link.matches(".mark") ? cardOf(link) : null;
  const said = card ? [] : saidOf(link);
  if (!card && !said.length) return;
  event.preventDefault();
  if (card) toggleCard(card, link);
  else if (previews.has(link)) closePreview(link);
  else openPreview(link, said);
}

function onKey(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const at = event.target;
  const link = previews.has(at) ? at : linkOf(at.closest?.(".preview"));
  const mark = at.closest?.(".mark[data-card]");
  const card = mark ? cardOf(mark) : at.closest?.(".claim-card");
  if (!link && !card?.open) return;
  event.preventDefault();
  if (link) return closePreview(link);
  if (mark) openers.set(card, mark);
  closeCard(card);
}

/* The contents name the section being read: the last one whose heading has passed the upper third of the window. */

function followContents() {
  const links = [...document.querySelectorAll(".contents a")].filter((link) => document.getElementById(link.hash.slice(1)));
  let waiting = false;
  const follow = () => {
    waiting = false;
    const passed = links.filter((link) => document.getElementById(link.hash.slice(1)).getBoundingClientRect().top < innerHeight / 3);
    const current = passed.at(-1);
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  const soon = () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  follow();
}

/* Tables */

function fit(region) {
  const scrolls = region.scrollWidth > region.clientWidth;
  region.setAttribute("role", scrolls ? "region" : "group");
  if (scrolls) region.tabIndex = 0;
  else region.removeAttribute("tabindex");
}

for (const mark of document.querySelectorAll(".mark[data-card]")) {
  const card = cardOf(mark);
  if (!card) continue;
  mark.setAttribute("aria-controls", card.id);
  mark.setAttribute("aria-expanded", String(card.open));
}
for (const link of document.querySelectorAll(`.prose :is(${LINKS})`)) {
  if (saidOf(link).length) link.setAttribute("aria-expanded", "false");
}
document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
document.addEventListener("toggle", onToggle, true);
followContents();
const widths = new ResizeObserver((changes) => changes.forEach(({ target }) => fit(target)));
for (const region of document.querySelectorAll(".table-scroll")) widths.observe(region);
