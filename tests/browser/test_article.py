"""Reading an article: the line's length, previews, contents that follow, notes, words to copy, paper."""

from __future__ import annotations

import re
from statistics import median

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.rendering import sync_references
from tests.factories import make_published_article, make_study

FIRST = "/articles/magnesium-for-depression-anxiety-and-your-memory/"
SAFELY = "/articles/magnesium-safely/"
PHONE, TABLET, DESK = 360, 768, 1280

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# How many characters stand on each line of the paragraphs but their last.
FULL_LINES = """() => [...document.querySelectorAll(".prose > p, .passage-text > p")].flatMap((paragraph) => {
  const lines = [], range = document.createRange();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let bottom = -1e9;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".visually-hidden, sup")) continue;
    for (let place = 0; place < node.length; place += 1) {
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      if (box.bottom > bottom + box.height / 2) { lines.push(0); bottom = box.bottom; }
      lines[lines.length - 1] += 1;
    }
  }
  return lines.slice(0, -1);
})"""


def at(page: Page, address: str, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("width", [TABLET, DESK, 1600])
@pytest.mark.parametrize("path", [SAFELY, "/articles/how-we-check-evidence/"])
def test_full_line_holds_about_sixty_six_characters(
    site: str, first_edition: None, page: Page, path: str, width: int
) -> None:
    lines = at(page, site + path, width).evaluate(FULL_LINES)

    assert len(lines) > 30
    assert 60 <= median(lines) <= 72


def test_type_grows_with_the_window(site: str, first_edition: None, page: Page) -> None:
    sizes = []
    for width in (320, DESK):
        at(page, site + SAFELY, width)
        sizes.append(page.locator(".prose > p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))
    assert 16 <= sizes[0] < sizes[1] <= 20


# Previews


def cite(page: Page) -> Locator:
    return page.locator(".prose .cite a").first


def form(page: Page) -> Locator:
    return page.locator(".prose a.to-form").first


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(
    ("link", "words"),
    [(cite, "Benzodiazepine/GABA(A) receptors"), (form, "7.8 % magnesium by weight (monohydrate)")],
)
def test_click_opens_a_preview_in_the_flow_that_stays(
    site: str, first_edition: None, page: Page, link, words: str, width: int
) -> None:
    at(page, site + FIRST, width)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    link(page).click()

    card = page.locator(".preview")
    expect(card).to_contain_text(words)
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()
    expect(link(page)).to_have_attribute("aria-expanded", "true")
    page.mouse.click(5, 5)
    page.mouse.wheel(0, 300)
    expect(card).to_be_visible()
    assert page.url == site + FIRST
    assert asked == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("link", [cite, form])
def test_keyboard_opens_a_preview_and_escape_comes_back(site: str, first_edition: None, page: Page, link) -> None:
    at(page, site + FIRST, DESK)
    link(page).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".preview")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".preview a").first).to_be_focused()

    page.keyboard.press("Escape")

    expect(page.locator(".preview")).to_have_count(0)
    expect(link(page)).to_be_focused()
    expect(link(page)).to_have_attribute("aria-expanded", "false")


def test_close_button_and_second_click_close_a_preview(site: str, first_edition: None, page: Page) -> None:
    at(page, site + FIRST, DESK)
    cite(page).click()
    form(page).click()
    expect(page.locator(".preview")).to_have_count(2)

    page.locator(".preview").first.get_by_role("button", name="Close").click()
    expect(page.locator(".preview")).to_have_count(1)
    expect(cite(page)).to_be_focused()
    form(page).click()
    expect(page.locator(".preview")).to_have_count(0)
    expect(form(page)).to_be_focused()


def test_preview_names_itself_and_leads_to_the_list(site: str, first_edition: None, page: Page) -> None:
    at(page, site + FIRST, DESK)
    cite(page).click()

    expect(page.get_by_role("group", name=re.compile(r"^Preview\. Reference 1: "))).to_be_visible()
    page.locator(".preview").get_by_role("link", name="In the reference list").click()
    expect(page).to_have_url(re.compile("#ref-1$"))


def test_click_for_a_new_tab_follows_the_link(site: str, first_edition: None, page: Page) -> None:
    at(page, site + FIRST, DESK)
    with page.context.expect_page() as opened:
        form(page).click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_load_state()
    expect(opened.value).to_have_url(re.compile("/forms/l-threonate/$"))
    expect(page.locator(".preview")).to_have_count(0)


def test_link_in_a_list_and_in_a_table_opens_beside_its_place(site: str, page: Page) -> None:
    make_study(slug="s1", title="On sleep", design="rct", species="human", n=46)
    body = "- One [trial](study:s1)\n- Two\n\n| a | b |\n|---|---|\n| [trial](study:s1) | x |\n"
    sync_references(make_published_article(slug="a", body=body))
    at(page, site + "/articles/a/", PHONE)
    page.locator(".prose li a").click()
    expect(page.locator(".prose li .preview")).to_contain_text("Randomised trial, 46 people")
    page.locator(".prose td a").click()
    expect(page.locator(".table-scroll + .preview")).to_contain_text("On sleep")


def test_without_scripts_links_lead_where_they_say(site: str, first_edition: None, page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto(site + FIRST)
    cite(page).click()
    expect(page).to_have_url(re.compile("#ref-1$"))
    expect(page.locator("#ref-1")).to_be_in_viewport()
    expect(page.locator(".cite-box button")).to_have_count(0)
    page.locator(".cite-box summary").click()
    expect(page.locator(".cite-box")).to_contain_text("@misc{")
    form(page).click()
    expect(page).to_have_url(re.compile("/forms/l-threonate/$"))


# Contents


def test_contents_say_which_section_is_being_read(site: str, first_edition: None, page: Page) -> None:
    at(page, site + FIRST, DESK)
    current = page.locator(".contents [aria-current=location]")
    expect(current).to_have_count(0)
    for heading in ("Different Forms of Magnesium", "Magnesium Deficiency Worldwide", "How Does Magnesium Work?"):
        page.get_by_role("heading", name=heading).evaluate("one => scrollTo(0, one.offsetTop - 60)")
        expect(current).to_have_text(heading)


def test_contents_stay_in_sight_at_a_desk(site: str, first_edition: None, page: Page) -> None:
    at(page, site + FIRST, DESK)
    page.get_by_role("heading", name="Magnesium Deficiency Worldwide").scroll_into_view_if_needed()

    expect(page.locator(".contents li a").first).to_be_in_viewport()
    contents, text = page.locator(".contents").bounding_box(), page.locator(".passage-text > p").first.bounding_box()
    assert contents
    assert text
    assert contents["x"] + contents["width"] <= text["x"]


def test_progress_is_drawn_only_where_motion_is_welcome(site: str, first_edition: None, page: Page) -> None:
    drawn = "getComputedStyle(document.querySelector('.article'), '::before').animationName"
    at(page, site + FIRST, DESK)
    assert page.evaluate(drawn) == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(drawn) == "read"


# Notes, headings, tables


NOTED = "## Dose\n\nFirst words.[^1]\n\nMore words, and again.[^1]\n\n[^1]: The aside.\n"


@pytest.mark.parametrize(("width", "beside"), [(DESK, True), (PHONE, False)])
def test_note_stands_in_the_margin_or_under_its_paragraph(site: str, page: Page, width: int, beside: bool) -> None:
    make_published_article(slug="a", body=NOTED)
    at(page, site + "/articles/a/", width)
    note, text = page.get_by_text("The aside."), page.get_by_text("First words.")
    expect(note).to_have_count(1)
    noted, read = note.bounding_box(), text.bounding_box()
    assert noted
    assert read
    if beside:
        assert noted["x"] >= read["x"] + read["width"]
        assert abs(noted["y"] - read["y"]) < 30
    else:
        assert noted["y"] >= read["y"] + read["height"] - 1
        assert page.get_by_text("More words").bounding_box()["y"] > noted["y"]


def test_note_is_led_to_and_leads_back_by_name(site: str, page: Page) -> None:
    make_published_article(slug="a", body=NOTED)
    at(page, site + "/articles/a/", PHONE)
    page.get_by_role("link", name="Note a").first.click()
    expect(page).to_have_url(re.compile("#note-1$"))
    page.get_by_role("link", name="Back to the text: Dose, paragraph 2, note a").click()
    expect(page).to_have_url(re.compile("#noteref-1-2$"))


def test_link_to_a_section_shows_on_hover_and_on_focus(site: str, first_edition: None, page: Page) -> None:
    at(page, site + FIRST, DESK)
    link = page.get_by_role("link", name="Link to this section: How Does Magnesium Work?")
    opacity = "one => getComputedStyle(one).opacity"
    assert link.evaluate(opacity) == "0"
    page.get_by_role("heading", name="How Does Magnesium Work?").hover()
    assert link.evaluate(opacity) == "1"
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    link.focus()
    assert link.evaluate(opacity) == "1"


def test_table_is_a_stop_for_the_keyboard_only_where_it_scrolls(site: str, page: Page) -> None:
    head = "| " + " | ".join(f"Quitelongheading{number}" for number in range(6)) + " |"
    body = f"{head}\n|{'---|' * 6}\n|{' x |' * 6}\n\nText.\n\n| a | b |\n|---|---|\n| x | y |\n"
    make_published_article(slug="a", body=body)
    at(page, site + "/articles/a/", PHONE)
    wide, narrow = page.locator(".table-scroll").all()
    expect(wide).to_have_attribute("tabindex", "0")
    expect(wide).to_have_role("region")
    expect(wide).to_have_accessible_name(re.compile("^Table: Quitelongheading0"))
    expect(narrow).not_to_have_attribute("tabindex", "0")
    expect(narrow).to_have_role("group")


def test_title_of_an_article_without_claims_stands_beside_its_contents(
    site: str, first_edition: None, page: Page
) -> None:
    for width in (1000, 1280, 1500):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site + "/articles/what-the-label-says/")
        title, contents = page.locator(".article-head h1").bounding_box(), page.locator(".contents").bounding_box()
        assert title
        assert contents
        assert title["x"] + title["width"] <= contents["x"] or contents["x"] + contents["width"] <= title["x"]


# Words to copy


def open_citations(page: Page, address: str) -> None:
    at(page, address, DESK)
    page.locator(".cite-box summary").click()


def test_copy_puts_the_words_on_the_clipboard(site: str, first_edition: None, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_citations(page, site + FIRST)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".copy-said").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == site + FIRST
    page.get_by_role("button", name="Copy BibTeX").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{magnesium-for-depression")


REFUSED = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"


def test_copy_without_permission_selects_and_copies(site: str, first_edition: None, page: Page) -> None:
    page.add_init_script(REFUSED)
    open_citations(page, site + FIRST)
    page.get_by_role("button", name="Copy Vancouver").click()

    expect(page.locator(".copy-said", has_text="Copied")).to_have_count(1)
    assert "[Internet]" in page.evaluate("getSelection().toString()")


def test_copy_that_nothing_helps_says_which_keys_to_press(site: str, first_edition: None, page: Page) -> None:
    page.add_init_script(f"{REFUSED} document.execCommand = () => false;")
    open_citations(page, site + FIRST)
    page.get_by_role("button", name="Copy APA").click()

    expect(page.locator(".copy-said", has_text="Selected: press")).to_have_count(1)
    assert "The editors. (" in page.evaluate("getSelection().toString()")


# Paper


def test_on_paper_there_is_text_and_evidence_and_nothing_else(site: str, first_edition: None, page: Page) -> None:
    at(page, site + FIRST, DESK)
    cite(page).click()
    page.emulate_media(media="print")

    for gone in (".contents", ".preview", ".cite-box", ".replies", ".footer", ".masthead nav", ".permalink"):
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    for kept in (".on-paper", ".crisis", ".references", ".prose .safety"):
        assert page.locator(kept).locator("visible=true").count() > 0, kept
    after = "one => getComputedStyle(one, '::after').content"
    assert form(page).evaluate(after) == '" (" attr(href) ")"' or "/forms/" in form(page).evaluate(after)
    assert "https://" in page.locator(".reference .identifier").first.evaluate(after)
    assert cite(page).evaluate(after) == "none"


def test_first_article_fits_on_eight_sheets(site: str, first_edition: None, page: Page) -> None:
    at(page, site + FIRST, DESK)
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 4 <= sheets <= 8
