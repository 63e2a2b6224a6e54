"""What must hold on every kind of page for readers who set up their device: motion, contrast themes, zoom, reflow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.pages import KINDS, one_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOVING = """() => [...document.querySelectorAll("*")].flatMap(element =>
  [null, "::before", "::after"].flatMap(part => {
    const style = getComputedStyle(element, part);
    const moves = parseFloat(style.transitionDuration) > 0 || style.animationName !== "none"
      || style.scrollBehavior === "smooth";
    return moves ? [element.tagName + "." + element.className + (part ?? "")] : [];
  }))"""

# Text that cannot be seen any more because its box does not grow with it.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(element => {
    const style = getComputedStyle(element);
    const cuts = ["hidden", "clip"].some(word => [style.overflowX, style.overflowY].includes(word));
    const hidden = element.closest(".visually-hidden") || style.clipPath !== "none";
    const larger = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    return cuts && larger && !hidden && element.clientWidth > 1 && !(element instanceof SVGElement);
  }).map(element => element.outerHTML.slice(0, 120))"""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# What scrolls sideways inside the page has to be a named stop of the keyboard.
NAMELESS_SCROLLERS = """() => [...document.querySelectorAll("body *")].filter(element => {
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const label = document.getElementById(element.getAttribute("aria-labelledby"));
    const named = element.ariaLabel || label?.textContent.trim();
    const reached = element.tabIndex === 0 && ["region", "group"].includes(element.getAttribute("role"));
    const field = element.matches("textarea, select, input");
    return scrolls && !field && element.scrollWidth > element.clientWidth + 1 && !(named && reached);
  }).map(element => element.outerHTML.slice(0, 120))"""

# Under forced colours: parts that carry meaning by ink, and whether there is any ink that is not the ground's.
WITHOUT_INK = """() => {
  const ground = getComputedStyle(document.body).backgroundColor;
  const seen = colour => colour && colour !== ground && !/^rgba.*, 0\\)$/.test(colour) && colour !== "none";
  const ink = {
    ".shape": style => [style.backgroundColor],
    ".mark": style => [style.borderTopStyle !== "none" && style.borderTopColor],
    ".certainty rect, .share rect, .tally-strip rect, .forest-point": style => [style.fill, style.stroke],
    ".forest-interval, .forest-zero": style => [style.stroke],
    ".safety-note, .crisis": style => [style.borderTopStyle !== "none" && style.borderTopColor],
  };
  return Object.entries(ink).flatMap(([parts, colours]) =>
    [...document.querySelectorAll(parts)]
      .filter(part => !part.closest("[inert]"))
      .filter(part => !part.checkVisibility() || !colours(getComputedStyle(part)).some(seen))
      .filter(part => !part.closest("details:not([open])"))
      .map(part => part.outerHTML.slice(0, 120)));
}"""


@pytest.fixture
def kinds(site: str, first_edition: None, page: Page) -> Iterator[tuple[str, Page]]:
    """One page of each kind after the other, in the same tab."""

    def in_turn() -> Iterator[tuple[str, Page]]:
        for kind in KINDS:
            page.goto(site + one_of(kind))
            yield kind, page

    return in_turn()


def test_nothing_moves_for_readers_who_ask_for_less_motion(kinds: Iterator[tuple[str, Page]]) -> None:
    found = {kind: page.evaluate(MOVING) for kind, page in kinds}
    assert {kind: moving for kind, moving in found.items() if moving} == {}


def test_links_do_move_for_everybody_else(site: str, db: None, page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")
    page.goto(site + "/forms/")
    assert page.evaluate(MOVING)


def test_text_of_twice_the_size_is_neither_cut_off_nor_wider_than_the_page(kinds: Iterator[tuple[str, Page]]) -> None:
    found = {}
    for kind, page in kinds:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[kind] = (page.evaluate(SIDEWAYS), page.evaluate(CUT_OFF))
    assert {kind: wrong for kind, wrong in found.items() if wrong != (0, [])} == {}


def test_page_at_four_times_the_zoom_scrolls_in_one_direction(kinds: Iterator[tuple[str, Page]], page: Page) -> None:
    """1,280 pixels at 400 % leave 320; only what has a name and a place in the tab order may scroll sideways."""
    page.set_viewport_size({"width": 320, "height": 256})
    found = {kind: (page.evaluate(SIDEWAYS), page.evaluate(NAMELESS_SCROLLERS)) for kind, page in kinds}
    assert {kind: wrong for kind, wrong in found.items() if wrong != (0, [])} == {}


def test_marks_shapes_and_bars_keep_their_ink_under_forced_colours(
    kinds: Iterator[tuple[str, Page]], page: Page
) -> None:
    page.emulate_media(forced_colors="active")
    found = {kind: page.evaluate(WITHOUT_INK) for kind, page in kinds}
    assert {kind: bare for kind, bare in found.items() if bare} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chosen_theme_stands_out_under_forced_colours(scheme: str, site: str, db: None, page: Page) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto(site + "/forms/")
    grounds = page.locator(".theme-switch button").evaluate_all(
        "buttons => buttons.map(button => [button.ariaPressed, getComputedStyle(button).backgroundColor])"
    )
    pressed = {ground for state, ground in grounds if state == "true"}
    others = {ground for state, ground in grounds if state == "false"}
    assert len(pressed) == 1
    assert not pressed & others


@pytest.mark.parametrize("forced", ["active", "none"])
def test_focus_ring_is_seen_under_forced_colours_too(forced: str, site: str, db: None, page: Page) -> None:
    page.emulate_media(forced_colors=forced)
    page.goto(site + "/forms/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    ring = page.evaluate(
        """() => {
          const style = getComputedStyle(document.activeElement);
          const ground = getComputedStyle(document.body).backgroundColor;
          return style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== ground;
        }"""
    )
    assert ring
