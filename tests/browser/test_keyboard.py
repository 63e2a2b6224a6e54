"""The whole way by keyboard alone: read, open a mark, change the colours, filter a list, write a reply."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages import FIRST_ARTICLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = f"/articles/{FIRST_ARTICLE}/"
MOST_STOPS = 600
# What the reader sees of the present stop; a row's link lends its ring to the row (row.css).
STOP = """() => {
  const at = document.activeElement;
  const rings = [at, at.closest(".row")].filter(Boolean).map(element => getComputedStyle(element));
  const ringed = rings.some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1);
  return {ringed, html: at.outerHTML.slice(0, 140)};
}"""


def step(page: Page, key: str = "Tab") -> None:
    """One stop further. Fails where the reader cannot see where that is."""
    page.keyboard.press(key)
    stop = page.evaluate(STOP)
    assert stop["ringed"], f"no visible focus on {stop['html']}"


def walk_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until the stop is the one wanted."""
    for _ in range(MOST_STOPS):
        step(page, key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not within {MOST_STOPS} stops.")


def test_journey_by_keyboard_alone(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + ARTICLE)
    step(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))

    walk_to(page, "a.mark")
    page.keyboard.press("Enter")
    card = page.locator(".claim-card[open] .claim-card-body")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('a.mark')")

    walk_to(page, ".theme-switch button[value='dark']")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(re.compile(re.escape(ARTICLE) + "#theme$"))
    step(page)
    assert page.evaluate("document.activeElement.closest('.theme-switch') !== null"), "the place on the page was lost"

    walk_to(page, "a[href='/studies/']", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/studies/$"))
    walk_to(page, "main form [name='q']")
    page.keyboard.type("depression")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q=depression"))

    page.goto(site + ARTICLE + "replies/")
    walk_to(page, "input[type='radio']")
    page.keyboard.press("Space")
    walk_to(page, "textarea[name='body']")
    page.keyboard.type("Is this about people or about mice?")
    walk_to(page, "input[name='name']")
    page.keyboard.type("Ada")
    walk_to(page, "button[name='preview']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of your reply")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def dark_ground(page: Page) -> None:
    expect(page.locator("body")).to_have_css("background-color", "rgb(18, 23, 21)")


@pytest.mark.parametrize("width", [360, 1280])
def test_theme_is_chosen_without_scripts_and_stays(
    width: int, site: str, first_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="light")
    page.goto(site + "/claims/?verdict=overstated")
    page.get_by_role("group", name="Colours").get_by_role("button", name="Dark").click()
    expect(page).to_have_url(site + "/claims/?verdict=overstated#theme")
    dark_ground(page)
    expect(page.get_by_role("button", name="Dark", pressed=True)).to_be_visible()

    for path in (ARTICLE, "/nowhere/", "/about/style/", "/"):
        page.goto(site + path)
        dark_ground(page)

    page.get_by_role("button", name="Automatic (as on this device)").click()
    expect(page.locator("body")).to_have_css("background-color", "rgb(251, 250, 246)")
    page.emulate_media(color_scheme="dark")
    dark_ground(page)
