"""The forest plot as readers meet it: a table on a desk, cards on a phone, no script needed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.usefixtures("first_edition")
DEPRESSION = "/outcomes/depression/"


def test_phone_shows_cards_that_are_still_a_table(page_without_scripts: Page, site: str) -> None:
    page = page_without_scripts
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site + DEPRESSION)
    table = page.get_by_role("table", name="Below zero favours magnesium")

    row = table.get_by_role("row").filter(has=page.get_by_role("link", name="Sultana and Rahman 2023"))
    expect(row.get_by_role("cell", name="Difference −0.495 (−0.911 to −0.079)")).to_be_visible()
    expect(row.get_by_role("img", name=re.compile("the whole interval favours magnesium"))).to_be_visible()
    assert row.evaluate("row => getComputedStyle(row).display") == "grid"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_desk_leaves_the_flagged_trial_out_and_takes_it_back(page_without_scripts: Page, site: str) -> None:
    page = page_without_scripts
    page.goto(site + DEPRESSION)
    expect(page.get_by_role("row", name=re.compile("Pooled from 3 of the 9 trials in view"))).to_be_visible()

    page.get_by_role("link", name="Leave out trials whose printed figures do not add up").click()
    expect(page.get_by_text("Not pooled: only two of the rows in view can be pooled")).to_be_visible()

    page.get_by_role("link", name="Put back trials whose printed figures do not add up").click()
    expect(page.get_by_role("row", name=re.compile("Pooled from 3 of the 9 trials in view"))).to_be_visible()
