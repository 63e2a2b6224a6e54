"""Marks, the ledger with its cards, and the cautions."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from mgsite.markup import Rendered, render_article
from mgsite.markup.sanitise import VERDICTS
from tests import dom
from tests.resolvers import CLAIM, FakeResolver

DANGEROUS = CLAIM | {"safety_note": "Speak to a clinician <first>.", "statement": "Is it safe?"}


def rendered(source: str, **details: dict[str, object]) -> Rendered:
    return render_article(source, resolver=FakeResolver(**details))


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def cards(html: str) -> list[Element]:
    return dom.parse(html).findall(".//details")


def cautions(html: str) -> list[str]:
    return [words(aside) for aside in dom.parse(html).findall(".//aside")]


def test_passage_is_its_text_then_its_ledger() -> None:
    html = rendered("Words [one](claim:c1).\n\nNo claim.").html

    assert [(element.tag, element.get("class")) for element in dom.parse(html)] == [("div", "passage"), ("p", None)]
    assert [element.get("class") for element in dom.find(html, "div")] == ["passage-text", "ledger"]


def test_ledger_has_one_card_for_each_claim_of_its_passage() -> None:
    html = rendered("Words [one](claim:c1), [two](claim:c2), [three](claim:c1).").html

    assert [card.get("id") for card in cards(html)] == ["card-c1", "card-c2"]
    assert [link.get("data-card") for link in dom.parse(html).findall(".//a[@class='mark']")] == [
        "card-c1",
        "card-c2",
        "card-c1",
    ]


def test_claim_that_comes_up_again_further_down_has_a_card_there_with_an_id_of_its_own() -> None:
    html = rendered("[a](claim:c1)\n\n[b](claim:c1)\n\n[c](claim:c1)").html

    assert [card.get("id") for card in cards(html)] == ["card-c1", "card-c1-again-1", "card-c1-again-2"]


@pytest.mark.parametrize("place", [".//a[@class='mark']", ".//summary"])
def test_mark_and_card_say_claim_and_verdict_to_those_who_listen(place: str) -> None:
    html = rendered("[x](claim:c1)", c1=CLAIM | {"statement": "It works like Valium"}).html

    assert words(dom.find(html, place)).lower().startswith("claim: it works like valium. verdict: overstated")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_mark_and_line_carry_the_verdict_as_a_word_and_a_shape(verdict: str) -> None:
    claim = CLAIM | {"verdict": verdict, "verdict_label": verdict.replace("_", " ").capitalize()}
    html = rendered("[x](claim:c1)", c1=claim).html

    for place in (".//a[@class='mark']", ".//summary/span"):
        element = dom.parse(html).find(place)
        assert element.find(f".//span[@class='shape shape-{verdict}']").get("aria-hidden") == "true"
        assert words(element).lower().endswith(verdict.replace("_", " "))


def test_card_is_closed_and_holds_what_the_catalog_gave() -> None:
    html = rendered("[x](claim:c1)", c1=CLAIM | {"card": '<div class="claim-card-body" tabindex="-1">Why</div>'}).html

    card = dom.find(html, ".//details")
    assert card.get("open") is None
    assert [(child.tag, child.get("class")) for child in card] == [("summary", None), ("div", "claim-card-body")]
    assert "Mouse maze tests only." in words(card.find("summary"))


def test_mark_and_note_share_the_number_of_the_claim_in_the_text() -> None:
    html = rendered("[a](claim:c9) [b](claim:c3)\n\n[c](claim:c3) [d](claim:c1)").html

    marks = [link.get("data-note") for link in dom.parse(html).findall(".//a[@class='mark']")]
    assert marks == ["1", "2", "2", "3"]
    assert [line.get("data-note") for line in dom.parse(html).findall(".//summary")] == marks


@pytest.mark.parametrize(
    ("source", "block"),
    [
        ("[x](claim:c1)", "paragraph"),
        ("## [x](claim:c1)", "heading"),
        ("- [x](claim:c1)", "list"),
        ("1. [x](claim:c1)", "list"),
        ("> [x](claim:c1)", "quotation"),
        ("| a |\n|---|\n| [x](claim:c1) |", "table"),
    ],
)
def test_ledger_says_what_it_stands_beside(source: str, block: str) -> None:
    html = rendered(source).html

    assert dom.find(html, ".//div[@class='ledger']").get("aria-label") == f"Evidence notes for this {block}"


def test_claim_in_a_note_has_its_card_beside_the_block_that_calls_the_note() -> None:
    html = rendered("a[^1]\n\n[^1]: [x](claim:c1)").html

    ledger = dom.find(html, "div/div[@class='ledger']")
    assert ledger.get("aria-label") == "Evidence and notes for this paragraph"
    assert [(child.tag, child.get("class")) for child in ledger] == [("details", "claim-card"), ("div", "side-notes")]


def test_caution_follows_its_sentence_before_the_ledger() -> None:
    html = rendered("[a](claim:c1)", c1=DANGEROUS).html

    assert [element.tag for element in dom.find(html, ".//div[@class='passage-text']")] == ["p", "aside"]
    assert cautions(html) == ["Safety. Speak to a clinician <first>."]


def test_caution_among_several_claims_names_its_words_and_leads_back_to_them() -> None:
    html = rendered("[safe words](claim:c1) [bold words](claim:c2)", c2=DANGEROUS).html

    assert cautions(html) == ["Safety on “bold words”. Speak to a clinician <first>."]
    assert dom.find(html, ".//aside/a").get("href") == "#claim-c2"


def test_same_caution_on_two_claims_is_given_once_and_names_both() -> None:
    html = rendered("[a](claim:c1) [b](claim:c2) [c](claim:c3)", c1=DANGEROUS, c2=DANGEROUS).html

    assert cautions(html) == ["Safety on “a” and “b”. Speak to a clinician <first>."]


def test_caution_on_a_claim_marked_before_leads_to_its_card() -> None:
    html = rendered("[a](claim:c1)\n\n[b](claim:c1) [c](claim:c2)", c1=DANGEROUS).html

    links = [link.get("href") for link in dom.parse(html).findall(".//aside/a")]
    assert links == ["#card-c1-again-1"]
    assert links[0].removeprefix("#") in {card.get("id") for card in cards(html)}


def test_long_words_are_named_by_their_beginning() -> None:
    phrase = " ".join(f"word{number}" for number in range(20))
    html = rendered(f"[{phrase}](claim:c1) [b](claim:c2)", c1=DANGEROUS).html

    assert "“word0 word1" in cautions(html)[0]
    assert "word11 …”" in cautions(html)[0]
    assert "word12" not in cautions(html)[0]


def test_words_without_marks_read_well_when_the_marks_are_hidden() -> None:
    html = rendered("Magnesium [acts like Valium](claim:c1), they say.").html
    document = dom.find(html, ".//div[@class='passage-text']/p")
    for element in document:
        if element.get("class") in {"mark", "mark-gap"}:
            element.text = ""
            element[:] = []

    assert "".join(document.itertext()) == "Magnesium acts like Valium, they say."


def test_cards_text_cannot_be_forged_by_the_text_of_an_article() -> None:
    html = rendered("0123-trusted-1. <p>0-trusted-1.</p>\n\n[x](claim:c1)", c1=CLAIM | {"card": "<p>CARD</p>"}).html

    assert html.count("CARD") == 1
    assert words(dom.find(html, ".//details/p")) == "CARD"
