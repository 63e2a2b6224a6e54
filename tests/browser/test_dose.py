"""The dose bridge by hand: with scripts it answers on the spot what the server would, without them by its button."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from forms_catalog.tools.dose.answer import answer
from forms_catalog.tools.dose.question import Question
from forms_catalog.tools.dose.rules import rules
from tests.browser.test_accessibility import faults
from tests.dose_questions import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANSWERS = """async ([source, rules, questions]) => {
  const { answer } = await import(source);
  return questions.map((question) => answer(question, rules));
}"""
CONVERTED = """async ([source, rules, question]) => {
  const { elemental, span } = await import(source);
  const { problem, low, high } = elemental(rules, question);
  return problem || span(low, high);
}"""
# An element as it matters to a reader: names, attributes and words; white space between elements does not.
SHAPE = """element => {
  const shape = node => node.nodeType === 3 ? node.data.replace(/\\s+/g, " ") : {
    [node.localName]: Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]).sort()),
    inside: [...node.childNodes].filter(each => each.nodeType === 1 || (each.nodeType === 3 && each.data.trim()))
      .map(each => each.nodeType === 3 ? each.data.trim().replace(/\\s+/g, " ") : shape(each)) };
  return [...element.children].map(shape);
}"""


def test_browser_and_server_answer_alike(site: str, first_edition: None, page: Page) -> None:
    """The whole space of questions, sampled: every word, number and place on the picture."""
    known = json.loads(json.dumps(rules()))
    questions = sample(known, size=500)
    page.goto(site + "/tools/dose/")
    source = page.evaluate("() => new URL('../tools/dose-answer.js', document.querySelector('script').src).href")
    arithmetic = source.replace("answer.js", "arithmetic.js")
    citrate = {"form": "citrate", "amount": "1.200,5", "basis": "compound"}
    assert page.evaluate(CONVERTED, [arithmetic, known, citrate]) == "136–194"
    assert page.evaluate(CONVERTED, [arithmetic, known, {"amount": "12 mmol"}]) == "292"
    assert page.evaluate(CONVERTED, [arithmetic, known, {"amount": "5", "basis": "compound"}]) == "no_form"
    found = page.evaluate(ANSWERS, [source, known, questions])
    for question, theirs in zip(questions, found, strict=True):
        assert json.loads(json.dumps(answer(Question(**question), known).as_data())) == theirs, question
    assert {each["state"] for each in found} == {"ask", "mistakes", "kidney", "answered"}


@pytest.mark.parametrize(
    "query",
    [
        "form=glycinate&amount=1500&basis=compound&per_day=2&who=pregnant",
        "form=sulfate&amount=15+g&basis=compound&age=14-17",
        "amount=1.200&basis=elemental&form=oxide&whole=1000",
        "amount=450&basis=elemental",
        "amount=100&basis=elemental&age=under-1",
        "form=oxide&kidney=1",
    ],
)
def test_browser_shows_what_the_server_prints(site: str, first_edition: None, page: Page, query: str) -> None:
    page.goto(f"{site}/tools/dose/?{query}")
    page.wait_for_load_state("networkidle")
    printed: Any = page.locator("#answer").evaluate(SHAPE)
    page.locator("#dose-unit").dispatch_event("input")
    assert page.locator("#answer").evaluate(SHAPE) == printed


def test_answer_follows_the_keys_and_nothing_is_sent(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + "/tools/dose/?form=oxide")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    amount = page.get_by_role("textbox", name="Amount in one")
    amount.focus()
    page.keyboard.type("414")
    page.get_by_role("radio", name="The compound").check()
    page.get_by_role("textbox", name="How many a day").fill("2")

    expect(page.locator(".dose-number")).to_have_text("499 mg of magnesium a day")
    expect(page.get_by_role("status").filter(has_text="499 mg")).to_contain_text("Above the upper level")
    expect(page).to_have_url(f"{site}/tools/dose/?form=oxide&amount=414&basis=compound&per_day=2")
    expect(page.get_by_role("textbox", name="How many a day")).to_be_focused()
    amount.fill("4e2")
    expect(amount).to_have_attribute("aria-invalid", "true")
    expect(amount).to_have_accessible_description(
        "One tablet, capsule or scoop. If the label counts a serving of two "
        "capsules, enter the serving. Write the number out: 1000 instead of 1e3."
    )
    page.get_by_role("checkbox", name="Kidney disease").check()
    expect(page.locator("#answer")).to_contain_text("With kidney disease, this page shows no dose")
    assert [url for url in asked if "/static/" not in url] == []  # a typeface is fetched when its letter is first used
    expect(page).to_have_url(f"{site}/tools/dose/?form=oxide&amount=4e2&basis=compound&per_day=2&kidney=1")
    page.reload()
    expect(amount).to_have_value("4e2")


def test_what_was_ticked_before_the_rules_arrived_counts(site: str, first_edition: None, page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/tools/dose/rules.json", lambda route: waiting.append(route))
    page.goto(f"{site}/tools/dose/?form=oxide&amount=500&basis=compound")
    page.get_by_role("checkbox", name="Kidney disease").check()
    expect(page.locator("#answer")).to_contain_text("302")
    waiting[0].continue_()
    expect(page.locator("#answer")).to_contain_text("shows no dose")
    expect(page.locator("#answer")).not_to_contain_text("302")


def test_only_structures_of_the_form_are_offered(site: str, first_edition: None, page: Page) -> None:
    page.goto(site + "/tools/dose/?hydrate=citrate.nonahydrate")
    page.wait_for_load_state("networkidle")
    offered = page.locator("#dose-hydrate optgroup:not([hidden])")
    expect(offered).to_have_attribute("label", "Magnesium citrate")
    page.get_by_role("combobox", name="Form").select_option("oxide")
    expect(offered).to_have_attribute("label", "Magnesium oxide")
    expect(page.locator("#dose-hydrate")).to_have_value("")


def test_without_scripts_the_button_answers(site: str, first_edition: None, page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto(site + "/forms/oxide/")
    page.get_by_role("link", name="How much is in my tablet?").click()
    page.get_by_role("textbox", name="Amount in one").fill("four hundred")
    page.get_by_role("button", name="Work it out").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_role("textbox", name="Amount in one")).to_be_focused()
    expect(page.get_by_role("textbox", name="Amount in one")).to_have_value("four hundred")
    page.get_by_role("textbox", name="Amount in one").fill("1.250,5")
    page.get_by_role("radio", name="The compound").check()
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator(".dose-number")).to_have_text("754 mg of magnesium a day")
    expect(page.get_by_role("combobox", name="Form")).to_have_value("oxide")


def test_bridge_fits_a_phone_and_has_no_violation_in_use(site: str, first_edition: None, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + "/tools/dose/?form=sulfate&amount=15+g&per_day=3")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("#dose-amount").fill("-1.000")
    expect(page.locator("#dose-amount-error")).to_be_visible()
    assert faults(page) == {}
