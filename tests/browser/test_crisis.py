"""Somebody in danger writes a reply, at night, on a phone, without scripts: help is the first thing they see."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Reply
from tests.browser.test_replying import FIRST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_help_comes_first_without_scripts(site: str, first_edition: None, page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{site}{FIRST}replies/?kind=experience")
    page.get_by_label("Name").fill("Anna")
    page.get_by_role("textbox", name="Your reply").fill("Nothing helps. I don’t want to live any more.")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Help is here now")
    card = page.get_by_role("region", name="Where to turn now")
    expect(card).to_have_count(1)
    expect(card.get_by_role("link").first).to_be_visible()
    assert card.get_by_role("link").first.get_attribute("href").startswith("tel:")
    assert card.bounding_box()["y"] < 640  # before anything is scrolled
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.get_by_role("main")).to_contain_text("Your reply is safe")
    reply = Reply.objects.get()
    assert (reply.triage, reply.status) == ("now", "pending")

    page.goto(site + FIRST)
    expect(page.get_by_text("Nothing helps.")).to_have_count(0)
