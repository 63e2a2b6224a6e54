"""Each kind of reply from the thread to the form and back, by script and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from articles.actions.replies import approve_reply
from articles.models import Article, Reply
from articles.places import Place
from forms_catalog.models import Claim
from tests.browser.axe import violations
from tests.factories import make_moderator, make_sent_reply
from tests.pages import FIRST_ARTICLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = f"/articles/{FIRST_ARTICLE}/"
KINDS = {
    "Ask a question": ("Question", {}),
    "Tell of your own experience": ("Personal experience, not evidence", {}),
    "Add a study we missed": ("Evidence suggested by a reader, not yet checked", {"The source": "PMID 28654669"}),
    "Correct something": (
        "Correction suggested by a reader",
        {"The sentence": "It calms everyone.", "The source": "10.1371/journal.pone.0180067"},
    ),
    "Report a typo": ("Typo reported", {"The sentence": "It clams everyone."}),
}
NEEDED = ("The sentence", "The source")


def send_one_of_each_kind(page: Page, site: str) -> None:
    """From the thread's own links; then see each published under its label."""
    moderator = make_moderator()
    for ask, (_, fields) in KINDS.items():
        page.goto(f"{site}{ARTICLE}#replies")
        page.get_by_role("link", name=ask).click()
        expect(page.get_by_label(ask)).to_be_checked()
        for label in NEEDED:
            expect(page.get_by_label(label, exact=True)).to_be_visible(visible=label in fields)
        for label, words in fields.items():
            page.get_by_label(label, exact=True).fill(words)
        page.get_by_role("textbox", name="Your reply").fill(f"Here I {ask.lower()}.")
        page.get_by_label("Name", exact=True).fill("Ada")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("main")).to_contain_text("wait")
        approve_reply(reply=Reply.objects.latest("pk"), by=moderator)
    page.goto(site + ARTICLE)
    for number, (label, fields) in enumerate(KINDS.values(), start=1):
        reply = page.get_by_role("article", name=f"#{number} Ada {label}")
        expect(reply.get_by_role("heading")).to_contain_text(label)
        if words := fields.get("The sentence"):
            expect(reply.get_by_role("blockquote")).to_have_text(words)
        expect(reply.get_by_text("Source:")).to_have_count(int("The source" in fields))


def test_each_kind_is_sent_and_shown_as_what_it_is(site: str, first_edition: None, page: Page) -> None:
    send_one_of_each_kind(page, site)


def test_each_kind_is_sent_without_scripts(site: str, first_edition: None, page_without_scripts: Page) -> None:
    send_one_of_each_kind(page_without_scripts, site)


def test_a_question_about_a_claim_is_answered_from_its_thread_by_keyboard(
    site: str, first_edition: None, page: Page
) -> None:
    claim = Claim.objects.get(slug="c28")
    make_sent_reply(about=claim, status="approved", kind="question", name="Berta")
    page.goto(f"{site}/claims/c28/")
    page.get_by_role("link", name="Replies about this claim").press("Enter")
    page.get_by_role("link", name="Answer #1").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("In answer to #1 by Berta")
    page.get_by_label("Ask a question").press("ArrowDown")
    expect(page.get_by_label("Tell of your own experience")).to_be_checked()
    page.get_by_role("textbox", name="Your reply").press_sequentially("It was so with me.")
    expect(page.get_by_text("18 of 10,000 characters")).to_be_visible()
    page.get_by_label("Name", exact=True).press_sequentially("Carl")
    page.keyboard.press("Enter")  # in a field, Enter presses the first button, which is the preview
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of your reply")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("wait")
    approve_reply(reply=Reply.objects.latest("pk"), by=make_moderator())
    page.goto(f"{site}/claims/c28/replies/")
    answer = page.get_by_role("article", name="#2 Carl Personal experience, not evidence")
    expect(answer.get_by_text("In answer to #1")).to_be_visible()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []


def test_a_text_survives_a_lost_connection(site: str, first_edition: None, page: Page) -> None:
    page.goto(f"{site}{ARTICLE}replies/?kind=question")
    page.get_by_role("textbox", name="Your reply").fill("Typed on a train.")
    page.get_by_label("Name", exact=True).fill("Ada")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Your text is still here")
    expect(page.get_by_role("textbox", name="Your reply")).to_have_value("Typed on a train.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("main")).to_contain_text("wait")
    assert Reply.objects.get().article == Article.objects.get(slug=FIRST_ARTICLE)


def test_an_answer_at_level_two_fits_a_phone(site: str, first_edition: None, page: Page) -> None:
    article = Article.objects.get(slug=FIRST_ARTICLE)
    parent = None
    for level in range(3):
        place = Place(parent=parent.pk, level=level) if parent else Place()
        words = {"source": "https://doi.org/10.1000/" + "x" * 200, "name": "N" * 80}
        parent = make_sent_reply(article=article, status="approved", kind="evidence", place=place, **words)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + parent.get_absolute_url())
    expect(page.locator(f"#reply-{parent.public_id}")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
