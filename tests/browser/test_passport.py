"""The writer's own page: one reply from sending to erasing without scripts, and every state before axe-core."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.actions.contacts import confirm_contact
from articles.actions.replies import approve_reply, reject_reply
from articles.actions.sending import deliver
from articles.actions.writing import edit_reply
from articles.models import Contact, Reason, Reply
from articles.writers import digest_of
from tests.browser.test_accessibility import faults
from tests.factories import make_moderator, make_sent_reply

SECRET = "Tq-hKzn5kbuoEVvuvjsDJTzzeNJf9emuWoV_atqH4Xw"
FIRST = "/articles/magnesium-for-depression-anxiety-and-your-memory/"
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true })"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def unfold(page: Page, name: str) -> None:
    page.locator("summary", has_text=re.compile(f"^{name}")).click()


def send_a_reply(page: Page, site: str) -> None:
    page.goto(f"{site}{FIRST}replies/?kind=question")
    page.get_by_role("textbox", name="Name").fill("Anna")
    page.get_by_label("E-mail").fill("anna@example.org")
    page.get_by_role("textbox", name="Your reply").fill("What about *sleep*?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("waits for a moderator")
    expect(page.get_by_label("Your private link")).to_have_value(page.url)


def confirm_the_address(page: Page) -> None:
    """By the link in the mail; the page it leads to is the writer's own."""
    call_command("send_outbox", verbosity=0)
    page.goto(re.search(r"http\S+/confirm/\S+", mail.outbox[-1].body)[0])
    page.get_by_role("button", name="Yes, it is mine").click()
    expect(page.get_by_role("status")).to_contain_text("confirmed")


def test_a_reply_is_sent_edited_withdrawn_and_erased_without_scripts(
    site: str, first_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    send_a_reply(page, site)
    own = page.url
    confirm_the_address(page)

    page.goto(own)
    unfold(page, "Edit")
    page.get_by_role("textbox", name="Your reply").fill("What about *memory*?")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("em", has_text="memory")).to_be_visible()

    approve_reply(reply=Reply.objects.get(), by=make_moderator())
    deliver(now=timezone.now() + timedelta(hours=1))
    assert "It is published" in mail.outbox[-1].body
    page.goto(re.search(r"http\S+/passport/\S+", mail.outbox[-1].body)[0])
    page.get_by_role("link", name="see it in its place").click()
    expect(page.locator("#replies em", has_text="memory")).to_be_visible()

    page.goto(own)
    unfold(page, "Withdraw")
    page.get_by_role("button", name="Withdraw this reply").click()
    expect(page.get_by_role("heading", name="Withdrawn by you")).to_be_visible()
    page.goto(site + FIRST)
    expect(page.locator("#replies")).to_contain_text("was withdrawn by its writer")
    expect(page.locator("#replies")).not_to_contain_text("memory?")

    page.goto(own)
    unfold(page, "Erase")
    page.get_by_role("button", name="Erase this reply").click()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your reply is erased")
    assert page.goto(own).status == 404
    assert (Reply.objects.get().body, Contact.objects.count()) == ("", 0)


def test_one_click_in_a_mail_that_a_scanner_follows_stops_nothing(
    site: str, first_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    send_a_reply(page, site)
    call_command("send_outbox", verbosity=0)
    page.goto(mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>"))
    assert Contact.objects.get().notify
    page.get_by_role("button", name="Stop all mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No more mail")
    assert not Contact.objects.get().notify


def make_one_of_each(moderator) -> None:
    """Waiting, published with new words, declined."""
    fields = {"writer": digest_of(SECRET), "kind": "question"}
    waiting = make_sent_reply(**fields, email="anna@example.org")
    published = make_sent_reply(**fields, about=waiting.about, status="approved", email="anna@example.org")
    confirm_contact(contact=published.contact)
    edit_reply(reply=published, body="Words that *wait*")
    declined = make_sent_reply(**fields, about=waiting.about)
    reject_reply(reply=declined, by=moderator, reason=Reason.UNKIND, message="The second line.")


def test_every_state_of_the_page_is_accessible(site: str, first_edition: None, page: Page) -> None:
    make_one_of_each(make_moderator())
    page.goto(f"{site}/replies/passport/{SECRET}/")
    page.evaluate(UNFOLD)
    assert faults(page) == {}
    page.get_by_role("textbox", name="Why should we look again?").evaluate("field => { field.required = false }")
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == {}
    page.get_by_role("alert").get_by_role("link").click()
    page.evaluate(UNFOLD)
    page.get_by_role("button", name="Erase this reply").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Erase this reply for good?")
    assert faults(page) == {}
