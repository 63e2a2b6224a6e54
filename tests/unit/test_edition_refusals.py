"""Everything that is wrong with an edition is named by file, record and field, and nothing is loaded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from forms_catalog.actions import public_version
from forms_catalog.edition import EditionError, load_edition
from forms_catalog.models import EditionRecord, Form, Outcome, Study
from tests import editions
from tests.editions import Document, small, write_edition, write_text
from tests.factories import make_identifier, make_outcome, make_study

pytestmark = pytest.mark.django_db

STUDY, CLAIM, FORM = "studies/poleszak2008", "claims/c01", "forms/oxide"


def refusal(directory: Path, records: dict[str, Document]) -> list[str]:
    """The problems for which the edition is refused, after making sure that nothing of it was loaded."""
    before = Study.objects.count(), public_version()
    with pytest.raises(EditionError) as refused:
        load_edition(directory=write_edition(directory, records))
    assert (Study.objects.count(), public_version()) == before
    assert not Form.objects.exists()
    assert not EditionRecord.objects.exists()
    return str(refused.value).splitlines()


def changed(name: str, **fields: Any) -> dict[str, Document]:
    records = small()
    return records | {name: records[name] | fields}


FAULTS = [
    # unknown and missing fields
    (STUDY, {"colour": "red"}, "colour: There is no such field."),
    (STUDY, {"slug": "other"}, "slug: There is no such field."),
    (STUDY, {"verified_fields": ""}, "verified_fields: This is required."),
    (FORM, {"source_urls": []}, "source_urls: This is required."),
    # wrong types
    (STUDY, {"year": True}, "year: This must be a whole number, not True."),
    (STUDY, {"year": "2008"}, "year: This must be a whole number, not '2008'."),
    (STUDY, {"n": 3.5}, "n: This must be a whole number, not 3.5."),
    (STUDY, {"dose_mg_elemental": "450"}, "dose_mg_elemental: This must be a number, not '450'."),
    (STUDY, {"volume": 60}, "volume: This must be text, not 60; put it in quotes."),
    (STUDY, {"is_public": "yes"}, "is_public: This must be yes or no: true or false, not 'yes'."),
    (STUDY, {"is_public": 1}, "is_public: This must be yes or no: true or false, not 1."),
    (STUDY, {"accessed": "last week"}, "accessed: This must be a date such as 2026-11-23, not 'last week'."),
    (STUDY, {"summary": "a\x00b"}, "summary: Text must not hold the character of value 0."),
    (
        STUDY,
        {"recomputations": [{"inputs": {"day": dt.date(2026, 11, 23)}}]},
        "inputs: Dates in here must be in quotes.",
    ),
    (STUDY, {"authors": "Poleszak, Ewa"}, "authors: This must be a list, not 'Poleszak, Ewa'."),
    (STUDY, {"form": ["oxide"]}, "form: This must be text"),
    (STUDY, {"mechanisms": ["nmda", "nmda"]}, "mechanisms: A record is listed twice."),
    (STUDY, {"results": {"outcome": "depression"}}, "results: This must be a list of mappings."),
    (STUDY, {"trial": []}, "trial: This must be a mapping."),
    # words, identifiers and numbers that cannot be
    (STUDY, {"design": "guess"}, "design: Value 'guess' is not a valid choice."),
    (STUDY, {"pmid": "12"}, "pmid: A PMID is five to nine digits."),
    (STUDY, {"doi": "https://doi.org/10.1/x"}, "doi: A DOI begins with 10."),
    (STUDY, {"issn": "1234-5678"}, "issn: The check digit of this ISSN is wrong."),
    (STUDY, {"source_url": "javascript:alert(1)"}, "source_url: A source address begins with"),
    (STUDY, {"n": -1}, "n: Ensure this value is greater than or equal to 0."),
    (STUDY, {"n": 0}, "n: N must be above zero"),
    (STUDY, {"year": 1492}, "year: The year must lie between 1800 and 2100."),
    (STUDY, {"title": "x" * 401}, "title: Ensure this value has at most 400 characters"),
    (STUDY, {"form_stated": "mixed"}, "form, form_stated: Name the form exactly when one form is stated."),
    (FORM, {"hydrates": [{"state": "dry", "formula": "NaCl", "smiles": "x"}]}, "hydrates 1: formula: 'NaCl' holds no"),
    # parts, however deep
    (
        STUDY,
        {"trial": editions.trial(arms=[{"label": "A", "role": "magic", "form_stated": "none"}])},
        "poleszak2008, trial, arms 1: role: Value 'magic' is not a valid choice.",
    ),
    (STUDY, {"trial": editions.trial(magnesium_given=None)}, "trial: magnesium_given: This is required."),
    (
        STUDY,
        {"results": [{"outcome": "depression", "ci_low": 2, "ci_high": 1}]},
        "results 1: ci_low, ci_high: The interval is upside down.",
    ),
    (
        STUDY,
        {"results": [{"outcome": "depression", "effect": 9, "effect_kind": "MD", "ci_low": 1, "ci_high": 2}]},
        "results 1: effect, ci_low, ci_high: The effect lies outside its own interval.",
    ),
    (
        CLAIM,
        {"supports": [editions.support(fit_form="indirect")]},
        "supports 1: fit_note: Say why the fit is indirect.",
    ),
    (CLAIM, {"safety_flag": True}, "safety_flag, safety_note: A claim with a safety flag needs its safety note."),
    # keys that lead nowhere
    (STUDY, {"form": "gold"}, "form: There is no record 'gold' among forms."),
    (STUDY, {"named_by": "nobody"}, "named_by: There is no record 'nobody' among studies."),
    (STUDY, {"mechanisms": ["magic"]}, "mechanisms: There is no record 'magic' among mechanisms."),
    (CLAIM, {"supports": [editions.support(study="nobody")]}, "c01, supports 1: study: There is no record 'nobody'"),
    # twice in one record
    (CLAIM, {"supports": [editions.support(), editions.support()]}, "supports 2: study: poleszak2008 belongs to"),
]


@pytest.mark.parametrize(("name", "fields", "problem"), FAULTS)
def test_faulty_record_is_refused_by_file_record_and_field(
    tmp_path: Path, name: str, fields: dict[str, Any], problem: str
) -> None:
    problems = refusal(tmp_path, changed(name, **fields))

    slug = name.split("/")[1]
    assert all(line.startswith(f"{name}.yaml: {slug}") for line in problems)
    assert problem in "\n".join(problems)


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ({"pmid": "18799816"}, {"pmid": "18799816"}, "pmid: 18799816 belongs to studies/poleszak2008.yaml"),
        (
            {"doi": "10.1034/AB"},
            {"doi": "10.1034/ab"},
            "doi: 10.1034/ab belongs to studies/poleszak2008.yaml",
        ),
        ({"title": "Magnesium: a Trial"}, {"title": "MAGNESIUM — a trial."}, "title: The record poleszak2008 has"),
        (
            {"pmid": "18799816"},
            {"identifiers": [{"kind": "pmid", "value": "18799816"}]},
            "zz2020, identifiers 1: value: PMID 18799816 belongs to the record poleszak2008.",
        ),
        (
            {"identifiers": [{"kind": "url", "value": "https://example.org/1"}]},
            {"identifiers": [{"kind": "url", "value": "https://example.org/1"}]},
            "kind, value: url, https://example.org/1 belongs to studies/poleszak2008.yaml",
        ),
    ],
)
def test_two_records_of_one_paper_are_refused(
    tmp_path: Path, first: dict[str, Any], second: dict[str, Any], problem: str
) -> None:
    records = changed(STUDY, **first) | {"studies/zz2020": editions.study(**second)}

    problems = refusal(tmp_path, records)

    assert len(problems) == 1
    assert problems[0].startswith("studies/zz2020.yaml: zz2020")
    assert problem in problems[0]


@pytest.mark.parametrize(
    ("here", "fields", "problem"),
    [
        ({"pmid": "18799816"}, {"pmid": "18799816"}, "pmid: 18799816 belongs to the record studies/mine"),
        ({"title": "A trial"}, {"title": "A Trial!"}, "title: The record mine has this title."),
    ],
)
def test_paper_that_an_editor_has_already_added_is_refused(
    tmp_path: Path, here: dict[str, Any], fields: dict[str, Any], problem: str
) -> None:
    make_study(slug="mine", **here)

    assert problem in refusal(tmp_path, changed(STUDY, **fields))[0]


def test_identifier_that_leads_to_an_editors_record_is_refused(tmp_path: Path) -> None:
    make_identifier(study=make_study(slug="mine"), kind="url", value="https://example.org/1")

    problems = refusal(tmp_path, changed(STUDY, identifiers=[{"kind": "url", "value": "https://example.org/1"}]))

    assert "belongs to the record studies/mine" in problems[0]


def test_all_problems_are_listed_not_only_the_first(tmp_path: Path) -> None:
    write_text(tmp_path, "forms/broken.yaml", "name: a\nname: b")
    records = changed(STUDY, year="2008", colour="red", form="gold") | {CLAIM: editions.claim(topic="gossip")}

    assert refusal(tmp_path, records) == [
        "claims/c01.yaml: c01: topic: Value 'gossip' is not a valid choice.",
        "forms/broken.yaml: broken: Line 2: name is given twice.",
        "studies/poleszak2008.yaml: poleszak2008: colour: There is no such field.",
        "studies/poleszak2008.yaml: poleszak2008: form: There is no record 'gold' among forms.",
        "studies/poleszak2008.yaml: poleszak2008: year: This must be a whole number, not '2008'.",
    ]


def test_what_only_the_database_sees_is_refused_too(tmp_path: Path) -> None:
    """Forms cannot swap names row by row, and no check foresees it: even so nothing may be left behind."""
    records = {"forms/a": editions.form(name="Magnesium A"), "forms/b": editions.form(name="Magnesium B")}
    load_edition(directory=write_edition(tmp_path, records))
    swapped = {"forms/a": records["forms/b"], "forms/b": records["forms/a"]}

    with pytest.raises(EditionError, match="The database refused the edition"):
        load_edition(directory=write_edition(tmp_path, swapped | {"outcomes/new": editions.outcome()}))

    assert list(Form.objects.order_by("slug").values_list("name", flat=True)) == ["Magnesium A", "Magnesium B"]
    assert not Outcome.objects.exists()


def test_keys_to_records_made_here_are_good(tmp_path: Path) -> None:
    make_outcome(slug="tinnitus")
    records = changed(STUDY, results=[{"outcome": "tinnitus"}])

    load_edition(directory=write_edition(tmp_path, records))

    assert Study.objects.get(slug="poleszak2008").results.get().outcome.slug == "tinnitus"
