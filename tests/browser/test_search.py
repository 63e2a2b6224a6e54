"""The search by hand: with and without scripts, by keyboard, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_suggestions_are_read_and_opened_by_keyboard(site: str, searchable_edition: None, page: Page) -> None:
    page.goto(site + "/search/")
    field = page.get_by_role("combobox", name="Search the site")
    field.press_sequentially("glyc")
    suggestions = page.get_by_role("listbox", name="Suggestions")
    first = suggestions.get_by_role("option").first
    expect(first).to_contain_text("Magnesium glycinate (bisglycinate)")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert faults(page) == {}

    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "none")
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("Escape")
    expect(suggestions).to_be_hidden()
    expect(field).to_have_value("glyc")
    expect(field).to_be_focused()

    field.press("ArrowDown")
    expect(suggestions).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(site + "/forms/glycinate/")


def test_enter_searches_for_what_was_typed_and_a_kind_narrows_it(
    site: str, searchable_edition: None, page: Page
) -> None:
    page.goto(site + "/forms/")
    field = page.get_by_role("banner").get_by_role("combobox", name="Search")
    page.set_viewport_size({"width": 360, "height": 740})
    field.press_sequentially("glyc")
    first = page.get_by_role("listbox", name="Suggestions").get_by_role("option").first
    expect(first).to_contain_text("Magnesium glycinate (bisglycinate)")
    expect(first).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == {}
    page.set_viewport_size({"width": 1280, "height": 900})
    field.fill("magnesium glicinate sleep")
    page.keyboard.press("Enter")
    expect(page).to_have_url(site + "/search/?q=magnesium+glicinate+sleep")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Magnesium glycinate (bisglycinate) and sleep")
    expect(page.get_by_role("main")).to_contain_text("Very low certainty")
    assert faults(page) == {}

    page.get_by_role("navigation", name="Kinds of results").get_by_role("link", name="Claims").click()
    rows = page.get_by_role("list", name="Results").locator("> li")
    expect(rows).not_to_have_count(0)
    assert all("certainty" in words for words in rows.all_inner_texts())


def test_without_scripts_the_form_and_a_lost_address_lead_on(
    site: str, searchable_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    page.goto(site + "/search/")
    page.get_by_role("searchbox", name="Search the site").fill("Epsom salt")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Magnesium sulfate (Epsom salt)").first.click()
    expect(page).to_have_url(site + "/forms/sulfate/")

    page.goto(site + "/forms/magnesim-glicinate.html")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Perhaps you meant")
    page.get_by_role("link", name="Magnesium glycinate (bisglycinate)").first.click()
    expect(page).to_have_url(site + "/forms/glycinate/")
