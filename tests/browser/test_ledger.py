"""The evidence beside each sentence: marks, the cards they open, and the switch that hides them."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

FIRST = "/articles/magnesium-for-depression-anxiety-and-your-memory/"
PHONE, DESK = 360, 1280

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What moved without the reader's doing, added up from the first paint.
WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# Once a frame has been painted and its entries are out.
SHIFTED = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.shifted), 50)))"""
PLACES = """() => [...document.querySelectorAll(".prose :is(p, h2, summary)")]
  .filter((element) => !element.closest(".claim-card-body"))
  .map((element) => element.getBoundingClientRect().top + window.scrollY)"""


def mark(page: Page, claim: str) -> Locator:
    return page.locator(f".mark[data-card=card-{claim}]")


def marks_switch(page: Page) -> Locator:
    return page.get_by_role("button", name="Show evidence marks")


def card(page: Page, claim: str) -> Locator:
    return page.locator(f"#card-{claim}")


def body(page: Page, claim: str) -> Locator:
    return card(page, claim).locator(".claim-card-body")


@pytest.fixture(params=[PHONE, DESK])
def article(request: pytest.FixtureRequest, site: str, first_edition: None, page: Page) -> Page:
    """The first article, on a phone and on a desk."""
    page.set_viewport_size({"width": request.param, "height": 900})
    page.goto(site + FIRST)
    return page


def test_every_mark_can_be_read_without_a_click(article: Page) -> None:
    marks = article.locator(".mark")
    expect(marks).to_have_count(40)
    boxes = [found.bounding_box() for found in marks.all()]
    assert all(box and box["height"] >= 14 and box["width"] >= 40 for box in boxes)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= article.viewport_size["width"] for box in boxes if box)
    sizes = marks.evaluate_all("all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))")
    assert min(sizes) >= 11.5
    shapes = marks.locator(".shape").evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)")
    assert min(shapes) >= 7


def test_mark_can_be_hit_with_a_finger(article: Page) -> None:
    """WCAG 2.2, 2.5.8: targets in a sentence may be small, but the ledger's lines are 24 pixels high or more."""
    heights = article.locator(".ledger summary").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert min(heights) >= 24


def test_click_opens_the_card_in_the_flow_and_moves_there(article: Page) -> None:
    expect(body(article, "c08")).to_be_hidden()
    mark(article, "c08").click()

    expect(article).to_have_url(re.compile(re.escape(FIRST)))
    expect(body(article, "c08")).to_be_visible()
    expect(body(article, "c08")).to_be_focused()
    expect(mark(article, "c08")).to_have_attribute("aria-expanded", "true")
    expect(body(article, "c08")).to_contain_text("Magnesium works on the same brain receptor as Valium.")
    expect(body(article, "c08")).to_contain_text("Overstated · very low certainty · 2 support, 1 against")
    expect(body(article, "c08").get_by_role("link", name="how this was checked")).to_have_attribute(
        "href", "/claims/c08/"
    )
    text = article.locator(".passage-text", has=mark(article, "c08")).bounding_box()
    opened = body(article, "c08").bounding_box()
    assert text
    assert opened
    assert opened["y"] >= text["y"] + text["height"]
    assert abs(opened["x"] - text["x"]) <= 1
    assert abs(opened["width"] - text["width"]) <= 1


def test_mark_controls_its_card_and_starts_closed(article: Page) -> None:
    states = article.locator(".mark").evaluate_all(
        """all => all.map((one) => [one.getAttribute("aria-expanded"), one.getAttribute("aria-controls")
             === one.dataset.card, document.getElementById(one.dataset.card)?.open])"""
    )
    assert states == [["false", True, False]] * 40


def test_keyboard_opens_closes_and_comes_back(article: Page) -> None:
    mark(article, "c10").focus()
    article.keyboard.press("Enter")
    expect(body(article, "c10")).to_be_focused()

    article.keyboard.press("Tab")
    expect(body(article, "c10").get_by_role("link").first).to_be_focused()
    article.keyboard.press("Escape")

    expect(body(article, "c10")).to_be_hidden()
    expect(mark(article, "c10")).to_be_focused()
    expect(mark(article, "c10")).to_have_attribute("aria-expanded", "false")
    article.keyboard.press("Escape")
    expect(mark(article, "c10")).to_be_focused()


def test_line_of_the_ledger_opens_the_card_and_escape_returns_to_it(article: Page) -> None:
    line = card(article, "c10").locator("summary")
    line.focus()
    article.keyboard.press("Enter")
    expect(body(article, "c10")).to_be_visible()
    expect(mark(article, "c10")).to_have_attribute("aria-expanded", "true")

    article.keyboard.press("Escape")
    expect(body(article, "c10")).to_be_hidden()
    expect(line).to_be_focused()


def test_several_cards_may_be_open_and_a_second_click_closes_one(article: Page) -> None:
    for claim in ("c04", "c05", "c08"):
        mark(article, claim).click()
    for claim in ("c04", "c05", "c08"):
        expect(body(article, claim)).to_be_visible()

    mark(article, "c05").click()
    expect(body(article, "c05")).to_be_hidden()
    expect(mark(article, "c05")).to_be_focused()
    expect(body(article, "c04")).to_be_visible()
    expect(body(article, "c08")).to_be_visible()


def test_click_for_a_new_tab_still_follows_the_link(article: Page) -> None:
    with article.context.expect_page() as opened:
        mark(article, "c08").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_load_state()
    expect(opened.value).to_have_url(re.compile("/claims/c08/$"))
    expect(body(article, "c08")).to_be_hidden()


def test_nothing_shifts_while_the_page_loads(site: str, first_edition: None, page: Page) -> None:
    page.add_init_script(WATCH_SHIFTS)
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site + FIRST)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFTED) == 0, width


@pytest.mark.parametrize("claim", ["c01", "c02", "c08", "c09", "c15", "c28", "c40"])
def test_opened_card_pushes_what_follows_down_and_nothing_else(article: Page, claim: str) -> None:
    before = article.evaluate(PLACES)
    own = article.evaluate(f"document.querySelector('#card-{claim} > summary').getBoundingClientRect().top + scrollY")
    mark(article, claim).click()
    expect(body(article, claim)).to_be_visible()
    after = article.evaluate(PLACES)

    moved = [now - then for then, now in zip(before, after, strict=True)]
    assert min(moved) > -1
    assert all(abs(by) < 1 for by, place in zip(moved, before, strict=True) if place <= own)
    article.keyboard.press("Escape")
    expect(body(article, claim)).to_be_hidden()
    assert all(abs(now - then) < 1 for then, now in zip(before, article.evaluate(PLACES), strict=True))


def test_margin_keeps_its_lines_where_they_are_when_a_card_opens(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + FIRST)
    passage = page.locator(".passage", has=mark(page, "c05"))
    lines = "all => all.map((one) => [one.getBoundingClientRect(), scrollY]).map(([box, y]) => [box.x, box.y + y])"
    before = passage.locator("summary").evaluate_all(lines)
    mark(page, "c05").click()
    expect(body(page, "c05")).to_be_visible()

    assert passage.locator("summary").evaluate_all(lines) == before


@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
def test_opened_card_does_not_scroll_sideways(site: str, first_edition: None, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + FIRST)
    page.evaluate("document.querySelectorAll('.claim-card').forEach((one) => { one.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    wide = page.locator(".claim-card-body").evaluate_all(
        "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1)"
    )
    assert wide == []


def test_names_say_claim_and_verdict(article: Page) -> None:
    said = re.compile(
        r"^Claim: Magnesium works on the same brain receptor as Valium\. Verdict: overstated", re.IGNORECASE
    )
    expect(article.get_by_role("link", name=said)).to_have_count(1)
    expect(card(article, "c08").locator("summary")).to_have_accessible_name(said)
    for found in article.locator(".mark").all():
        expect(found).to_have_accessible_name(
            re.compile(r"^Claim: .+ Verdict: (supported|partly supported|overstated|unsupported|contradicted)$")
        )


def test_focus_can_be_seen_on_marks_lines_and_switch(article: Page) -> None:
    article.keyboard.press("Tab")
    for place in (
        mark(article, "c08"),
        card(article, "c08").locator("summary"),
        article.get_by_role("button", name="Show evidence marks"),
    ):
        place.focus()
        style = place.evaluate(
            "one => [getComputedStyle(one).outlineStyle, parseFloat(getComputedStyle(one).outlineWidth)]"
        )
        assert style == ["solid", 2]


def test_without_scripts_marks_lead_to_claims_and_lines_open_cards(
    site: str, first_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    page.goto(site + FIRST)
    expect(body(page, "c08")).to_be_hidden()
    card(page, "c08").locator("summary").click()
    expect(body(page, "c08")).to_be_visible()
    expect(body(page, "c08")).to_contain_text("A careful editor would write")

    mark(page, "c10").click()
    expect(page).to_have_url(site + "/claims/c10/")


def hide(page: Page, *, press: str = "") -> None:
    expect(marks_switch(page)).to_have_attribute("aria-pressed", "true")
    if press:
        marks_switch(page).press(press)
    else:
        marks_switch(page).click()
    expect(marks_switch(page)).to_have_attribute("aria-pressed", "false")


def assert_plain(page: Page) -> None:
    """No mark, line or underline; the cautions stand."""
    for gone in (".mark", ".ledger", ".claim-card"):
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    assert set(
        page.locator(".claim").evaluate_all("all => all.map((one) => getComputedStyle(one).textDecorationLine)")
    ) == {"none"}
    assert page.locator(".prose .safety").locator("visible=true").count() == 8
    expect(page.get_by_text("40 claims checked:")).to_be_visible()


@pytest.mark.parametrize("press", ["", "Enter", "Space"])
def test_switch_hides_the_layer_here_and_on_the_next_visit(
    site: str, first_edition: None, page: Page, press: str
) -> None:
    page.goto(site + FIRST)
    hide(page, press=press)
    assert_plain(page)

    page.goto(site + "/articles/magnesium-safely/")
    page.goto(site + FIRST)
    assert_plain(page)

    marks_switch(page).click()
    expect(marks_switch(page)).to_have_attribute("aria-pressed", "true")
    expect(mark(page, "c08")).to_be_visible()
    expect(page).to_have_url(site + FIRST + "#marks")


def test_switch_works_without_scripts(site: str, first_edition: None, page_without_scripts: Page) -> None:
    page_without_scripts.goto(site + FIRST)
    hide(page_without_scripts)
    assert_plain(page_without_scripts)


def test_page_kept_by_the_browser_follows_the_switch_on_the_way_back(
    site: str, first_edition: None, page: Page
) -> None:
    page.goto(site + FIRST)
    hide(page)
    page.goto(site + "/claims/")
    page.goto(site + FIRST)
    assert_plain(page)


def test_reading_sets_no_cookie_and_the_switch_sets_one(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + FIRST)
    mark(page, "c08").click()
    assert page.context.cookies() == []
    marks_switch(page).click()
    expect(marks_switch(page)).to_have_attribute("aria-pressed", "false")

    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["sameSite"], cookie["httpOnly"]) == ("marks", "off", "Lax", True)


def test_sum_at_the_top_leads_to_the_audit_table_and_back_to_the_sentence(
    site: str, first_edition: None, page: Page
) -> None:
    page.goto(site + FIRST)
    page.get_by_role("link", name="The full audit table").click()
    rows = page.get_by_role("row")
    expect(rows).to_have_count(41)
    rows.filter(has_text="same brain receptor as Valium").get_by_role("link").last.click()

    expect(page).to_have_url(site + FIRST + "#claim-c08")
    expect(page.locator("#claim-c08")).to_be_in_viewport()


def test_on_paper_marks_are_numbers_and_each_number_has_its_note(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + FIRST)
    mark(page, "c08").click()
    page.emulate_media(media="print")

    for gone in (".mark-word", ".claim-card-body", ".marks-switch"):
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    numbers = page.locator(".mark").evaluate_all("all => all.map((one) => getComputedStyle(one, '::after').content)")
    assert numbers == [f'"{number}"' for number in range(1, 41)]
    notes = page.locator(".ledger summary").evaluate_all(
        "all => all.map((one) => getComputedStyle(one, '::before').content)"
    )
    assert notes == numbers
    note = card(page, "c08").locator("summary")
    expect(note).to_be_visible()
    expect(note).to_contain_text("Overstated. Mouse maze tests; no human evidence found of a Valium-like action.")
