"""Answers of the catalog to references, and what a reference list prints."""

from __future__ import annotations

import pytest

from forms_catalog.citations import citation_details, cited_authors
from forms_catalog.models import Study
from forms_catalog.references import CatalogResolver, nearest
from mgsite.markup.references import Kind
from tests.factories import make_claim, make_effect, make_form, make_mechanism, make_outcome, make_study


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "make", "path"),
    [
        (Kind.FORM, make_form, "/forms/x-1/"),
        (Kind.MECHANISM, make_mechanism, "/mechanisms/x-1/"),
        (Kind.OUTCOME, make_outcome, "/outcomes/x-1/"),
        (Kind.STUDY, make_study, "/studies/x-1/"),
        (Kind.CLAIM, make_claim, "/claims/x-1/"),
    ],
)
def test_every_kind_is_answered_in_one_query(kind, make, path, django_assert_num_queries) -> None:
    make(slug="x-1")
    make(slug="x-2")

    # A claim's sources, for its card, come in a second.
    with django_assert_num_queries(2 if kind == Kind.CLAIM else 1):
        found = CatalogResolver().resolve(kind, ["x-1", "x-2", "absent"])

    assert sorted(found) == ["x-1", "x-2"]
    assert (found["x-1"].kind, found["x-1"].url) == (kind, path)


@pytest.mark.django_db
def test_keys_are_matched_whatever_their_case() -> None:
    make_form(slug="oxide", name="Magnesium oxide")

    assert CatalogResolver().resolve(Kind.FORM, ["Oxide"])["Oxide"].title == "Magnesium oxide"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [Kind.ARTICLE, Kind.IMAGE])
def test_what_the_catalog_does_not_hold_is_not_found(kind: Kind, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert CatalogResolver().resolve(kind, ["x"]) == {}
        assert CatalogResolver().suggest(kind, "x") == []
        assert "no " in CatalogResolver().explain(kind, "x")


@pytest.mark.django_db
def test_unpublished_study_is_not_found_and_the_editor_is_told_why() -> None:
    make_study(slug="hidden2001", is_public=False)
    resolver = CatalogResolver()

    assert resolver.resolve(Kind.STUDY, ["hidden2001"]) == {}
    assert "not published" in resolver.explain(Kind.STUDY, "Hidden2001")
    assert resolver.suggest(Kind.STUDY, "hidden2001") == []
    assert resolver.explain(Kind.STUDY, "absent") == "There is no study with the key “absent”."


@pytest.mark.django_db
def test_claim_carries_what_its_mark_shows() -> None:
    make_claim(slug="c1", statement="It works.", in_brief="Mice only.", safety_flag=True, safety_note="Ask first.")
    make_claim(slug="c2", safety_note="A note without a flag.")

    found = CatalogResolver().resolve(Kind.CLAIM, ["c1", "c2"])

    assert found["c1"].title == "It works."
    card = found["c1"].details["card"]
    assert found["c1"].details == {
        "card": card,
        "verdict": "overstated",
        "verdict_label": "Overstated",
        "statement": "It works.",
        "in_brief": "Mice only.",
        "safety_note": "Ask first.",
    }
    assert found["c2"].details["safety_note"] == ""
    assert "Trials are small." in card


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (Kind.FORM, "threonate", ["l-threonate"]),
        (Kind.FORM, "bisglycinate", ["glycinate"]),
        (Kind.FORM, "magtein", ["l-threonate"]),
        (Kind.MECHANISM, "gaba", ["gaba-a"]),
        (Kind.OUTCOME, "depresion", ["depression"]),
        (Kind.STUDY, "poleszak-2008", ["poleszak2008", "poleszak2007"]),
        (Kind.STUDY, "zzz", []),
        (Kind.CHART, "forest?outcome=depresion", ["forest?outcome=depression"]),
    ],
)
def test_nearest_keys_are_suggested_by_key_and_by_name(kind: Kind, typed: str, expected: list[str]) -> None:
    make_form(slug="l-threonate", name="Magnesium L-threonate", synonyms=["Magtein"])
    make_form(slug="glycinate", name="Magnesium glycinate (bisglycinate)")
    make_mechanism(slug="gaba-a", name="GABA-A receptors")
    make_study(slug="poleszak2008")
    make_effect(study=make_study(slug="poleszak2007"), outcome=make_outcome(slug="depression"))

    assert CatalogResolver().suggest(kind, typed)[: len(expected) or 1] == expected


def test_at_most_three_keys_are_suggested_best_first() -> None:
    names = {key: (key,) for key in ("citrate", "citrates", "nitrate", "titrate", "oxide")}

    assert nearest("citrate", names) == ["citrate", "citrates", "nitrate"]
    assert nearest("???", names) == []


FULL = {
    "authors": ["Poleszak, Ewa", "Wlaź, Piotr"],
    "year": 2008,
    "title": "A trial of magnesium",
    "journal": "Pharmacological Reports",
    "volume": "60",
    "issue": "4",
    "pages": "483-489",
}


def reference(study: Study) -> str:
    """A study as a reference list begins with it."""
    return " ".join(citation_details(study)[part] for part in ("authors", "title", "source"))


def test_full_citation_reads_as_in_a_reference_list() -> None:
    study = Study(**FULL, doi="10.1000/182", pmid="18799816", design="rct")

    assert reference(study) == ("Poleszak E, Wlaź P. A trial of magnesium. Pharmacological Reports 2008;60(4):483–489.")
    assert (citation_details(study)["doi"], citation_details(study)["pmid"]) == ("10.1000/182", "18799816")


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"authors": []}, "[authors not seen]. A trial of magnesium. Pharmacological Reports 2008;60(4):483–489."),
        ({"title": ""}, "Poleszak E, Wlaź P. [title not seen]. Pharmacological Reports 2008;60(4):483–489."),
        (
            {"year": None, "pages": ""},
            "Poleszak E, Wlaź P. A trial of magnesium. Pharmacological Reports [year not seen];60(4).",
        ),
        ({"journal": "", "volume": "", "issue": "", "pages": ""}, "Poleszak E, Wlaź P. A trial of magnesium. 2008."),
        (
            {"issue": "", "pages": "323-"},
            "Poleszak E, Wlaź P. A trial of magnesium. Pharmacological Reports 2008;60:323.",
        ),
        (
            {"volume": "", "issue": "5"},
            "Poleszak E, Wlaź P. A trial of magnesium. Pharmacological Reports 2008;(5):483–489.",
        ),
        ({"title": "Does it work?"}, "Poleszak E, Wlaź P. Does it work? Pharmacological Reports 2008;60(4):483–489."),
    ],
)
def test_missing_parts_are_said_or_left_out_and_never_made_up(fields: dict[str, object], text: str) -> None:
    assert reference(Study(**FULL | fields)) == text


@pytest.mark.parametrize(
    ("authors", "text"),
    [
        (["Fard, F E"], "Fard FE."),
        (["Diener, Hans-Christoph"], "Diener HC."),
        (["Barragán-Rodríguez, Lázaro"], "Barragán-Rodríguez L."),
        (["Poleszak, EM"], "Poleszak EM."),
        (["US Food and Drug Administration"], "US Food and Drug Administration."),
        (
            ["EFSA Panel on Nutrition, Novel Foods and Food Allergens (NDA)"],
            "EFSA Panel on Nutrition, Novel Foods and Food Allergens (NDA).",
        ),
        (["Institute of Medicine, Food and Nutrition Board"], "Institute of Medicine, Food and Nutrition Board."),
        (["Facchinetti"], "Facchinetti."),
        ([f"A{n}, B" for n in range(6)], "A0 B, A1 B, A2 B, A3 B, A4 B, A5 B."),
        ([f"A{n}, B" for n in range(7)], "A0 B, A1 B, A2 B, A3 B, A4 B, A5 B and others."),
    ],
)
def test_authors_are_family_names_with_initials(authors: list[str], text: str) -> None:
    assert cited_authors(authors) == text


def test_reference_list_says_what_became_of_a_paper() -> None:
    details = citation_details(
        Study(**FULL, kind="guideline", publication_status="concern", publication_note="The journal asks for care.")
    )

    assert (details["design"], details["status"], details["status_label"], details["status_note"]) == (
        "Guideline",
        "concern",
        "Expression of concern",
        "The journal asks for care.",
    )
