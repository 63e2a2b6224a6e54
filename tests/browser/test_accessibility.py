"""Every kind of page before axe-core: both themes, phone and desk, and nothing let through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.pages import FIRST_ARTICLE, KINDS, one_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (360, 1280)
ARTICLE = f"/articles/{FIRST_ARTICLE}/"
REPLIES = f"{ARTICLE}replies/"


def faults(page: Page) -> dict[str, list[str]]:
    """What axe finds in the page as it stands, at each width and in each theme. One load serves all four."""
    page.wait_for_load_state("load")  # what a click led to may still wait for its style sheet
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found[f"{theme} at {width}"] = violations(page)
    return {where: wrong for where, wrong in found.items() if wrong}


@pytest.mark.parametrize("kind", KINDS)
def test_kind_of_page_has_no_violation(kind: str, site: str, first_edition: None, page: Page) -> None:
    page.goto(site + one_of(kind))
    assert faults(page) == {}


def with_mistakes(page: Page, site: str) -> None:
    page.goto(site + REPLIES)
    page.locator("form.reply-form").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_visible()


def with_preview(page: Page, site: str) -> None:
    page.goto(f"{site}{REPLIES}?kind=correction")
    page.get_by_label("The sentence").fill("It calms everyone.")
    page.get_by_label("The source").fill("10.1371/journal.pone.0180067")
    page.get_by_role("textbox", name="Name").fill("Ada")
    page.get_by_role("textbox", name="Your reply").fill("A *question* about [this](https://example.org/).")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of your reply")


def with_all_cards_open(page: Page, site: str) -> None:
    page.goto(site + ARTICLE)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    expect(page.locator(".claim-card-body").first).to_be_visible()


def without_marks(page: Page, site: str) -> None:
    page.goto(site + ARTICLE)
    page.get_by_role("button", name="Show evidence marks").click()
    expect(page.locator("html")).to_have_attribute("data-marks", "off")


def empty_list(page: Page, site: str) -> None:
    page.goto(site + "/studies/?q=nothingisnamedthis&design=nonsense")


def filtered_list(page: Page, site: str) -> None:
    page.goto(site + "/claims/?verdict=overstated&article=" + FIRST_ARTICLE)


def long_list(page: Page, site: str) -> None:
    page.goto(site + "/studies/?page=2")


def empty_form(page: Page, site: str) -> None:
    page.goto(site + REPLIES)


def not_found(page: Page, site: str) -> None:
    page.goto(site + "/nowhere/")


def bad_request(page: Page, site: str) -> None:
    page.goto(site + "/forms/")
    page.locator(".theme-switch button").last.evaluate("button => { button.value = 'plaid' }")
    page.locator(".theme-switch button").last.click()
    expect(page.get_by_role("main")).to_contain_text("400")


def forbidden(page: Page, site: str) -> None:
    page.set_content(f'<form method="post" action="{site}/preferences/theme/"><button>From elsewhere</button></form>')
    page.get_by_role("button", name="From elsewhere").click()
    expect(page.get_by_role("main")).to_contain_text("403")


STATES: list[Callable[[Page, str], None]] = [
    with_mistakes,
    with_preview,
    with_all_cards_open,
    without_marks,
    empty_list,
    filtered_list,
    long_list,
    empty_form,
    not_found,
    bad_request,
    forbidden,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_state_of_a_page_has_no_violation(
    state: Callable[[Page, str], None], site: str, first_edition: None, page: Page
) -> None:
    state(page, site)
    assert faults(page) == {}


def test_broken_page_has_no_violation(site: str, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("forms_catalog.caching.public_state", breaks)
    page.goto(site + "/forms/")
    expect(page.get_by_role("main")).to_contain_text("500")
    assert faults(page) == {}


def test_every_example_of_the_style_guide_has_no_violation_in_either_theme(site: str, page: Page) -> None:
    """The twin by night is no part of the page for assistive technology; here it is made one and judged alone."""
    page.goto(site + "/about/style/")
    page.evaluate(
        """for (const twin of document.querySelectorAll("[inert]")) {
             twin.inert = false;
             twin.removeAttribute("aria-hidden");
           }
           document.querySelectorAll("details").forEach(details => { details.open = true });
           document.querySelectorAll(".specimen-theme").forEach((theme, at) => { theme.dataset.at = at });"""
    )
    count = page.locator(".specimen-theme").count()
    found = {at: violations(page, within=f'.specimen-theme[data-at="{at}"]') for at in range(count)}
    assert count >= 60
    assert {at: wrong for at, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<p class="bad">faint</p>', "color-contrast"),
        ("<button></button>", "button-name"),
        ("<h5>deep</h5>", "heading-order"),
        ('<nav aria-label="Sections"></nav>', "landmark-unique"),
    ],
)
def test_checker_notices(markup: str, rule: str, site: str, page: Page, db: None) -> None:
    page.goto(site + "/forms/")
    page.locator("main").evaluate("(main, markup) => main.insertAdjacentHTML('beforeend', markup)", markup)
    page.evaluate("document.querySelectorAll('.bad').forEach(bad => { bad.style.color = 'var(--line)' })")
    assert any(line.startswith(f"{rule}:") for line in violations(page))
