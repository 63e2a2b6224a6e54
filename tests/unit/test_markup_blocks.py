"""Headings, tables, notes and the counting of words."""

from __future__ import annotations

import pytest

from mgsite.markup import Rendered, render_article
from mgsite.markup.notes import note_label
from tests import dom
from tests.resolvers import FakeResolver


def rendered(source: str, *, id_prefix: str = "", **details: dict[str, object]) -> Rendered:
    return render_article(source, resolver=FakeResolver(**details), id_prefix=id_prefix)


def test_heading_has_an_id_and_a_link_to_itself() -> None:
    html = rendered("## How *it* works & why").html

    heading = dom.find(html, "h2")
    assert heading.get("id") == "s-how-it-works-why"
    assert heading.find("a").attrib == {
        "class": "permalink",
        "href": "#s-how-it-works-why",
        "aria-label": "Link to this section: How it works & why",
    }


def test_contents_list_holds_two_levels() -> None:
    toc = rendered("## A\n\n### B [@x]\n\n#### C\n\n## [[form:oxide]]\n\n> ## quoted").toc

    assert [(heading.level, heading.id, heading.text) for heading in toc] == [
        (2, "s-a", "A"),
        (3, "s-b", "B"),
        (2, "s-oxide", "Oxide"),
    ]


def test_top_heading_is_a_problem_and_goes_one_level_down() -> None:
    result = rendered("text\n\n# Title")

    assert dom.find(result.html, "h2").get("id") == "s-title"
    assert [problem.line for problem in result.problems] == [3]


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        ("### A", ["h2"]),
        ("## A\n\n#### B\n\n###### C", ["h2", "h3", "h4"]),
        ("## A\n\n### B\n\n## C", ["h2", "h3", "h2"]),
    ],
)
def test_headings_never_skip_a_level(source: str, levels: list[str]) -> None:
    assert [
        element.tag for element in dom.elements(rendered(source).html) if element.tag in {"h2", "h3", "h4"}
    ] == levels


def test_equal_headings_get_different_ids() -> None:
    html = rendered("## A\n\n## A 2\n\n## A\n\n## A\n\n## ...").html

    assert [heading.get("id") for heading in dom.parse(html).findall("h2")] == [
        "s-a",
        "s-a-2",
        "s-a-3",
        "s-a-4",
        "s-section",
    ]


def test_heading_without_words_is_a_problem_and_is_left_out() -> None:
    result = rendered("##\n\ntext")

    assert result.html == "<p>text</p>\n"
    assert [problem.line for problem in result.problems] == [1]


def test_table_is_a_named_region_that_can_be_scrolled_by_keyboard() -> None:
    region = dom.find(rendered("| Marker | Cites |\n|---|---|\n| a | b |").html, "div")

    assert region.attrib == {
        "class": "table-scroll",
        "role": "region",
        "tabindex": "0",
        "aria-label": "Table: Marker, Cites",
    }


def test_two_equal_tables_have_different_names() -> None:
    html = rendered("| a |\n|---|\n| b |\n\ntext\n\n| a |\n|---|\n| c |").html

    assert [region.get("aria-label") for region in dom.parse(html).findall("div")] == ["Table: a", "Table: a 2"]


def test_table_without_header_words_is_named_after_its_place_and_has_no_empty_header() -> None:
    html = rendered("## Doses\n\n| | |\n|---|---|\n| a | b |").html

    assert dom.find(html, "div").get("aria-label") == "Table: Doses, table 1"
    assert dom.parse(html).findall(".//th") == []


def test_alignment_is_a_class_and_survives_sanitising() -> None:
    html = rendered("| l | c | r | n |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |").html

    expected = ["align-left", "align-center", "align-right", None]
    assert [cell.get("class") for cell in dom.parse(html).findall(".//td")] == expected
    assert [cell.get("class") for cell in dom.parse(html).findall(".//th")] == expected
    assert "style" not in html


def test_header_cells_name_their_column() -> None:
    assert {cell.get("scope") for cell in dom.parse(rendered("| a | b |\n|---|---|").html).findall(".//th")} == {"col"}


def test_plain_blocks_are_plain() -> None:
    html = rendered("> quote\n\n---\n\n- d\n\n  e\n\n```python\n<x>\n```\n\n    code\n\none  \n**two**\n_three_").html

    assert html == (
        "<blockquote>\n<p>quote</p>\n</blockquote>\n<hr>\n"
        "<ul>\n<li><p>d</p>\n<p>e</p>\n</li>\n</ul>\n"
        "<pre><code>&lt;x&gt;\n</code></pre>\n<pre><code>code\n</code></pre>\n"
        "<p>one<br>\n<strong>two</strong>\n<em>three</em></p>\n"
    )


def test_list_keeps_its_first_number() -> None:
    assert rendered("3. a\n4. b").html == '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'
    assert rendered("1. a").html == "<ol>\n<li>a</li>\n</ol>\n"


def test_html_is_text() -> None:
    html = rendered("<b onclick='x()'>bold</b>\n\n<div>\n*a*\n</div>").html

    assert dom.text(html) == "<b onclick='x()'>bold</b> <div> a </div>"
    assert {element.tag for element in dom.elements(html)} == {"p", "em"}


def test_strikethrough_and_bare_addresses_stay_text() -> None:
    assert rendered("~~gone~~ https://example.org").html == "<p>~~gone~~ https://example.org</p>\n"


def test_notes_are_lettered_and_lead_both_ways() -> None:
    result = rendered("## Dose\n\nOne[^x], two[^y].\n\nAgain[^x].\n\n[^x]: First *note* [@a].\n[^y]: - list")

    assert [
        (link.get("id"), link.get("href"), link.text)
        for link in dom.parse(result.html).findall(".//sup[@class='note']/a")
    ] == [
        ("noteref-1-1", "#note-1", "a"),
        ("noteref-2-1", "#note-2", "b"),
        ("noteref-1-2", "#note-1", "a"),
    ]
    assert [
        (link.get("href"), link.get("aria-label")) for link in dom.parse(result.html).findall(".//a[@class='back']")
    ] == [
        ("#noteref-1-1", "Back to the text: Dose, paragraph 1, note a"),
        ("#noteref-1-2", "Back to the text: Dose, paragraph 2, note a"),
        ("#noteref-2-1", "Back to the text: Dose, paragraph 1, note b"),
    ]
    assert result.bibliography[0].uses[0].place == "note a"


def test_note_stands_once_beside_the_block_that_calls_it_first() -> None:
    html = rendered("One[^x].\n\n- Two[^y], and again[^x].\n\nThree.\n\n[^x]: First.\n[^y]: Second.").html

    beside = [passage.findall("div/div/div") for passage in dom.parse(html).findall("div[@class='passage']")]
    assert [[note.get("id") for note in notes] for notes in beside] == [["note-1"], ["note-2"]]
    groups = dom.parse(html).findall(".//div[@class='ledger']")
    assert [group.get("aria-label") for group in groups] == ["Notes for this paragraph", "Notes for this list"]
    assert html.count("First.") == html.count("Second.") == 1


def test_note_that_no_mark_calls_stands_at_the_end() -> None:
    html = rendered("![a [^x]](/media/images/x.png)\n\nMore.\n\n[^x]: Kept.").html

    assert [element.get("class") for element in dom.parse(html)] == ["picture", None, "passage"]
    assert dom.find(html, ".//div[@class='side-note']").get("id") == "note-1"


def test_way_back_cannot_be_forged_by_the_text_of_a_note() -> None:
    html = rendered("One[^x].\n\n[^x]: 0123-back-1. stays text").html

    assert "0123-back-1. stays text" in html


def test_notes_that_refer_to_each_other_lead_back() -> None:
    html = rendered("One[^x].\n\n[^x]: see[^y]\n[^y]: see[^x]").html

    assert [link.get("aria-label") for link in dom.parse(html).findall(".//a[@class='back']")] == [
        "Back to the text: the opening, paragraph 1, note a",
        "Back to the text: note b, note a",
        "Back to the text: note a, note b",
    ]


def test_note_named_only_in_a_pictures_description_has_no_way_back() -> None:
    html = rendered("![a [^x]](/media/images/x.png)\n\n[^x]: note").html

    assert dom.parse(html).findall(".//a[@class='back']") == []


def test_picture_at_the_end_of_a_note_keeps_its_way_back() -> None:
    html = rendered("a[^x]\n\n[^x]: ![seeds](/media/images/x.png)").html

    assert dom.find(html, ".//div[@class='side-note']/p/a").get("href") == "#noteref-1-1"
    dom.parse_strictly(html)


def test_note_leads_back_to_its_first_twenty_places_only() -> None:
    html = rendered("x[^1] " * 30 + "\n\n[^1]: note").html

    assert html.count('class="back"') == 20


def test_unused_note_is_a_problem() -> None:
    assert [(p.line, p.text) for p in rendered("text\n\n[^1]: lost").problems] == [(3, "[^1]:")]


def test_two_renderings_do_not_share_notes_or_ids() -> None:
    first = rendered("## A\n\nx[^1] [@a] [p](claim:c1)\n\n[^1]: one", id_prefix="first-").html
    second = rendered("## A\n\nx[^1] [@a] [p](claim:c1)\n\n[^1]: two", id_prefix="second-").html

    ids = [element.get("id") for element in dom.elements(first + second) if element.get("id")]
    assert len(ids) == len(set(ids)) == 12
    assert all(f'href="#{name}"' in first + second for name in ids if "note-" in name or name.endswith("s-a"))
    assert "one" not in second


@pytest.mark.parametrize(("number", "label"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (703, "aaa")])
def test_note_labels_go_on_after_z(number: int, label: str) -> None:
    assert note_label(number) == label


def test_words_are_counted_without_markers() -> None:
    source = (
        "## A head\n\nOne [@a] two's [[form:oxide]] [three](claim:c1) 1,000.\n\n| a |\n|---|\n| b |\n\n```\nfive\n```"
    )

    assert rendered(source).words == 2 + 5 + 2 + 1


def test_text_nested_too_deep_is_a_problem() -> None:
    result = rendered("text\n\n" + "> " * 40 + "deep")

    assert [problem.line for problem in result.problems] == [3]


def test_problems_come_in_the_order_of_the_source() -> None:
    lines = [problem.line for problem in rendered("[@gone]\n\n[@ x]\n\n# Top\n\n[x](//evil)\n\n[^1]: unused").problems]

    assert lines == [1, 3, 5, 7, 9]
