"""An editor writes, is told of a bad reference, mends it, publishes; a reader sees it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_replying import sign_in
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_article(page: Page, body: str) -> None:
    page.get_by_label("Slug:").fill("a-note-on-oxide")  # before the title, which would propose one
    page.get_by_label("Title:").fill("A note on oxide")
    page.get_by_label("Standfirst:").fill("What one review says.")
    page.get_by_label("Body:").fill(body)


def test_editor_is_told_of_a_bad_reference_mends_it_and_publishes(
    site: str, first_edition: None, page: Page, browser: Browser
) -> None:
    sign_in(page, site, make_user(username="ed", groups=("Editor",), is_staff=True))
    page.goto(site + "/admin/articles/article/add/")
    fill_article(page, "Oxide holds much magnesium [@mah2020].\n\n## More\n\nSee [[form:oxide]].\n")
    problems = page.get_by_role("list", name="Problems")
    expect(problems).to_contain_text("mah2020")
    expect(problems).to_contain_text("1")

    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".messagelist, .errornote")).to_contain_text("mah2020")
    reader = browser.new_page()
    assert reader.goto(site + "/articles/a-note-on-oxide/").status == 404

    page.get_by_label("Body:").fill("Oxide holds much magnesium [@mah2021].\n\n## More\n\nSee [[form:oxide]].\n")
    preview = page.frame_locator("iframe")
    expect(preview.get_by_role("link", name="Magnesium oxide")).to_be_visible()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".messagelist")).to_contain_text("published")

    assert reader.goto(site + "/articles/a-note-on-oxide/").status == 200
    expect(reader.locator("#ref-1")).to_contain_text("Mah")


def test_editor_can_publish_without_scripts(site: str, first_edition: None, page_without_scripts: Page) -> None:
    page = page_without_scripts
    sign_in(page, site, make_user(username="ed", groups=("Editor",), is_staff=True))
    page.goto(site + "/admin/articles/article/add/")
    fill_article(page, "Nothing here is disputed [@nobody1999].\n")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".messagelist, .errornote")).to_contain_text("nobody1999")
    page.get_by_label("Body:").fill("Nothing here is disputed [@mah2021].\n")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".messagelist")).to_contain_text("published")
    page.goto(site + "/articles/a-note-on-oxide/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A note on oxide")


def test_tab_leaves_the_editor(site: str, first_edition: None, page: Page) -> None:
    sign_in(page, site, make_user(username="ed", groups=("Editor",), is_staff=True))
    page.goto(site + "/admin/articles/article/add/")
    body = page.get_by_label("Body:")
    body.focus()
    page.keyboard.press("Tab")
    expect(body).not_to_be_focused()
