"""A form's page as it is seen: cautions above doses, and a structure in the theme's ink."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INK = """() => {
  const bond = document.querySelector('.structure-drawing .bonds');
  return [getComputedStyle(bond).stroke, getComputedStyle(document.querySelector('h1')).color];
}"""


def top_of(page: Page, name: str) -> float:
    box = page.get_by_role("heading", name=name, exact=True).bounding_box()
    assert box
    return box["y"]


@pytest.mark.parametrize("width", [360, 1280])
def test_cautions_stand_above_doses(site: str, first_edition: None, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + "/forms/oxide/")
    assert top_of(page, "Before you take it") < top_of(page, "Doses") < top_of(page, "The structure")
    page.get_by_role("link", name="cautions", exact=False).first.click()
    expect(page.get_by_role("heading", name="Before you take it")).to_be_in_viewport()


def test_structure_is_an_image_with_words_in_the_ink_of_the_theme(site: str, first_edition: None, page: Page) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(site + "/forms/l-threonate/")
        image = page.get_by_role("img", name="Structure of Magnesium L-threonate, monohydrate")
        expect(image).to_be_visible()
        expect(image).to_have_accessible_description(re.compile("two ions of what it is bound to, L-threonate"))
        seen[scheme] = page.evaluate(INK)
    assert seen["light"][0] != seen["dark"][0]
    assert all(bond == ink for bond, ink in seen.values())


def test_each_row_of_the_evidence_leads_to_its_sources(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + "/forms/l-threonate/")
    table = page.get_by_role("table", name="Which way the studies point")
    table.get_by_role("row", name="Sleep").get_by_role("link", name="Mixed results").click()
    expect(page.get_by_role("heading", name="Sleep", exact=True)).to_be_in_viewport()
