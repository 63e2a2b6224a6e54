"""A reader replies, a moderator decides, the reply appears."""

import pytest
from playwright.sync_api import Browser, Page, expect

from articles.models import Reply
from tests.factories import make_user

FIRST = "/articles/magnesium-for-depression-anxiety-and-your-memory/"
WORDS = "Thank you. What about *sleep*?"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, address: str, user) -> None:
    user.set_password("a long enough phrase")
    user.save()
    page.goto(address + "/admin/login/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("a long enough phrase")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="View site")).to_be_visible()


def reply_and_see_it_published(page: Page, site: str, browser: Browser) -> None:
    page.goto(site + FIRST + "#replies")
    page.get_by_role("link", name="Ask a question").click()
    page.get_by_role("textbox", name="Name").fill("Anna")
    page.get_by_role("textbox", name="Your reply").fill(WORDS)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("em", has_text="sleep")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your reply")).to_have_value(WORDS)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("main")).to_contain_text("wait")
    waiting_at = site + Reply.objects.get().get_absolute_url()

    stranger = browser.new_page()
    assert stranger.goto(waiting_at).status == 404
    stranger.goto(site + FIRST)
    expect(stranger.get_by_text("What about")).to_have_count(0)

    moderator = browser.new_context().new_page()
    sign_in(moderator, site, make_user(username="mo", groups=("Moderator",), is_staff=True))
    moderator.goto(site + "/admin/articles/reply/")
    moderator.get_by_role("checkbox").nth(1).check()
    moderator.get_by_label("Action:").select_option(label="Approve")
    moderator.get_by_role("button", name="Go").click()
    expect(moderator.locator(".messagelist")).to_contain_text("1")

    stranger.goto(site + FIRST)
    expect(stranger.locator("#replies")).to_contain_text("What about sleep?")
    page.goto(waiting_at)
    assert f"{FIRST}#reply-" in page.url
    assert Reply.objects.visible().count() == 1


def test_reply_is_seen_by_others_only_after_approval(
    site: str, first_edition: None, page: Page, browser: Browser
) -> None:
    reply_and_see_it_published(page, site, browser)


def test_reply_works_without_scripts(
    site: str, first_edition: None, page_without_scripts: Page, browser: Browser
) -> None:
    reply_and_see_it_published(page_without_scripts, site, browser)


def test_refused_reply_comes_back_with_its_text(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + FIRST + "replies/")
    page.locator("form").first.evaluate("form => { form.noValidate = true }")
    text = "  kept as typed\n" + "long " * 2100
    page.get_by_role("textbox", name="Your reply").fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("textbox", name="Your reply")).to_have_value(text)
    expect(page.get_by_role("main")).to_contain_text("10,000")
