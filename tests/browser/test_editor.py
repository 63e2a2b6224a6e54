"""The Markdown editor under an editor's hands: what a script adds to the text area, and what it must not take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Image
from tests.browser.test_replying import sign_in
from tests.factories import make_article, make_form, make_study, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(site: str, page: Page) -> Page:
    """A tab on the page of a draft with one bad reference."""
    make_study(slug="mah2021")
    make_form(slug="oxide", name="Magnesium oxide")
    article = make_article(slug="a-note", title="A note", body="First line.\n\nOxide [@mah2020] helps.\n")
    sign_in(page, site, make_user(username="ed", groups=("Editor",)))
    page.goto(f"{site}/admin/articles/article/{article.pk}/change/")
    expect(page.get_by_role("list", name="Problems")).to_contain_text("mah2020")
    # The preview has come in too: a frame that loads under the keyboard takes its place away.
    expect(page.frame_locator("iframe").get_by_text("First line.")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    from PIL import Image as Pillow

    path = tmp_path / "chart.png"
    Pillow.new("RGB", (12, 9), (10, 90, 60)).save(path)
    return path


def body(page: Page) -> Locator:
    return page.get_by_label("Body:")


def put_caret_at_end(page: Page) -> None:
    page.get_by_label("Body:").focus()
    page.keyboard.press("Control+End")


def drop_file(page: Page, *, event: str, kinds: list[str]) -> None:
    """Drop or paste a small PNG on the text area, with further kinds of data beside it."""
    page.get_by_label("Body:").evaluate(
        """async (area, [event, kinds]) => {
            const canvas = document.createElement("canvas");
            const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
            const data = new DataTransfer();
            data.items.add(new File([blob], "dropped.png", { type: "image/png" }));
            for (const kind of kinds) data.setData(kind, "words from an office program");
            const options = { bubbles: true, cancelable: true };
            const name = event === "paste" ? "clipboardData" : "dataTransfer";
            const made = event === "paste" ? new ClipboardEvent(event, { ...options, clipboardData: data })
                                           : new DragEvent(event, { ...options, dataTransfer: data });
            if (!made[name]?.files.length) Object.defineProperty(made, name, { value: data });
            area.dispatchEvent(made);
        }""",
        [event, kinds],
    )


def test_suggestion_replaces_the_key_and_undo_brings_it_back(editor: Page) -> None:
    editor.get_by_role("button", name="Use mah2021").click()
    expect(body(editor)).to_have_value("First line.\n\nOxide [@mah2021] helps.\n")
    expect(editor.get_by_role("list", name="Problems")).to_be_hidden()
    expect(editor.locator("[data-part=status]")).to_have_text("Nothing left to mend.")
    editor.get_by_label("Body:").focus()
    editor.keyboard.press("Control+z")
    expect(body(editor)).to_have_value("First line.\n\nOxide [@mah2020] helps.\n")


def test_line_button_goes_to_the_line(editor: Page) -> None:
    editor.get_by_role("button", name="Line 3").click()
    selected = editor.get_by_label("Body:").evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert selected == "Oxide [@mah2020] helps."
    expect(editor.get_by_label("Body:")).to_be_focused()


def test_tools_work_on_the_selection_by_keyboard(editor: Page) -> None:
    area = editor.get_by_label("Body:")
    area.evaluate("area => area.setSelectionRange(0, 5)")
    editor.get_by_role("button", name="Bold").focus()
    editor.keyboard.press("Enter")
    expect(body(editor)).to_have_value(re.compile(r"^\*\*First\*\* line\."))
    editor.keyboard.press("Control+z")
    expect(body(editor)).to_have_value(re.compile(r"^First line\."))


def test_keyboard_passes_through_the_editor_both_ways(editor: Page) -> None:
    area = editor.get_by_label("Body:")
    area.focus()
    for key in ("Tab", "Shift+Tab"):
        before = body(editor).input_value()
        editor.keyboard.press(key)
        expect(body(editor)).to_have_value(before)
    expect(area).to_be_focused()


def test_preview_follows_the_text_and_its_links_do_not_replace_it(editor: Page) -> None:
    put_caret_at_end(editor)
    editor.keyboard.type("\nSee [[form:oxide]] and a note.[^1]\n\n[^1]: The note.\n")
    preview = editor.frame_locator("iframe")
    expect(preview.get_by_role("link", name="Magnesium oxide")).to_be_visible()
    with editor.context.expect_page() as popup:
        preview.get_by_role("link", name="Magnesium oxide").click()
    expect(popup.value).to_have_url(re.compile("/forms/oxide/$"))
    popup.value.close()
    expect(preview.get_by_role("link", name="Magnesium oxide")).to_be_visible()


def test_picture_is_described_before_it_is_sent_and_lands_at_the_caret(editor: Page, picture: Path) -> None:
    put_caret_at_end(editor)
    editor.get_by_role("button", name="Picture").click()
    panel = editor.get_by_role("group", name="Insert a picture")
    panel.get_by_label("Picture (").set_input_files(picture)
    panel.get_by_role("button", name="Send and insert").click()
    expect(panel.get_by_role("alert")).to_contain_text("Describe the picture")
    panel.get_by_label("What it shows").fill("A green field")
    editor.keyboard.press("Enter")
    expect(editor.locator("[data-part=status]")).to_have_text("The picture is in the text.")
    image = Image.objects.get()
    expect(body(editor)).to_have_value(f"First line.\n\nOxide [@mah2020] helps.\n![]({image.file.url})")
    expect(editor.get_by_label("Body:")).to_be_focused()
    expect(editor.frame_locator("iframe").get_by_role("img", name="A green field")).to_be_visible()
    editor.get_by_label("Body:").focus()
    editor.keyboard.press("Control+z")
    expect(body(editor)).not_to_have_value(re.compile(r"!\["))


def test_refused_picture_says_why_and_leaves_the_text_alone(editor: Page, tmp_path: Path) -> None:
    fake = tmp_path / "evil.png"
    fake.write_text("<svg onload=alert(1)>")
    before = body(editor).input_value()
    editor.get_by_role("button", name="Picture").click()
    panel = editor.get_by_role("group", name="Insert a picture")
    panel.get_by_label("Picture (").set_input_files(fake)
    panel.get_by_label("What it shows").fill("Something")
    panel.get_by_role("button", name="Send and insert").click()
    expect(panel.get_by_role("alert")).to_contain_text("not a PNG, JPEG or WebP")
    expect(body(editor)).to_have_value(before)
    editor.keyboard.press("Escape")
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("event", ["drop", "paste"])
def test_dropped_or_pasted_picture_asks_for_its_description(editor: Page, event: str) -> None:
    drop_file(editor, event=event, kinds=[])
    panel = editor.get_by_role("group", name="Insert a picture")
    expect(panel).to_contain_text("dropped.png")
    expect(panel.get_by_label("What it shows")).to_be_focused()


def test_text_copied_with_a_picture_beside_it_stays_text(editor: Page) -> None:
    drop_file(editor, event="paste", kinds=["text/plain"])
    expect(editor.get_by_role("group", name="Insert a picture")).to_be_hidden()


def test_unsaved_text_is_kept_and_offered_again(editor: Page) -> None:
    put_caret_at_end(editor)
    editor.keyboard.type("Typed and lost.")
    editor.reload()
    notice = editor.get_by_role("alert").filter(has_text="This browser kept a text")
    expect(body(editor)).not_to_have_value(re.compile("Typed and lost"))
    notice.get_by_role("button", name="Bring it back").click()
    expect(body(editor)).to_have_value(re.compile(r"Typed and lost\.$"))
    editor.get_by_role("button", name="Save and continue editing").click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    editor.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('draft:'))")
    assert Article.objects.get().body.endswith("Typed and lost.\n")
    expect(notice).to_be_hidden()


def test_saving_one_article_keeps_the_text_of_another_that_never_arrived(editor: Page) -> None:
    lost = editor.url
    put_caret_at_end(editor)
    editor.keyboard.type("Typed and lost.")
    editor.route(lost, lambda route: route.fulfill(status=502, body="Bad gateway"))
    editor.get_by_role("button", name="Save and continue editing").click()
    expect(editor.locator("body")).to_have_text("Bad gateway")
    editor.unroute(lost)
    other = make_article(slug="another-note", title="Another note")
    editor.goto(f"/admin/articles/article/{other.pk}/change/")
    put_caret_at_end(editor)
    editor.keyboard.type("More words.")
    editor.get_by_role("button", name="Save and continue editing").click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    editor.goto(lost)
    notice = editor.get_by_role("alert").filter(has_text="This browser kept a text")
    notice.get_by_role("button", name="Bring it back").click()
    expect(body(editor)).to_have_value(re.compile(r"Typed and lost\.$"))


def test_signed_out_editor_is_told_and_loses_nothing(editor: Page) -> None:
    editor.context.clear_cookies(name="sessionid")
    put_caret_at_end(editor)
    editor.keyboard.type("More words.")
    expect(editor.locator("[data-part=status]")).to_contain_text("You are signed out. Your text is kept")
    assert "Username" not in editor.frame_locator("iframe").locator("body").inner_text()
    expect(body(editor)).to_have_value(re.compile(r"More words\.$"))


def test_form_of_an_older_sign_in_is_told_apart(editor: Page) -> None:
    editor.locator("#article_form [name=csrfmiddlewaretoken]").evaluate("field => { field.value = 'x'.repeat(64); }")
    put_caret_at_end(editor)
    editor.keyboard.type("More words.")
    expect(editor.locator("[data-part=status]")).to_contain_text("The server no longer takes this page's form")


def test_two_editors_compare_and_decide(editor: Page) -> None:
    Article.objects.update(body="Theirs.\n", version=1)
    editor.get_by_label("Body:").fill("Mine.")
    editor.get_by_role("button", name="Save and continue editing").click()
    expect(editor.locator(".errornote + .errorlist")).to_contain_text("saved this article on")
    expect(editor.get_by_role("region", name="Differences in the body")).to_contain_text("Theirs.")
    expect(body(editor)).to_have_value("Mine.")
    editor.get_by_role("button", name="Save and continue editing").click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.get().body == "Mine.\n"


def test_check_in_a_new_tab_leaves_the_form_alone(editor: Page) -> None:
    with editor.expect_popup() as popup:
        editor.get_by_role("button", name="Preview in a new tab").click()
    expect(popup.value.get_by_role("list", name="Problems")).to_contain_text("mah2020")
    popup.value.close()
    expect(body(editor)).to_have_value("First line.\n\nOxide [@mah2020] helps.\n")


def test_editor_fits_a_phone_in_both_themes(editor: Page) -> None:
    for scheme in ("light", "dark"):
        editor.emulate_media(color_scheme=scheme)
        for width in (360, 1280):
            editor.set_viewport_size({"width": width, "height": 800})
            boxes = [editor.get_by_label("Body:").bounding_box(), editor.locator("iframe").bounding_box()]
            assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
