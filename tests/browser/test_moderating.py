"""Moderators at the queue: by keyboard alone, two at once, several at once with undo, on a phone, without scripts."""

import pytest
from playwright.sync_api import Page, expect

from articles.actions.replies import approve_reply
from articles.models import Article, ModerationEvent, Reply
from tests.browser.axe import violations
from tests.factories import make_moderator, make_published_article, make_sent_reply

QUEUE = "/admin/articles/reply/queue/"
PHRASE = "a long enough phrase"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article() -> Article:
    return make_published_article(slug="sleep", title="On sleep")


def sign_in_by_keyboard(page: Page, address: str) -> None:
    make_moderator(username="mo", password=PHRASE)
    page.goto(f"{address}/admin/login/?next={QUEUE}")
    page.keyboard.type("mo")
    page.keyboard.press("Tab")
    page.keyboard.type(PHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Queue of replies")).to_be_visible()


def keys_are_ready(page: Page) -> None:
    """Scripts come after the page; a key pressed before them says nothing."""
    expect(page.get_by_role("button", name="Keys", exact=True)).to_be_visible()


def sent(article: Article, *names: str, **fields: str) -> list[Reply]:
    return [make_sent_reply(article=article, name=name, **fields) for name in names]


def states() -> str:
    return " ".join(Reply.objects.order_by("pk").values_list("status", flat=True))


def test_moderator_clears_the_queue_by_keyboard_alone(site: str, page: Page, article: Article) -> None:
    sent(article, "Anna", "Berta", "Carl", "Dora")
    sign_in_by_keyboard(page, site)
    said, card = page.get_by_role("status"), page.locator(".queue-card:focus")
    keys_are_ready(page)
    page.keyboard.press("a")  # about nobody yet: it only leads to the first
    expect(card).to_contain_text("Anna")
    assert violations(page, within="#content") == []
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(card).to_contain_text("Berta")
    page.keyboard.press("a")
    expect(said).to_have_text("The reply by Berta was approved.")
    expect(card).to_contain_text("Carl")
    page.keyboard.press("r")
    page.keyboard.press("2")
    expect(said).to_have_text("The reply by Carl was rejected.")
    expect(card).to_contain_text("Dora")
    page.keyboard.press("s")
    expect(said).to_have_text("The reply by Dora was marked as spam.")
    assert states() == "pending approved rejected spam"
    assert ModerationEvent.objects.get(action="reject").reason == "unkind"
    page.keyboard.press("u")
    expect(said).to_have_text("Undone: mark as spam.")
    expect(card).to_contain_text("Dora")
    page.keyboard.press("u")
    expect(said).to_have_text("Undone: reject.")
    assert states() == "pending approved pending pending"
    keys_can_be_switched_off(page)


def keys_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    box = page.get_by_role("checkbox", name="Use these keys")
    expect(box).to_be_focused()
    assert violations(page, within="dialog") == []
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    for _ in range(2):
        keys_are_ready(page)
        page.keyboard.press("j")
        page.keyboard.press("a")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.reload()
    assert states() == "pending approved pending pending"


def test_second_moderator_is_told_and_can_do_no_more(site: str, page: Page, article: Article) -> None:
    (reply,) = sent(article, "Anna")
    sign_in_by_keyboard(page, site)
    approve_reply(reply=reply, by=make_moderator(username="ann"))
    page.get_by_role("button", name="Spam").click()
    card = page.get_by_role("article", name="Anna")
    expect(card.get_by_role("alert")).to_have_text("ann has already decided this: approved. Nothing was changed.")
    expect(card.get_by_role("button", name="Approve")).to_be_disabled()
    assert states() == "approved"


def test_several_are_decided_and_put_back_on_a_phone(site: str, page: Page, article: Article) -> None:
    sent(article, "Anna", "Berta", "Carl")
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in_by_keyboard(page, site)
    page.get_by_label("Tick #2").check()
    expect(page.get_by_text("1 ticked")).to_be_visible()
    page.get_by_label("Tick all on this page").check()
    page.get_by_label("this decision").select_option(label="Mark as spam")
    page.get_by_role("button", name="Decide").click()
    toast = page.locator("[data-part=toast]")
    expect(toast).to_contain_text("3 replies marked as spam.")
    assert states() == "spam spam spam"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    toast.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("3 replies put back as before.")).to_be_visible()
    assert states() == "pending pending pending"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_everything_can_be_decided_and_undone(
    site: str, page_without_scripts: Page, article: Article
) -> None:
    page = page_without_scripts
    sent(article, "Anna", "Berta")
    sign_in_by_keyboard(page, site)
    anna = page.get_by_role("article", name="Anna")
    anna.get_by_text("Reject…").click()
    anna.get_by_role("button", name="About something else").click()
    expect(page.get_by_text("The reply by Anna was rejected.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: reject.")).to_be_visible()
    page.get_by_label("Tick #1").check()
    page.get_by_text("Decide about several").click()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("1 reply approved.")).to_be_visible()
    page.get_by_role("link", name="Log").click()
    page.get_by_role("button", name="Undo approve").click()
    expect(page.get_by_text("Undone")).not_to_have_count(0)
    assert states() == "pending pending"
