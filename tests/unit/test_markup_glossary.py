"""Glossary words in running text: where they are found, where not, and what becomes of them."""

from __future__ import annotations

import pytest

from mgsite.markup import Rendered, render_article
from mgsite.markup.glossary import Glossary, Term
from mgsite.markup.references import Kind
from mgsite.markup.sanitise import ARTICLE, sanitize_html
from tests import dom
from tests.resolvers import FakeResolver


def term(key: str, *also: str, name: str = "") -> Term:
    name = name or key.replace("-", " ")
    return Term(key, name, f"What {name} means.", f"/glossary/{key}/", (name, *also))


GLOSSARY = Glossary(
    [
        term("receptor"),
        term("nmda-receptor", "NMDA", name="NMDA receptor"),
        term("blood-brain-barrier", name="blood-brain barrier"),
        term("grade", name="GRADE"),
        term("placebo", "placebo group"),
        term("heterogeneity", "I²"),
        term("confidence-interval", "95 % CI"),
        term("meta-analysis", "meta-analyses"),
    ]
)


def rendered(source: str, *, glossary: Glossary = GLOSSARY, preview: bool = False) -> Rendered:
    return render_article(source, resolver=FakeResolver(term={}), glossary=glossary, preview=preview)


def marked(source: str) -> list[tuple[str, str]]:
    """Words and address of every glossary link."""
    links = [element for element in dom.elements(rendered(source).html) if element.get("class") == "term"]
    return [("".join(link.itertext()), link.get("href", "").split("/")[2]) for link in links]


@pytest.mark.parametrize(
    ("source", "words", "key"),
    [
        ("A receptor waits.", "receptor", "receptor"),
        ("Receptors wait.", "Receptors", "receptor"),
        ("The receptor’s shape", "receptor", "receptor"),
        ("(receptor), at the end: receptor", "receptor", "receptor"),
        ("the NMDA receptor", "NMDA receptor", "nmda-receptor"),
        ("NMDA (glutamate)", "NMDA", "nmda-receptor"),
        ("the blood-brain-barrier", "blood-brain-barrier", "blood-brain-barrier"),
        ("Blood brain barrier", "Blood brain barrier", "blood-brain-barrier"),
        ("the blood\u2011brain barrier", "blood\u2011brain barrier", "blood-brain-barrier"),
        ("by GRADE", "GRADE", "grade"),
        ("I² was 80", "I²", "heterogeneity"),
        ("(95\u00a0% CI 1 to 2)", "95\u00a0% CI", "confidence-interval"),
        ("meta-analyses", "meta-analyses", "meta-analysis"),
        ("two placebo groups", "placebo groups", "placebo"),
        ("in *the **receptor***", "receptor", "receptor"),
        ("- a receptor", "receptor", "receptor"),
        ("> a receptor", "receptor", "receptor"),
        ("| head |\n|---|\n| receptor |", "receptor", "receptor"),
        ("Aside.[^1]\n\n[^1]: A receptor.", "receptor", "receptor"),
        ("[a receptor of mice](claim:c1)", "receptor", "receptor"),
        ("the blood-brain\nbarrier", "blood-brain\nbarrier", "blood-brain-barrier"),
    ],
)
def test_first_use_leads_to_the_term(source: str, words: str, key: str) -> None:
    assert marked(source) == [(words, key)]


@pytest.mark.parametrize(
    "source",
    [
        "preceptor receptorlike receptor_a",
        "placebo-controlled, non-placebo",
        "placebo.com a/placebo x@placebo",
        "low grade, Grade 3",
        "nmda",
        "## A receptor",
        "[a receptor](/forms/)",
        "[[form:receptor]]",
        "`receptor`",
        "    receptor",
        "[@receptor]",
        "![a receptor](/media/images/x.png)",
        "| receptor |\n|---|\n| cell |",
        "<https://receptor.example/receptor>",
    ],
)
def test_no_other_place_is_marked(source: str) -> None:
    assert marked(source) == []


def test_only_the_first_use_is_marked_however_it_is_spelled() -> None:
    assert marked("NMDA receptors.\n\nThe NMDA receptor, NMDA.") == [("NMDA receptors", "nmda-receptor")]


def test_word_inside_a_longer_one_that_was_marked_stays_unmarked() -> None:
    assert marked("The NMDA receptor, the NMDA receptor again, then a receptor.") == [
        ("NMDA receptor", "nmda-receptor"),
        ("receptor", "receptor"),
    ]


def test_heading_does_not_use_up_the_first_use() -> None:
    assert marked("## Receptor\n\nA receptor.") == [("receptor", "receptor")]


def test_text_reads_the_same_with_and_without_a_glossary() -> None:
    source = "A *receptor*, NMDA & <b>; “placebo”\ngroup[@a] and [a receptor [@b]](claim:c1).  \nGRADE"

    with_terms, without = rendered(source), rendered(source, glossary=Glossary())

    assert dom.text(with_terms.html) == dom.text(without.html)
    assert with_terms.words == without.words
    assert with_terms.claims == without.claims
    assert marked(source)


def test_terms_are_data_for_the_page_and_references_with_their_line() -> None:
    found = rendered("Nothing.\n\nA receptor\nand NMDA.")

    assert [(term.key, term.definition) for term in found.terms] == [
        ("receptor", "What receptor means."),
        ("nmda-receptor", "What NMDA receptor means."),
    ]
    assert [(ref.kind, ref.key, ref.line, ref.text) for ref in found.references] == [
        (Kind.TERM, "receptor", 3, "receptor"),
        (Kind.TERM, "nmda-receptor", 4, "NMDA"),
    ]


@pytest.mark.parametrize("hostile", ["<script>x", '"><img src=x onerror=y>', "a' b", "[x](javascript:y)", "^$(.*)+\\"])
def test_hostile_spellings_are_words_and_nothing_more(hostile: str) -> None:
    glossary = Glossary([Term("k", hostile, hostile, "/glossary/k/", (hostile,))])

    html = rendered(f"before {hostile} after `code`", glossary=glossary).html

    assert sanitize_html(html, policy=ARTICLE) == html
    assert not any(element.tag in {"script", "img"} for element in dom.elements(html))


def test_address_of_a_term_is_held_to_what_links_may_be() -> None:
    glossary = Glossary([Term("k", "word", "", "javascript:alert(1)", ("word",))])

    assert "javascript" not in rendered("a word", glossary=glossary).html


def test_longest_spelling_wins_whatever_the_order_of_the_terms() -> None:
    terms = [term("a", name="risk"), term("b", name="risk of bias"), term("c", name="bias")]

    for order in (terms, terms[::-1]):
        found = list(Glossary(order).find("a risk of bias, bias, a risk"))
        assert [each.term.key for each in found] == ["b", "c", "a"]


def test_empty_glossary_and_blank_spelling_mark_nothing() -> None:
    assert list(Glossary().find("a word")) == []
    assert list(Glossary([Term("k", "k", "", "/", ("", " - "))]).find("a - word")) == []
