"""Glossary words: they open on click, tap and Enter, stay, and close with the focus where it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

FIRST = "/articles/magnesium-for-depression-anxiety-and-your-memory/"
WORD = "blood-brain-barrier"
PHONE, DESK = 360, 1280

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def word(page: Page) -> Locator:
    return page.locator("a.term", has_text=WORD)


def card(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Meaning of Blood-brain barrier")


@pytest.fixture(params=[PHONE, DESK])
def article(request: pytest.FixtureRequest, site: str, first_edition: None, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 900})
    page.goto(site + FIRST)
    return page


def test_word_opens_its_meaning_and_stays_until_closed(article: Page) -> None:
    expect(word(article)).to_have_attribute("aria-expanded", "false")

    word(article).click()

    expect(card(article)).to_be_in_viewport(ratio=1)
    expect(card(article)).to_contain_text("lining of the blood vessels in the brain")
    expect(word(article)).to_have_attribute("aria-expanded", "true")
    assert article.url.endswith(FIRST)
    article.mouse.wheel(0, 60)
    expect(card(article)).to_be_visible()

    card(article).get_by_role("button", name="Close").click()
    expect(card(article)).to_be_hidden()
    expect(word(article)).to_have_attribute("aria-expanded", "false")
    expect(word(article)).to_be_focused()


def test_keyboard_opens_follows_and_leaves(article: Page) -> None:
    word(article).focus()
    article.keyboard.press("Enter")
    expect(card(article)).to_be_focused()

    article.keyboard.press("Tab")
    expect(card(article).get_by_role("link", name="More in the glossary")).to_be_focused()
    article.keyboard.press("Escape")

    expect(card(article)).to_be_hidden()
    expect(word(article)).to_be_focused()


def test_pressing_the_word_again_shuts_it_and_another_word_takes_over(article: Page) -> None:
    word(article).focus()
    for opens in (True, False, True):
        article.keyboard.press("Enter")
        (expect(card(article)).to_be_visible if opens else expect(card(article)).to_be_hidden)()
        word(article).focus()

    article.locator("a.term", has_text="ligands").click()

    expect(card(article)).to_be_hidden()
    expect(article.get_by_role("dialog", name="Meaning of Ligand")).to_be_visible()


def test_more_leads_to_the_words_page(article: Page) -> None:
    word(article).click()
    card(article).get_by_role("link", name="More in the glossary").click()

    expect(article.get_by_role("heading", level=1)).to_have_text("Blood-brain barrier")
    expect(article.get_by_role("link", name="Magnesium for Depression, Anxiety & Your Memory")).to_be_visible()


def test_open_word_makes_no_page_wider(article: Page) -> None:
    for link in article.locator("a.term").all():
        link.click()
        assert article.evaluate("document.documentElement.scrollWidth <= innerWidth")
        article.keyboard.press("Escape")


def test_without_scripts_a_word_leads_to_its_page(site: str, first_edition: None, page_without_scripts: Page) -> None:
    page_without_scripts.goto(site + FIRST)
    expect(page_without_scripts.locator(".term-card").first).to_be_hidden()

    word(page_without_scripts).click()

    expect(page_without_scripts.get_by_role("heading", level=1)).to_have_text("Blood-brain barrier")


def test_on_paper_the_words_are_a_list_after_the_text(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + FIRST)
    page.emulate_media(media="print")

    expect(page.get_by_text("Words used here")).to_be_visible()
    expect(page.locator("#term-blood-brain-barrier")).to_be_visible()


def test_word_on_a_catalog_page_opens_too(site: str, first_edition: None, page: Page) -> None:
    page.goto(f"{site}/claims/c28/")

    page.get_by_role("link", name="GRADE", exact=True).click()

    expect(page.get_by_role("dialog", name="Meaning of GRADE")).to_be_in_viewport(ratio=1)
