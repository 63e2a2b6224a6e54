"""A reader's correction becomes an editor's task, a new version, and thanks with the reader's name."""

import pytest
from playwright.sync_api import Browser, Page, expect

from articles.actions.corrections import accept_correction
from articles.actions.replies import approve_reply
from articles.models import Article, Reply
from tests.browser.axe import violations
from tests.browser.test_replying import FIRST, sign_in
from tests.factories import make_moderator, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def send_correction(page: Page, site: str) -> Reply:
    page.goto(f"{site}{FIRST}replies/?kind=correction")
    page.get_by_label("The sentence", exact=True).fill("It helps everyone.")
    page.get_by_label("The source", exact=True).fill("10.1371/journal.pone.0180067")
    page.get_by_role("textbox", name="Your reply").fill("The trial says otherwise.")
    page.get_by_label("Name").fill("Ada")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("main")).to_contain_text("wait")
    return Reply.objects.get()


def test_a_correction_ends_as_a_dated_change_with_credit(
    site: str, first_edition: None, page: Page, browser: Browser
) -> None:
    reply, moderator = send_correction(page, site), make_moderator()
    approve_reply(reply=reply, by=moderator)
    accept_correction(reply=reply, by=moderator)

    editor = browser.new_context().new_page()
    sign_in(editor, site, make_user(username="ed", groups=("Editor",), is_staff=True))
    editor.get_by_role("link", name="Corrections", exact=True).click()
    editor.get_by_role("link", name=Article.objects.get(thread=reply.thread_id).live.title).click()
    ticked = editor.get_by_role("checkbox", name="#1 by Ada")
    expect(ticked).to_be_checked()
    body = editor.get_by_label("Body:")
    body.fill(body.input_value() + "\n\nMended after a reader wrote.\n")
    editor.get_by_label("Change note:").fill("The last sentence now says what the trial says.")
    editor.get_by_role("button", name="Save and publish").click()
    expect(editor.locator(".messagelist")).to_contain_text("credits 1 reader")

    page.goto(f"{site}{FIRST}history/")
    version = page.get_by_role("listitem").filter(has_text="Version 2")
    expect(version).to_contain_text("what the trial says")
    version.get_by_role("link", name="#1 by Ada").click()
    expect(page.get_by_role("article", name="#1 Ada")).to_contain_text("The trial says otherwise.")
    page.goto(f"{site}/about/corrections/")
    expect(page.get_by_role("main")).to_contain_text("After a reader’s correction: #1 by Ada. Thank you.")
    assert violations(page) == []
