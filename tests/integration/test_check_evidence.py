"""`manage.py check_evidence` over the shipped edition, and over what can be wrong."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.actions.articles import publish_article
from articles.models import Article
from forms_catalog.alerts import evidence_changed
from forms_catalog.audit import catalog_faults
from forms_catalog.models import Effect, Recomputation, Study
from tests.factories import (
    make_article,
    make_claim,
    make_counter_search,
    make_effect,
    make_outcome,
    make_published_article,
    make_recomputation,
    make_study,
    make_support,
)

pytestmark = pytest.mark.django_db
MEANS = {"mean_mg": 8.0, "sd_mg": 4.0, "n_mg": 30, "mean_control": 10.0, "sd_control": 4.0, "n_control": 30}
RIGHT = {"smd": -0.494, "se": 0.259, "ci_low": -1.001, "ci_high": 0.014}


def check() -> tuple[list[str], str]:
    """The lines the command prints, and what it ends with."""
    said = StringIO()
    try:
        call_command("check_evidence", stdout=said)
    except CommandError as error:
        return said.getvalue().splitlines(), str(error)
    return said.getvalue().splitlines(), ""


def messages() -> list[str]:
    return [str(fault) for fault in catalog_faults()]


def test_shipped_edition_has_no_problem(first_edition: None) -> None:
    assert check() == (["No problems found."], "")


def test_problem_of_an_article_is_named_by_slug_and_line_and_fails_the_command() -> None:
    make_published_article(slug="a-note", body="Fine.\n\nTake 300 a day.\n")
    lines, ending = check()
    assert lines == ["a-note:3: Take 300 a day: This reads like a dose without its unit, such as mg."]
    assert ending == "1 problem found."


def test_reference_that_stopped_resolving_is_found_after_publication() -> None:
    study = make_study(slug="mah2021")
    publish_article(article=make_article(slug="a-note", body="Oxide [@mah2021].\n"), by=None)
    Study.objects.filter(pk=study.pk).update(is_public=False)
    [line] = check()[0]
    assert line.startswith("a-note:1: [@mah2021]: The study “mah2021” is not published")


def test_drafts_and_archived_articles_are_not_checked() -> None:
    make_article(body="Take 300 a day.\n")
    archived = make_published_article(body="Take 300 a day.\n")
    Article.objects.filter(pk=archived.pk).update(status="archived")
    assert check()[1] == ""


def test_what_readers_see_is_checked_and_not_the_working_copy() -> None:
    article = make_published_article(body="Fine.\n")
    Article.objects.filter(pk=article.pk).update(body="Take 300 a day.\n")
    assert check()[1] == ""


def test_what_an_editor_set_aside_is_no_problem() -> None:
    article = make_article(body="Take 300 a day.\n")
    publish_article(article=article, by=None, set_aside={("dose without unit", "Take 300 a day"): "A quotation."})
    assert check()[1] == ""


def test_claim_without_source_and_search_is_a_fault_of_the_catalog() -> None:
    make_claim(slug="c1")
    searched, supported, hidden = make_claim(), make_claim(), make_claim(slug="c4")
    make_counter_search(claim=searched)
    make_support(claim=supported, study=make_study())
    make_support(claim=hidden, study=make_study(is_public=False))
    assert [message.split(":")[0] for message in messages()] == ["claims/c1", "claims/c4"]
    assert check()[1] == "2 problems found."


@pytest.mark.parametrize(("note", "faults"), [(" ", 1), ("Ask a doctor.", 0)])
def test_safety_flag_without_words_is_a_fault(note: str, faults: int) -> None:
    make_counter_search(claim=make_claim(safety_flag=True, safety_note=note))
    assert len(messages()) == faults


@pytest.mark.parametrize(
    ("status", "shows", "faults"),
    [
        ("retracted", "Scores fell.", 1),
        ("concern", "Scores fell.", 1),
        ("corrected", "Scores fell.", 0),
        ("as_published", "Scores fell.", 0),
        ("retracted", "Scores fell; the paper was retracted.", 0),
        ("retracted", "Scores fell; the journal voiced concern.", 1),
        ("retracted", "No symptom of withdrawal was seen.", 1),
        ("concern", "Scores fell; the journal voiced concern.", 0),
        ("concern", "Concerns about memory were fewer.", 1),
    ],
)
def test_claim_on_a_doubted_study_says_so_or_is_a_fault(status: str, shows: str, faults: int) -> None:
    note = "" if status == "as_published" else "The journal says so."
    study = make_study(publication_status=status, publication_note=note)
    make_support(claim=make_claim(), study=study, shows=shows)
    assert len(messages()) == faults


def test_claim_on_a_retracted_study_is_in_order_once_there_is_an_alert() -> None:
    study = make_study()
    make_support(claim=make_claim(), study=study)
    study.publication_status, study.publication_note = "retracted", "The journal says so."
    study.save()
    assert len(messages()) == 1
    evidence_changed(record=study, former="as_published", by=None)
    assert messages() == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, ""),
        ({"state": "does_not"}, "does not follow"),
        ({"calc": [{"fn": "elemental", "args": [828, 60.3], "value": 480.0}]}, "does not follow"),
        ({"calc": [{"fn": "elemental", "args": [828, 60.3], "value": 499.3, "range": [1, 2]}]}, "does not follow"),
        ({"calc": [{"fn": "elemental", "args": [828, 60.3], "value": 499.3, "range": [499.3]}]}, "does not follow"),
        ({"calc": [{"fn": "no_such", "args": [], "value": 1}]}, "cannot be worked out"),
    ],
)
def test_figure_that_does_not_recompute_to_what_is_stored_is_a_fault(fields: dict, fault: str) -> None:
    make_recomputation(study=make_study(slug="s1"), **fields)
    assert bool(messages()) == bool(fault)
    assert all(message.startswith("studies/s1: ") and fault in message for message in messages())


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (RIGHT, ""),
        (RIGHT | {"smd": -0.3}, "smd does not follow"),
        (RIGHT | {"ci_low": None}, "ci_low does not follow"),
        (RIGHT | {"inputs": {}}, "cannot be worked out"),
    ],
)
def test_effect_that_does_not_follow_from_its_inputs_is_a_fault(fields: dict, fault: str) -> None:
    row = {"method": "computed_from_means", "inputs": MEANS} | fields
    make_effect(study=make_study(slug="s1"), outcome=make_outcome(), **row)
    assert bool(messages()) == bool(fault)
    assert all(message.startswith("studies/s1: ") and fault in message for message in messages())


def test_shipped_figures_are_really_looked_at(first_edition: None) -> None:
    row, effect = Recomputation.objects.filter(state="recomputes").first(), Effect.objects.exclude(se=None).first()
    Recomputation.objects.filter(pk=row.pk).update(state="does_not")
    Effect.objects.filter(pk=effect.pk).update(se=9.0)
    assert len(messages()) == 2
