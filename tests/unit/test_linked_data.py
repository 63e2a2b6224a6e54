"""Nodes of JSON-LD: what is left out, and that no text can leave the block it stands in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.bibliography import Name
from forms_catalog.linked_data import node, written
from forms_catalog.linked_data.forms import mechanism_in_words
from forms_catalog.linked_data.studies import author_of, kind_of, names_of, place_of, publication_types, status_of
from forms_catalog.models import Mechanism, Study
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


# Studies


def a_study(**fields: object) -> Study:
    return Study(**{"slug": "s", "kind": "study", "design": "rct", "species": "human", "journal": "J"} | fields)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "MedicalScholarlyArticle"),
        ({"journal": "", "doi": "10.1/x"}, "MedicalScholarlyArticle"),
        ({"journal": ""}, "CreativeWork"),
        ({"kind": "regulator"}, "ScholarlyArticle"),
        ({"kind": "regulator", "journal": ""}, "WebPage"),
        ({"kind": "news", "journal": ""}, "Article"),
    ],
)
def test_a_source_is_called_what_it_is_for_certain(fields: dict, kind: str) -> None:
    assert kind_of(a_study(**fields)) == kind


def test_what_a_journal_took_back_says_so_in_its_status_and_its_type() -> None:
    taken_back = a_study(publication_status="retracted", publication_note="The data were not real.")
    assert status_of(taken_back) == "Retracted. The data were not real."
    assert publication_types(taken_back) == ["Retracted Publication", "Randomized Controlled Trial"]
    assert (status_of(a_study()), publication_types(a_study())) == ("", ["Randomized Controlled Trial"])


def test_a_trial_in_rats_is_no_publication_on_a_clinical_trial() -> None:
    assert publication_types(a_study(species="rat")) == []
    assert publication_types(a_study(species="none", design="narrative_review")) == ["Review"]
    assert publication_types(a_study(design="hypothesis")) == []


def test_authors_keep_their_order_and_nobody_is_made_a_person_by_guess() -> None:
    both = names_of(a_study(authors=["Zed, Anna", "Ames, Bo"]))["author"]
    assert [author["name"] for author in both] == ["Anna Zed", "Bo Ames"]
    assert names_of(a_study(authors=["Zed, Anna", "Walker"])) == {"creditText": "Zed, Anna; Walker"}
    assert author_of(Name("Walker"), in_study=True) is None
    assert author_of(Name("Working Group of the Consortium"), in_study=True) == {
        "@type": "Organization",
        "name": "Working Group of the Consortium",
    }
    assert author_of(Name("Drugs.com"), in_study=False) == {"@type": "Organization", "name": "Drugs.com"}


def test_an_issue_is_part_of_its_volume_and_that_of_its_journal() -> None:
    whole = place_of(a_study(volume="12", issue="6", issn="1932-6203"))
    assert whole == {
        "@type": "PublicationIssue",
        "issueNumber": "6",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "12",
            "isPartOf": {"@type": "Periodical", "name": "J", "issn": "1932-6203"},
        },
    }
    assert place_of(a_study()) == {"@type": "Periodical", "name": "J"}
    assert place_of(a_study(journal="", volume="12")) is None
