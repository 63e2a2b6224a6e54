"""Comparing forms, people like the reader and pathways: on a phone, without scripts, and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 780}


def test_forms_are_chosen_and_compared_without_scripts(
    site: str, first_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/forms/oxide/")
    page.get_by_role("link", name="Compare with other forms").click()
    expect(page.get_by_label("Magnesium oxide")).to_be_checked()
    page.get_by_label("Magnesium citrate").check()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(f"{site}/forms/compare/?form=citrate&form=oxide")
    expect(page.get_by_text("Oxide holds the most magnesium by weight")).to_be_visible()
    cautions, doses = page.locator("#cautions"), page.get_by_text("Doses in trials")
    assert cautions.bounding_box()["y"] < doses.bounding_box()["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_person_is_described_by_keyboard_and_safety_comes_first(site: str, first_edition: None, page: Page) -> None:
    page.goto(f"{site}/explore/people/")
    page.get_by_label("Sex").focus()
    page.keyboard.press("W")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page).to_have_url(f"{site}/explore/people/?sex=women")
    answer = page.get_by_role("heading", name="were like you, as far as the records say")
    assert page.get_by_text("This is no advice.").bounding_box()["y"] < answer.bounding_box()["y"]


def test_a_band_leads_to_its_studies_and_a_phone_scrolls_only_the_picture(
    site: str, first_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/explore/pathways/?form=citrate")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    band = page.locator(".pathways-bands a").first
    band.locator("path").dispatch_event("click")
    expect(page).to_have_url(f"{site}/explore/pathways/?form=citrate{band.get_attribute('href')}")
    expect(page.locator(":target").get_by_role("link").nth(1)).to_be_visible()
