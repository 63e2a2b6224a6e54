"""A reader's way through the site, with scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

FIRST = "/articles/magnesium-for-depression-anxiety-and-your-memory/"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begin(page: Page, address: str) -> None:
    page.goto(address + FIRST)
    expect(page.get_by_role("heading", level=1)).to_have_text("Magnesium for Depression, Anxiety & Your Memory")
    expect(page.locator(".claim")).to_have_count(40)
    expect(page.locator(".references li.reference")).to_have_count(5)


def go_on_from_the_form(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Magnesium L-threonate")
    page.get_by_role("link", name="Magnesium for Depression, Anxiety & Your Memory").first.click()
    expect(page).to_have_url(re.compile(re.escape(FIRST) + "$"))


def test_reader_goes_from_article_to_citation_study_form_and_back(site: str, first_edition: None, page: Page) -> None:
    """With scripts a link first shows what it leads to, and the way on is in the preview."""
    begin(page, site)
    page.get_by_role("link", name=re.compile(r"^Reference 1:")).first.click()
    page.locator(".preview").get_by_role("link", name="Benzodiazepine/GABA(A) receptors").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Benzodiazepine/GABA(A) receptors")

    page.go_back()
    page.locator(".prose").get_by_role("link", name="Magnesium L-threonate").first.click()
    page.locator(".preview").get_by_role("link", name="Magnesium L-threonate").click()
    go_on_from_the_form(page)


def test_reader_goes_the_same_way_without_scripts(site: str, first_edition: None, page_without_scripts: Page) -> None:
    page = page_without_scripts
    begin(page, site)
    page.get_by_role("link", name=re.compile(r"^Reference 1:")).first.click()
    expect(page).to_have_url(re.compile(re.escape("#ref-1") + "$"))
    page.locator("#ref-1").get_by_role("link", name="Benzodiazepine/GABA(A) receptors").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Benzodiazepine/GABA(A) receptors")

    page.go_back()
    page.locator(".prose").get_by_role("link", name="Magnesium L-threonate").first.click()
    go_on_from_the_form(page)


def test_each_mark_leads_to_its_claim_and_says_its_verdict(
    site: str, first_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    page.goto(site + FIRST)
    mark = page.get_by_role("link", name=re.compile(r"^Claim: .*Verdict: overstated", re.IGNORECASE)).first
    mark.click()
    expect(page).to_have_url(re.compile("/claims/c"))
    expect(page.get_by_role("main")).to_contain_text("Overstated")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize(
    "path", ["/", "/articles/", FIRST, "/forms/", "/forms/l-threonate/", "/studies/", "/studies/rajizadeh2017/",
             "/claims/", "/claims/c28/", "/mechanisms/gaba-a/", "/outcomes/depression/", FIRST + "replies/",
             "/about/", "/about/evidence/", "/about/privacy/", "/about/contact/"],
)  # fmt: skip
def test_no_page_scrolls_sideways(site: str, first_edition: None, page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + path)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def test_reading_sets_no_cookie_and_asks_no_other_host(site: str, first_edition: None, page: Page) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for path in ("/", FIRST, "/forms/glycinate/", "/claims/c08/", FIRST + "replies/"):
        page.goto(site + path)
    assert page.context.cookies() == []
    assert hosts == {site.split("/")[2]}


def test_skip_link_is_the_first_stop_of_the_keyboard(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + FIRST)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_be_visible()
    expect(focused).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape("#main") + "$"))


def test_nothing_is_refused_by_the_content_security_policy(site: str, first_edition: None, page: Page) -> None:
    refusals: list[str] = []
    page.on("console", lambda message: refusals.append(message.text) if message.type == "error" else None)
    for path in ("/", FIRST, "/forms/oxide/", "/studies/", "/mechanisms/nmda/"):
        page.goto(site + path)
    assert refusals == []
