"""Citations, links into the catalog and claims: what each spelling becomes."""

from __future__ import annotations

import pytest

from mgsite.markup import Rendered, render_article
from mgsite.markup.references import Kind
from mgsite.markup.targets import MOST_ADVISED
from tests import dom
from tests.resolvers import CLAIM, FakeResolver


def rendered(source: str, *, preview: bool = False, **details: dict[str, object]) -> Rendered:
    return render_article(source, resolver=FakeResolver(**details), preview=preview)


def asked(source: str) -> list[tuple[str, str, str]]:
    return [(str(ref.kind), ref.key, ref.locator) for ref in rendered(source).references]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[@poleszak2008]", [("study", "poleszak2008", "")]),
        ("[@Poleszak2008]", [("study", "poleszak2008", "")]),
        ("[@nih-ods, p. 4]", [("study", "nih-ods", "p. 4")]),
        ("[@a p. 4]", [("study", "a", "p. 4")]),
        ("[@a,]", [("study", "a", "")]),
        ("[@tarleton2017, p. 4; @phelan2018]", [("study", "tarleton2017", "p. 4"), ("study", "phelan2018", "")]),
        ("[@a, table 2,\nrow 3]", [("study", "a", "table 2, row 3")]),
        ("[@a, R&amp;D]", [("study", "a", "R&D")]),
        ("[[form:l-threonate]]", [("form", "l-threonate", "")]),
        ("[[ Form : L-Threonate ]]", [("form", "l-threonate", "")]),
        ("[[mechanism:nmda]] [[outcome:sleep]]", [("mechanism", "nmda", ""), ("outcome", "sleep", "")]),
        (
            "[[study:a2020]] [[claim:c1]] [[article:x]]",
            [("study", "a2020", ""), ("claim", "c1", ""), ("article", "x", "")],
        ),
        ("[the trial](study:barragan2008)", [("study", "barragan2008", "")]),
        ("[the trial]( Study:Barragan2008 )", [("study", "barragan2008", "")]),
        ("[the trial](<study: barragan2008>)", [("study", "barragan2008", "")]),
        ("[the trial][b]\n\n[b]: study:barragan2008", [("study", "barragan2008", "")]),
        ("<form:oxide>", [("form", "oxide", "")]),
        ("[phrase](claim:c28)", [("claim", "c28", "")]),
        ("[phrase]( Claim: C28 )", [("claim", "c28", "")]),
        ("# [[form:oxide]]", [("form", "oxide", "")]),
        ("- > [[form:oxide]]", [("form", "oxide", "")]),
        ("| a |\n|---|\n| [[form:oxide]] [@b] |", [("form", "oxide", ""), ("study", "b", "")]),
        ("![x](/media/images/seed-1.webp)", [("image", "seed-1.webp", "")]),
        ("![x](chart:forest?outcome=sleep)", [("chart", "forest?outcome=sleep", "")]),
    ],
)
def test_reference_is_read(source: str, expected: list[tuple[str, str, str]]) -> None:
    assert asked(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "`[@a]` `[[form:x]]` `[a](claim:c1)`",
        "```\n[@a] [[form:x]]\n```",
        "    [@a] [a](study:b)",
        r"\[@a] \[\[form:x]] \[a](study:b)",
        "a@b.example [at] home",
        "[@](x)",
    ],
)
def test_code_and_escaped_text_refer_to_nothing(source: str) -> None:
    assert rendered(source).references == ()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("see [@]", "[@]"),
        ("see [@a;;@b]", "[@a;;@b]"),
        ("see [@a; b]", "[@a; b]"),
        ("see [@a/b]", "[@a/b]"),
        ("see [@ key", "[@ key"),
        ("see [@a](b c)", "[@a]"),
        ("see [[wiki:page]]", "[[wiki:page]]"),
        ("see [[form:]]", "[[form:]]"),
        ("see [[form:a b]]", "[[form:a b]]"),
        ("see [x](claim:c 1)", "](claim:c 1)"),
        ("see [x](study:)d", "study:"),
        ("see [^1]", "[^1]"),
        ("[@key]: word", "[@KEY]:"),
    ],
)
def test_malformed_reference_is_a_problem_and_never_an_error(source: str, words: str) -> None:
    result = rendered(source)

    assert [(problem.line, words in problem.text) for problem in result.problems] == [(1, True)]


def test_escaped_reference_is_shown_as_it_is_without_a_problem() -> None:
    result = rendered(r"Write \[@key] or \[[form:oxide]].")

    assert dom.text(result.html) == "Write [@key] or [[form:oxide]]."
    assert result.problems == ()


def test_citations_are_numbered_by_first_appearance() -> None:
    result = rendered("One [@b]. Two [@a; @b].\n\nThree [@c] and [@a].")

    assert dom.text(result.html) == "One1. Two2, 1. Three3 and2."
    assert [(entry.number, entry.key, entry.id) for entry in result.bibliography] == [
        (1, "b", "ref-1"),
        (2, "a", "ref-2"),
        (3, "c", "ref-3"),
    ]


def test_citation_leads_to_its_entry_and_says_what_it_is() -> None:
    link = dom.find(rendered("x [@poleszak2008, p. 4]").html, ".//sup[@class='cite']/a")

    assert link.attrib == {
        "id": "cite-1-1",
        "href": "#ref-1",
        "title": "p. 4",
        "aria-label": "Reference 1, p. 4: Poleszak2008",
    }


def test_neighbouring_citations_become_one_group() -> None:
    html = rendered("x [@a] [@b]\n[@c].").html

    assert dom.text(html) == "x1, 2, 3."
    assert html.count('<sup class="cite">') == 1


def test_source_named_twice_in_a_group_is_shown_once() -> None:
    assert dom.text(rendered("x [@a; @a]").html) == "x1"


def test_entry_knows_every_place_that_cites_it() -> None:
    result = rendered(
        "Intro [@a].\n\n## How it works\n\nx\n\ny [@a, p. 2] z [@b] w [@a].\n\n- item [@a]\n\n> quote [@a]"
    )

    assert [(use.id, use.place, use.locator) for use in result.bibliography[0].uses] == [
        ("cite-1-1", "the opening, paragraph 1", ""),
        ("cite-1-2", "How it works, paragraph 2", "p. 2"),
        ("cite-1-3", "How it works, paragraph 2, mention 2", ""),
        ("cite-1-4", "How it works, list 1", ""),
        ("cite-1-5", "How it works, quotation 1", ""),
    ]


def test_each_kind_is_asked_for_once_with_each_key_once() -> None:
    resolver = FakeResolver()

    render_article("[@a] [x](study:b) [[form:c]] [@a; @d] [[form:c]] [y](claim:c1) [y](claim:c1)", resolver=resolver)

    assert resolver.asked == [(Kind.STUDY, ["a", "b", "d"]), (Kind.FORM, ["c"]), (Kind.CLAIM, ["c1"])]


def test_text_without_references_asks_nothing() -> None:
    resolver = FakeResolver()

    render_article("Plain *words* and [a link](https://example.org).", resolver=resolver)

    assert resolver.asked == []


def test_record_link_reads_as_the_records_name() -> None:
    link = dom.find(rendered("[[form:oxide]]").html, ".//a")

    assert (link.text, link.attrib) == ("Oxide", {"class": "to-form", "href": "/forms/oxide/"})


def test_link_with_words_keeps_its_words() -> None:
    link = dom.find(rendered("[the *imipramine* trial](study:barragan2008)").html, ".//a")

    assert "".join(link.itertext()) == "the imipramine trial"
    assert link.attrib == {"class": "to-study", "href": "/studys/barragan2008/"}


def test_claim_is_marked_with_shape_word_and_full_name() -> None:
    html = rendered("[acts *like* Valium](claim:c28)!").html

    phrase = dom.find(html, ".//span[@class='claim']")
    mark = dom.find(html, ".//a[@class='mark']")
    assert ("".join(phrase.itertext()), phrase.get("id")) == ("acts like Valium", "claim-c28")
    assert phrase.get("data-verdict") == mark.get("data-verdict") == "overstated"
    assert mark.get("href") == "/claims/c28/"
    assert "".join(mark.itertext()) == "Claim: Magnesium acts like Valium. Verdict: overstated"
    assert mark.find("span[@class='shape shape-overstated']").get("aria-hidden") == "true"


def test_long_verdict_is_short_to_see_and_whole_to_hear() -> None:
    partly = CLAIM | {"verdict": "partly_supported", "verdict_label": "Partly supported"}
    html = rendered("[x](claim:c1)", c1=partly).html

    assert dom.find(html, ".//span[@class='mark-word']").text == "partly"
    assert "".join(dom.find(html, ".//a[@class='mark']").itertext()).endswith("Verdict: partly supported")


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        ('[“quotes” & "more" [in brackets]](claim:c1)', '“quotes” & "more" [in brackets]'),
        ("[see [[form:oxide]] too](claim:c1)", "see Oxide too"),
        ("[over\ntwo lines](claim:c1)", "over two lines"),
        ("[with a citation [@a]](claim:c1)", "with a citation"),
        ("[with `code` and ![alt](/media/images/x.png)](claim:c1)", "with code and alt"),
    ],
)
def test_claims_phrase_may_hold_much(source: str, phrase: str) -> None:
    result = rendered(source)

    assert [(claim.key, claim.phrase, claim.block) for claim in result.claims] == [("c1", phrase, 0)]
    assert result.problems == ()


def test_second_marking_of_a_claim_has_no_second_id() -> None:
    result = rendered("[one](claim:c1)\n\n[two](claim:c1)")

    assert result.html.count('id="claim-c1"') == 1
    assert [(claim.phrase, claim.block) for claim in result.claims] == [("one", 0), ("two", 1)]


def test_claim_inside_a_claim_is_refused_and_reads_as_words() -> None:
    result = rendered("[outer [inner](claim:c2) words](claim:c1)")

    assert [claim.key for claim in result.claims] == ["c1"]
    assert [problem.message for problem in result.problems] == ["A claim cannot stand inside another."]


def test_readers_see_plain_words_where_a_reference_leads_nowhere() -> None:
    html = rendered("One [@gone-a] [[form:gone-b]] [my words](study:gone-c) [phrase](claim:gone-d) end").html

    assert html == "<p>One gone-b my words phrase end</p>\n"


def test_editors_see_what_leads_nowhere() -> None:
    html = rendered("One [@gone-a] [[form:gone-b]] [my words](study:gone-c)", preview=True).html

    marked = dom.parse(html).findall(".//span[@class='unresolved']")
    assert [element.text for element in marked] == ["[@gone-a]", "gone-b", "my words"]


def test_unresolved_reference_is_reported_with_line_text_and_suggestions() -> None:
    result = rendered("first\n\nthen [my words](study:gone-c)\nand [@gone-c; @b]")

    assert [(p.line, p.text, p.message, p.suggestions) for p in result.problems] == [
        (3, "my words", "No study gone-c.", ("c",)),
        (4, "[@gone-c; @b]", "No study gone-c.", ("c",)),
    ]


def test_advice_ends_where_a_text_names_nothing_but_missing_records() -> None:
    missing = "\n".join(f"[@gone-{number}]" for number in range(MOST_ADVISED + 1))

    problems = rendered(missing).problems

    assert [len(problem.suggestions) for problem in problems] == [1] * MOST_ADVISED + [0]
    assert problems[-1].message == f"Readers can see no study with the key “gone-{MOST_ADVISED}”."


def test_found_and_missing_sources_of_one_citation_are_told_apart() -> None:
    assert dom.text(rendered("x [@a; @gone-b]", preview=True).html) == "x1[@gone-b]"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("[@gone]", 1),
        ("\n\n[@gone]", 3),
        ("one\ntwo\nthree [@gone]", 3),
        ("one [a\nb](study:x)\nthree [@gone]", 3),
        ("one\r\ntwo [@gone]", 2),
        ("- a\n- b\n\n  c\n  d [[form:gone]]", 5),
        ("> a\n> b [x](form:gone)", 2),
        ("| a | b |\n|---|---|\n| x | y |\n| x | [@gone] |", 4),
        ("Title [@gone]\n=====", 1),
        ("## Title [@gone]", 1),
        ("text[^1]\n\n[^1]: one\n    two [@gone]", 4),
        ("a\n\n1. b\n   - c\n     d [p](claim:gone)", 5),
        ("a\nb ![x](/media/images/gone.png)", 2),
    ],
)
def test_problem_names_the_line_of_the_source(source: str, line: int) -> None:
    assert line in [problem.line for problem in rendered(source).problems]


def test_same_malformed_text_twice_names_both_lines() -> None:
    result = rendered("one [@ a] x\ntwo [@ a]\n[[b:c]] &#91;@ d] and [@ d")

    assert [(problem.line, problem.text) for problem in result.problems] == [
        (1, "[@ a]"),
        (2, "[@ a]"),
        (3, "[[b:c]]"),
        (3, "[@ d"),
    ]
