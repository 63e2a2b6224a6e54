"""The page on diet as readers use it without scripts, and a form's block of data under our content policy."""

import json

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIOLATIONS = "window.refused = []; addEventListener('securitypolicyviolation', event => refused.push(event.blockedURI))"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_foods_are_put_in_order_by_keyboard_without_scripts(
    site: str, first_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    page.goto(site + "/diet/")
    foods = page.get_by_role("table", name="30 foods")
    expect(foods.get_by_role("row").nth(1)).to_contain_text("Pumpkin seeds, roasted")
    foods.get_by_role("link", name="Food", exact=True).focus()
    page.keyboard.press("Enter")
    expect(foods.get_by_role("row").nth(1)).to_contain_text("Almonds, dry roasted")
    expect(foods.get_by_role("columnheader", name="Food")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("heading", name="Where it is in food")).to_be_in_viewport()


def test_a_phone_has_the_order_in_links_and_nothing_to_push_sideways(
    site: str, first_edition: None, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site + "/diet/")
    page.get_by_role("navigation", name="Order of the foods").get_by_role("link", name="By food group").click()
    expect(page.locator(".food-table tbody tr").first).to_contain_text("Dairy")
    assert page.evaluate(FITS)


def test_the_content_policy_lets_blocks_of_data_be(site: str, first_edition: None, page: Page) -> None:
    page.add_init_script(VIOLATIONS)
    page.goto(site + "/forms/citrate/")
    blocks = page.locator("script[type='application/ld+json']").all_text_contents()
    assert [json.loads(block).get("name") for block in blocks] == ["Magnesium citrate", None]
    assert page.evaluate("window.refused") == []
