"""A study is retracted: tasks appear, readers see notices; the tasks are done, and the notices go."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from forms_catalog.models import Study
from tests.browser.test_replying import FIRST, sign_in
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STUDY, CLAIM, FORM = "barragan2008", "/claims/c28/", "/forms/chloride/"
NOTICE = "the study Barragán-Rodríguez and others 2008 was retracted."


def notice(reader: Page, address: str) -> Locator:
    reader.goto(address)
    return reader.get_by_role("complementary", name="Change in the evidence")


def open_task_list(editor: Page, site: str, name: str) -> None:
    editor.goto(site + "/admin/")
    editor.get_by_role("link", name=name, exact=True).first.click()


def mark_all_done(editor: Page, site: str, name: str) -> None:
    open_task_list(editor, site, name)
    editor.get_by_role("checkbox").first.check()
    editor.get_by_label("Action:").select_option(label="Mark as done")
    editor.get_by_label("What was done:").fill("Verdict and wording were looked at again.")
    editor.get_by_role("button", name="Go").click()
    expect(editor.locator(".messagelist")).to_contain_text("marked as done")
    expect(editor.get_by_text("0 Review tasks" if name == "Review tasks" else "0 Article tasks")).to_be_visible()


def test_retraction_opens_tasks_and_notices_until_they_are_resolved(
    site: str, first_edition: None, page: Page, browser: Browser
) -> None:
    reader = browser.new_page()
    affected = [site + path for path in (CLAIM, FORM, FIRST)]
    for address in affected:
        expect(notice(reader, address)).to_have_count(0)

    sign_in(page, site, make_user(username="ed", groups=("Editor",), is_staff=True))
    page.goto(f"{site}/admin/forms_catalog/study/{Study.objects.get(slug=STUDY).pk}/change/")
    leaning = page.locator(".leaning")
    expect(leaning.get_by_role("link", name="c28")).to_be_visible()
    expect(leaning).to_contain_text("as beneficial as the traditional drug imipramine")
    page.get_by_label("Publication status:").select_option(label="Retracted")
    page.get_by_label("Publication note:").fill("Made up for a test: the journal says nothing of the kind.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist")).to_contain_text("Tasks are open")

    for address in affected:
        shown = notice(reader, address)
        expect(shown).to_contain_text(NOTICE)
        expect(shown).to_contain_text("We are checking what this changes here.")
    reader.get_by_role("complementary", name="Change in the evidence").get_by_role("link").click()
    expect(reader.get_by_role("complementary", name="Change in the evidence")).to_contain_text(
        "this study was retracted"
    )

    open_task_list(page, site, "Article tasks")
    page.get_by_role("link", name="Magnesium for Depression").first.click()
    expect(page.locator("#content")).to_contain_text("A 2008 randomized clinical study showed magnesium was")
    page.get_by_role("button", name="Mark as done").click()
    expect(page.locator(".errornote")).to_be_visible()  # not without a word
    mark_all_done(page, site, "Article tasks")
    expect(notice(reader, site + FIRST)).to_have_count(0)
    expect(notice(reader, site + FORM)).to_have_count(1)

    mark_all_done(page, site, "Review tasks")
    for address in [*affected, f"{site}/studies/{STUDY}/"]:
        expect(notice(reader, address)).to_have_count(0)
    page.goto(f"{site}/admin/forms_catalog/study/{Study.objects.get(slug=STUDY).pk}/change/")
    expect(page.locator(".leaning")).to_contain_text("resolved")


def test_editor_sets_a_complaint_aside_without_scripts(
    site: str, first_edition: None, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    sign_in(page, site, make_user(username="ed", groups=("Editor",), is_staff=True))
    page.goto(site + "/admin/articles/article/add/")
    page.get_by_label("Slug:").fill("an-old-advertisement")
    page.get_by_label("Title:").fill("An old advertisement")
    page.get_by_label("Standfirst:").fill("What it said.")
    page.get_by_label("Body:").fill("The advertisement says:\n\n> Take 300 a day!\n")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".messagelist")).to_contain_text("Line 3: Take 300 a day")

    gate = page.get_by_role("region", name="Before publication")
    gate.get_by_label("Set aside").check()
    page.get_by_role("button", name="Save and publish").click()
    expect(gate).to_contain_text("Say why")
    gate.get_by_label("because").fill("It quotes the advertisement.")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".messagelist")).to_contain_text("published, version 1")

    page.goto(site + "/articles/an-old-advertisement/history/")
    expect(page.get_by_role("main")).to_contain_text(
        "Set aside by an editor: dose without unit, “Take 300 a day”, because: It quotes the advertisement."
    )
