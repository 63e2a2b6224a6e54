"""Nodes of JSON-LD: what is left out, and that no text can leave the block it stands in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.linked_data import node, written
from forms_catalog.linked_data.forms import mechanism_in_words
from forms_catalog.models import Mechanism
from tests.linked_data import documents, faults

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def in_a_page(text: str) -> str:
    block = f'<script type="application/ld+json">{text}</script>'
    return f"<!doctype html><html><head><title>t</title>{block}</head><body><p>after</p></body></html>"


@pytest.mark.parametrize("hostile", ["</script><img src=x>", "<!--<script>", "]]>", "a & b", "\u2028", "</SCRIPT >"])
def test_a_text_stays_inside_its_block(hostile: str) -> None:
    text = written(node("DietarySupplement", {"name": hostile}))
    assert not set(text) & set("<>&\u2028\u2029")
    assert documents(in_a_page(text))[0]["name"] == hostile


@given(TEXTS)
def test_what_is_read_back_is_what_was_written(text: str) -> None:
    assert json.loads(written(node("DietarySupplement", {"name": text or "x"})))["name"] == (text or "x")
    (found,) = documents(in_a_page(written({"@type": "DietarySupplement", "name": text})))
    assert found["name"] == text


def test_what_is_not_known_is_left_out_and_naught_is_not_nothing() -> None:
    found = node("DoseSchedule", {"a": "", "b": None, "c": [], "d": 0, "e": False})
    assert found == {"@type": "DoseSchedule", "d": 0, "e": False}


def test_a_mechanism_is_never_named_without_how_far_it_is_shown() -> None:
    said = mechanism_in_words(Mechanism(name="NMDA block", establishment=["animal"], human_evidence="None."))
    assert said == "Proposed: NMDA block. Evidence: whole animals. In people: None."
    unsaid = mechanism_in_words(Mechanism(name="NMDA block", establishment=[], human_evidence="None."))
    assert "How well it is established is not stated." in unsaid


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"@type": "DietarySupplement"}, "context is None"),
        ({"@context": "https://schema.org", "@type": "Pill"}, "no type 'Pill'"),
        ({"@context": "https://schema.org", "@type": "DietarySupplement", "dose": "1"}, "has no dose"),
        ({"@context": "https://schema.org", "@type": "DietarySupplement", "url": "/forms/"}, "DietarySupplement.url"),
        ({"@context": "https://schema.org", "@type": "DietarySupplement", "name": [" "]}, "DietarySupplement.name"),
        (
            {
                "@context": "https://schema.org",
                "@type": "DietarySupplement",
                "recommendedIntake": {"@type": "MaximumDoseSchedule", "doseValue": "much"},
            },
            "recommendedIntake holds a MaximumDoseSchedule",
        ),
    ],
)
def test_the_check_of_terms_notices(document: dict, fault: str) -> None:
    assert any(fault in found for found in faults(document))


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": ["Article", "Pill"]}, "no type 'Pill'"),
        ({"@type": "Article", "lastReviewed": "2026-11-23"}, "Article has no lastReviewed"),
        ({"@type": "MedicalWebPage", "lastReviewed": "23 November"}, "MedicalWebPage.lastReviewed holds"),
        ({"@type": "MedicalWebPage", "lastReviewed": "2026-13"}, "MedicalWebPage.lastReviewed holds"),
        ({"@type": "Article", "dateModified": "2026-11-23T08:00:00"}, "Article.dateModified holds"),
        ({"@type": "Article", "author": {"@type": "Periodical"}}, "Article.author holds a Periodical"),
        ({"@type": "Article", "author": "Anna"}, "Article.author holds 'Anna'"),
        ({"@type": "Article", "about": []}, "Article.about is empty"),
        ({"@type": "Article", "headline": None}, "Article.headline holds None"),
        ({"@type": "Article", "url": "https:///x"}, "Article.url holds"),
        ({"@type": "Article", "@id": "/x"}, "@id is '/x'"),
        ({"@type": "WebSite", "query-input": "required"}, "WebSite has no query-input"),
        ({"@type": "ListItem", "position": True}, "ListItem.position holds True"),
    ],
)
def test_the_check_of_values_notices(node: dict, fault: str) -> None:
    found = faults({"@context": "https://schema.org", **node})
    assert any(fault in each for each in found), found


def test_what_holds_for_a_type_holds_for_its_kinds() -> None:
    thing = {
        "@context": "https://schema.org",
        "@type": ["Article", "MedicalWebPage"],
        "lastReviewed": "2026-11-23",
        "datePublished": "2026-11",
        "isPartOf": {"@type": "Periodical", "issn": "1234-5678"},
    }
    assert faults(thing) == []
