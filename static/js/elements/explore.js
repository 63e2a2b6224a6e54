/*
 * The explorer answers as soon as a box is ticked: the form is sent early and the page's own parts are replaced.
 * Focus, open facets and what is being typed stay; the count is announced; the address follows, so that Back works.
 * Without this script the form is sent by its button.
 *
 *   <explore-view><form class="facets">…</form><div id="explorer-region">…</div><p role="status" data-said></p></explore-view>
 */
const PARTS = [".facets", "#explorer-region"];

const addressOf = (form) => {
  const asked = [...new FormData(form)].filter(([, value]) => value);
  const query = new URLSearchParams(asked).toString();
  return form.action + (query ? `?${query}` : "");
};

/* What a summary is found again by: it has no id of its own. */
const placeOf = (element) =>
  element?.matches?.("summary") ? `#${CSS.escape(element.parentElement.id)} > summary` : element?.id && `#${CSS.escape(element.id)}`;

class ExploreView extends HTMLElement {
  #asking = null;
  #shown = location.search;

  connectedCallback() {
    this.addEventListener("change", (event) => this.#send(event, event.target.form));
    this.addEventListener("submit", (event) => this.#send(event, event.target));
    // A jump within the page, such as to the text, is no other view.
    addEventListener("popstate", () => {
      if (location.search !== this.#shown) this.#show(location.href, { keep: false });
    });
  }

  #send(event, form) {
    if (!form?.matches(".facets")) return;
    event.preventDefault();
    this.#show(addressOf(form), { keep: true });
  }

  async #show(address, { keep }) {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) throw new Error(answer.status);
      this.#swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (keep && answer.url !== location.href) history.pushState(null, "", answer.url);
      this.#shown = location.search;
      this.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  #swap(page) {
    const at = document.activeElement;
    const place = this.contains(at) ? placeOf(at) : "";
    const typed = at?.matches?.("input:not([type=checkbox])") ? at.value : null;
    const open = this.querySelector(".facet[open]");
    const unfolded = this.querySelector(".facets-all").open;
    const scrolled = open?.querySelector(".facet-options").scrollTop;
    for (const part of PARTS) this.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
    document.title = page.title;
    this.querySelector(".facets-all").open = unfolded;
    if (open) {
      const again = this.querySelector(`#${CSS.escape(open.id)}`);
      again.open = true;
      again.querySelector(".facet-options").scrollTop = scrolled;
    }
    const found = place && this.querySelector(place);
    // A box that was unticked and now leaves nothing takes no focus; then the facet it is in does.
    const taker = found?.disabled ? found.closest(".facet").querySelector("summary") : found;
    taker?.focus?.({ preventScroll: true });
    if (found && typed !== null) found.value = typed;
    this.querySelector("[data-said]").textContent = this.querySelector("#explorer-said").textContent;
  }
}

customElements.define("explore-view", ExploreView);

/* A panel over the page closes as people expect: by Escape, by a press elsewhere, or when focus goes on beneath it. */
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector(".facet[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
for (const leaving of ["pointerdown", "focusin"])
  document.addEventListener(leaving, (event) => {
    const open = document.querySelector(".facet[open]");
    if (open && matchMedia("(min-width: 40.01rem)").matches && !event.target.closest?.(".facets")) open.open = false;
  });
