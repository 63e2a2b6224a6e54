"""The explorer by hand: with and without scripts, by mouse and by keyboard, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOUND = re.compile(r"^\d+ stud(y|ies)( or source| and sources)? of citrate, \d+ randomised\.$")


def test_ticking_a_box_answers_at_once_and_keeps_the_place(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + "/explore/")
    page.locator("#facet-form > summary").click()
    box = page.get_by_role("checkbox", name="Citrate")
    box.focus()
    page.keyboard.press("Space")

    expect(page.locator("#explorer-said")).to_have_text(FOUND)
    expect(page.get_by_role("status").filter(has_text="of citrate")).to_have_text(FOUND)
    expect(page).to_have_url(site + "/explore/?form=citrate")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    expect(page.locator("#facet-form")).to_have_attribute("open", "")

    page.keyboard.press("Escape")
    expect(page.locator("#facet-form > summary")).to_be_focused()
    page.go_back()
    expect(page).to_have_url(site + "/explore/")
    expect(page.locator("#explorer-said")).to_contain_text("studies and sources, ")
    page.locator("#facet-form > summary").click()
    expect(box).not_to_be_checked()


def test_focus_is_neither_lost_nor_hidden_under_an_open_facet(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + "/explore/?form=hydroxide&sex=men")
    facet = page.locator("#facet-sex")
    facet.locator("summary").click()
    page.locator("#sex-men").focus()
    page.keyboard.press("Space")

    expect(page).to_have_url(site + "/explore/?form=hydroxide")
    expect(page.locator("#sex-men")).to_be_disabled()
    expect(facet.locator("summary")).to_be_focused()

    page.get_by_role("button", name="Show").focus()
    expect(facet).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Forms by outcome")).to_be_focused()
    expect(facet).not_to_have_attribute("open", "")


def test_without_scripts_the_button_sends_the_form(site: str, first_edition: None, page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto(site + "/explore/?view=studies")
    page.locator("#facet-form > summary").click()
    page.get_by_role("checkbox", name="Citrate").check()
    page.locator("#facet-years > summary").click()
    page.get_by_role("textbox", name="From").fill("2015")
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_url(site + "/explore/?view=studies&form=citrate&from=2015")
    expect(page.locator("#explorer-said")).to_contain_text("of citrate, since 2015")
    page.get_by_role("link", name="Drop the filter years since 2015").click()
    expect(page).to_have_url(site + "/explore/?view=studies&form=citrate")


def test_cell_leads_to_its_studies(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + "/explore/")
    page.get_by_role("link", name=re.compile("^Citrate, sleep: ")).click()

    expect(page.get_by_role("link", name="Drop the filter form and outcome Citrate, sleep")).to_be_visible()
    expect(page.get_by_role("main").locator(".row")).not_to_have_count(0)


def test_heads_of_the_map_stay_in_sight(site: str, first_edition: None, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(site + "/explore/")
    frame = page.locator(".gap-frame")
    frame.evaluate("frame => frame.scrollTo(500, 500)")

    expect(page.get_by_role("columnheader", name="Form", exact=True)).to_be_in_viewport()
    at, head = frame.bounding_box(), page.get_by_role("columnheader", name="Form", exact=True).bounding_box()
    assert at
    assert head
    assert abs(head["x"] - at["x"]) < 2
    assert abs(head["y"] - at["y"]) < 3


@pytest.mark.parametrize("query", ["", "?view=ladder", "?view=studies&form=citrate&form=oxide"])
def test_nothing_stands_out_of_a_phone(site: str, first_edition: None, page: Page, query: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site + "/explore/" + query)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_open_facet_and_nothing_found_have_no_violation(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + "/explore/?form=citrate&outcome=sleep&from=2010")
    page.locator("#facet-form").evaluate("facet => { facet.open = true }")
    page.locator(".gap-key").evaluate("key => { key.open = true }")
    assert faults(page) == {}

    page.goto(site + "/explore/?form=lactate&species=rat&age=adults&form=moonstone")
    expect(page.get_by_role("main")).to_contain_text("Nothing matches all of this together")
    assert faults(page) == {}


def test_address_of_a_view_and_lines_for_another_site_are_copied(site: str, first_edition: None, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site + "/explore/")
    page.locator("#facet-form > summary").click()
    page.get_by_role("checkbox", name="Citrate").check()
    expect(page).to_have_url(site + "/explore/?form=citrate")
    page.get_by_role("button", name="Copy link to this view").click()
    expect(page.locator(".copy-said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == site + "/explore/?form=citrate"

    page.goto(site + "/outcomes/sleep/")
    page.locator(".embed-more > summary").click()
    page.get_by_role("button", name="Copy the lines").click()
    expect(page.locator(".copy-said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f'<iframe src="{site}/outcomes/sleep/card/"')
