"""The safety check in a browser: nothing leaves it, nothing stays in it, and the sheet fits a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 780}
PLACES = """async () => ({
  address: location.href,
  steps: history.length,
  state: history.state,
  local: localStorage.length,
  session: sessionStorage.length,
  cookies: document.cookie,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def opened(page: Page, site: str) -> None:
    page.goto(f"{site}/tools/safety/")
    expect(page.get_by_label("Your medicines")).to_be_visible()
    page.wait_for_load_state("networkidle")


def pick(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_label("Your medicines").press_sequentially(name)
        page.keyboard.press("Enter")
        expect(page.get_by_label("Your medicines")).to_have_value("")


def at(page: Page, medicine: str, time: str) -> None:
    page.get_by_role("group", name=f"When do you take {medicine}?").get_by_label("Time 1").fill(time)


def of_a_product(page: Page) -> None:
    page.get_by_label("Form", exact=True).select_option("citrate")
    page.get_by_label("Amount in one").fill("500")
    page.get_by_label("That amount is").select_option("elemental")


def cards(page: Page) -> list[str]:
    return page.locator("[data-rules] h3").all_inner_texts()


def test_nothing_a_reader_enters_leaves_the_page_or_stays_in_it(site: str, first_edition: None, page: Page) -> None:
    page.add_init_script("window.print = () => { window.printed = true }")
    page.set_viewport_size(PHONE)
    opened(page, site)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    before = page.evaluate(PLACES)

    pick(page, "moxiflo", "digox", "lithium", "sertraline")
    page.get_by_role("checkbox", name="Older age").check()
    of_a_product(page)
    at(page, "moxifloxacin", "08:00")
    expect(page.get_by_role("img", name="A day from 0 to 24 hours")).to_be_visible()
    page.get_by_role("button", name="Print the sheet").click()
    page.get_by_role("link", name="tetracycline antibiotics").click()
    page.get_by_role("button", name="Remove lithium").click()

    assert page.evaluate("window.printed")
    assert page.evaluate(PLACES) == before
    assert [request.url for request in asked] == []
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    # Whoever comes back to this tab, or presses Back, finds nothing.
    page.goto(f"{site}/forms/")
    page.go_back()
    expect(page.get_by_label("Your medicines")).to_have_value("")
    expect(page.get_by_role("button", name="Remove moxifloxacin")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Older age")).not_to_be_checked()
    assert [request.url for request in asked if re.search("moxiflo|digox|sertra|lithium|older", request.url)] == []


def test_rules_come_gravest_first_with_hours_for_that_medicine_only(site: str, first_edition: None, page: Page) -> None:
    opened(page, site)
    pick(page, "levoflo", "gabapentin", "quinolone antibiotics")
    page.get_by_role("checkbox", name="Pregnancy or breastfeeding").check()
    answer = page.locator("[data-answer]")
    assert cards(page) == ["Levofloxacin and quinolone antibiotics", "Pregnancy or breastfeeding", "Gabapentin"]
    expect(answer).to_contain_text("Levofloxacin: take it at least 2 hours before magnesium, or 6 hours after it.")
    expect(answer).to_contain_text("Hours are on file for ciprofloxacin, levofloxacin and moxifloxacin only.")
    expect(answer).to_contain_text("take it at least 2 hours after magnesium; no hours are stated for taking it before")
    expect(answer.get_by_text("Checked 23 November 2026")).to_have_count(3)
    expect(page.locator(".crisis, .urgent-help")).to_have_count(1)


def test_what_is_on_no_list_is_said_to_be_unknown_and_text_stays_text(
    site: str, first_edition: None, page: Page
) -> None:
    opened(page, site)
    pick(page, "<b>minocycline</b>", "ssri")
    expect(page.locator("[data-unknown]")).to_contain_text("We hold no verified data on <b>minocycline</b>: ask")
    expect(page.locator("[data-unknown]")).to_contain_text("which does not mean there are none")
    assert cards(page) == []
    expect(page.locator("[data-sheet]")).to_contain_text("nothing is drawn")
    expect(page.get_by_role("img")).to_have_count(0)


def test_it_can_be_done_by_keyboard_and_cleared(site: str, first_edition: None, page: Page) -> None:
    opened(page, site)
    page.get_by_label("Your medicines").focus()
    page.keyboard.type("water")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Loop and thiazide diuretics")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your medicines")).to_be_focused()
    assert cards(page) == ["Potassium-sparing diuretics"]
    expect(page.locator("[data-rules]")).not_to_contain_text("more magnesium lost in urine")
    expect(page.locator("[data-rules]")).not_to_contain_text("Loop and thiazide")
    page.get_by_role("checkbox", name="Any kidney disease").press("Space")
    assert cards(page)[0] == "Any kidney disease"
    page.get_by_role("button", name="Clear everything").press("Enter")
    expect(page.locator("[data-answer]")).to_be_hidden()
    expect(page.get_by_role("checkbox", name="Any kidney disease")).not_to_be_checked()
    expect(page.get_by_label("Your medicines")).to_be_focused()


def pages_of(page: Page, size: str) -> int:
    """How many sheets of paper it takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size)))


def test_the_sheet_fits_a_page_or_says_that_it_goes_on(site: str, first_edition: None, page: Page) -> None:
    opened(page, site)
    assert pages_of(page, "A4") > 3  # nothing picked: the whole list
    pick(page, "moxiflo", "levothy", "digox", "gabapent", "sertraline")
    for medicine, time in (("moxifloxacin", "08:00"), ("levothyroxine", "07:00"), ("digoxin", "18:00")):
        at(page, medicine, time)
    of_a_product(page)
    sheet = page.locator("[data-sheet]")
    expect(sheet).to_contain_text("500 mg of magnesium a day")
    expect(sheet).to_contain_text("Above the upper level")
    expect(sheet).to_contain_text("No time is named for magnesium: hours do not settle digoxin. Ask about that first.")
    assert pages_of(page, "A4") == pages_of(page, "Letter") == 1
    expect(sheet).not_to_contain_text("continues on a second page")
    pick(page, "ciproflo", "levoflo", "doxycy", "alendro", "iron", "eltrom", "erlot", "atazan", "furose", "omepra")
    pick(page, "cispl", "ralte", "amilor", "phenyt", "isonia", "sulpi", "mycoph", "rosuva", "penicilla")
    expect(sheet).to_contain_text("This sheet continues on a second page.")
    assert pages_of(page, "A4") > 1
    page.emulate_media(media="print")
    for around in (".masthead", ".urgent-help", ".safety-list", ".safety-ask", ".footer"):
        expect(page.locator(around)).to_be_hidden()


def test_the_sheet_names_a_time_only_when_nothing_on_file_speaks_against_it(
    site: str, first_edition: None, page: Page
) -> None:
    opened(page, site)
    pick(page, "moxiflo", "levothy")
    at(page, "moxifloxacin", "08:00")
    sheet = page.locator("[data-sheet]")
    expect(sheet).to_contain_text("No time is named for magnesium: no time was given for levothyroxine.")
    at(page, "levothyroxine", "18:00")
    expect(sheet).to_contain_text("Outside the hatched hours: 12:00 to 14:00 and 22:00 to 24:00.")
    expect(sheet.locator(".day-magnesium")).to_have_count(1)
    for against in ("Any kidney disease", "Heart conduction disorder"):
        box = page.get_by_role("checkbox", name=against)
        box.check()
        expect(sheet).to_contain_text(f"hours do not settle {against.lower()}")
        expect(sheet.locator(".day-magnesium")).to_have_count(0)
        expect(sheet).not_to_contain_text("Outside the hatched hours")
        box.uncheck()
    pick(page, "ralteg")
    expect(sheet).to_contain_text("hours do not settle raltegravir")


def test_with_kidney_disease_the_sheet_works_out_no_dose(site: str, first_edition: None, page: Page) -> None:
    opened(page, site)
    page.get_by_role("checkbox", name="Severe kidney impairment").check()
    of_a_product(page)
    expect(page.locator("[data-sheet]")).to_contain_text("Ask your doctor before you take any magnesium.")
    expect(page.locator("[data-sheet]")).not_to_contain_text("mg of magnesium a day")


def test_without_scripts_the_page_is_the_whole_list(site: str, first_edition: None, page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/tools/safety/")
    expect(page.get_by_text("Everything we hold is on this page, with nothing to fill in.")).to_be_visible()
    expect(page.locator("main").get_by_role("textbox")).to_have_count(0)
    page.get_by_role("navigation", name="The whole list").get_by_role("link", name="moxifloxacin").click()
    rule = page.locator("#medicine-quinolone-antibiotics")
    expect(rule.get_by_role("heading", name="Quinolone antibiotics")).to_be_in_viewport()
    expect(rule.get_by_role("row", name="moxifloxacin As stated")).to_contain_text("8 hours")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_when_the_list_cannot_be_fetched_the_page_is_still_whole(site: str, first_edition: None, page: Page) -> None:
    page.route("**/tools/safety.json", lambda route: route.abort())
    page.goto(f"{site}/tools/safety/")
    expect(page.get_by_text("could not be loaded. Everything we hold is on this page all the same.")).to_be_visible()
    expect(page.locator("main").get_by_role("textbox")).to_have_count(0)


def test_picked_and_unpicked_axe_finds_nothing(site: str, first_edition: None, page: Page) -> None:
    opened(page, site)
    pick(page, "moxiflo", "sertraline", "gabapent")
    at(page, "moxifloxacin", "08:00")
    page.get_by_label("Amount in one").fill("-3")
    page.get_by_label("Your medicines").press_sequentially("me")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert violations(page) == [], (theme, width)


PLANS = """async ([address, cases]) => {
  const { closed, open, together } = await import(address);
  return cases.map(([times, hours]) => {
    const shut = closed(times, hours);
    return [shut, open(together([shut]))];
  });
}"""
CASES = [
    ([time], {"before": before, "after": after})
    for time in (0, 15, 120, 480, 725, 1439)
    for before, after in ((2, 6), (4, 8), (None, 2), (2, 1), (3, None), (12, 12), (20, 20))
] + [([60, 600, 1380], {"before": 4, "after": 4}), ([], {"before": 4, "after": 4})]


def test_the_plan_closes_just_the_minutes_that_are_too_near(site: str, page: Page, db: None) -> None:
    """Against the slow and obvious: each minute of the day, asked by itself."""
    page.goto(f"{site}/tools/safety/")
    script = page.locator("script[src*='safety-check']").get_attribute("src")
    module = re.search(r"[^\"']*safety-plan[^\"']*\.js", page.request.get(site + script).text())[0]
    address = str(Path(script).parent / module)
    for (times, hours), (shut, free) in zip(CASES, page.evaluate(PLANS, [address, CASES]), strict=True):
        for minute in range(1440):
            middle = minute + 0.5
            near = any(
                0 < (time - middle) % 1440 < 60 * (hours["after"] or 0)
                or 0 < (middle - time) % 1440 < 60 * (hours["before"] or 0)
                for time in times
            )
            assert any(start < middle < end for start, end in shut) is near, (times, hours, minute)
            inside = any(a < middle < b if a < b else middle > a or middle < b for a, b in free)
            assert inside is not near, (times, hours, minute)
