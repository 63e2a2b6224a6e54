"""The picture of an outcome: what all trials of magnesium together say, by the rule that grades claims and forms."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms_catalog.grading.cells import Lean
from forms_catalog.grading.outcomes import Picture, picture_outcomes
from forms_catalog.models import Outcome, Study
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def sleep() -> Outcome:
    return make.make_outcome(slug="sleep", name="Sleep")


def picture(outcome: Outcome) -> Picture:
    return picture_outcomes([outcome])[outcome.pk]


def trial(
    outcome: Outcome, *directions: str, n: int | None = 50, trial: dict[str, Any] | None = None, **fields: Any
) -> Study:
    """A randomised trial of magnesium in people with a result for the outcome for each direction."""
    study = make.make_study(**{"design": "rct", "species": "human", "n": n} | fields)
    made = make.make_trial(study=study, **trial or {})
    make.make_arm(trial=made, role="placebo", form_stated="none")
    for direction in directions or ("favours_magnesium",):
        make.make_result(study=study, outcome=outcome, direction=direction)
    return study


def test_each_trial_is_one_square_in_the_order_of_the_key(sleep: Outcome) -> None:
    trial(sleep, "no_difference")
    trial(sleep, "favours_magnesium", "no_difference")
    trial(sleep, "favours_magnesium", n=None)
    trial(sleep, "favours_magnesium")
    found = picture(sleep)
    assert found.squares == ["for", "for", "both", "none"]
    assert found.in_words == (
        "4 randomised trials with 150 people (size not seen for 1): "
        "2 favour magnesium, 1 leaves it open, 1 found no difference."
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"species": "rat"},
        {"design": "cohort"},
        {"is_public": False},
        {"publication_status": "retracted", "publication_note": "Withdrawn."},
        {"trial": {"magnesium_given": False}},
        {"trial": {"randomised": False}},
    ],
)
def test_study_that_cannot_answer_is_not_counted(sleep: Outcome, fields: dict[str, Any]) -> None:
    trial(sleep, **fields)
    assert picture(sleep).grade is None
    assert picture(sleep).in_words.startswith("0 reviews")


def test_trial_without_a_record_of_its_running_counts_when_it_names_magnesium(sleep: Outcome) -> None:
    for stated in ("unspecified", "none"):
        study = make.make_study(design="rct", species="human", n=40, form_stated=stated)
        make.make_result(study=study, outcome=sleep)
    assert len(picture(sleep).trials) == 1


def test_trial_of_a_part_counts_for_the_whole_once(sleep: Outcome) -> None:
    part = make.make_outcome(broader=sleep)
    study = trial(part)
    make.make_result(study=study, outcome=sleep)
    assert [source.key for source in picture(sleep).trials] == [study.slug]
    assert len(picture(part).trials) == 1


def test_trial_whose_figures_do_not_add_up_is_set_aside_and_said_to_be(sleep: Outcome) -> None:
    trial(sleep)
    disputed = trial(sleep)
    make.make_form_evidence(form=make.make_form(), outcome=sleep, study=disputed, level="human_rct_disputed")
    found = picture(sleep)
    assert (len(found.trials), found.set_aside) == (1, 1)
    assert disputed.slug in found.weighed


def test_review_counts_but_is_no_square(sleep: Outcome) -> None:
    review = make.make_study(design="meta_analysis", species="human", n=300, form_stated="mixed")
    make.make_result(study=review, outcome=sleep, direction="mixed")
    assert picture(sleep).in_words == "1 review of trials; no single trial is on file."
    trial(sleep)
    found = picture(sleep)
    assert (len(found.reviews), found.squares) == (1, ["for"])
    assert found.people == 50


def test_one_trial_alone_is_said_to_be_one(sleep: Outcome) -> None:
    trial(sleep)
    assert picture(sleep).direction == "One trial only: results point to a benefit"
    trial(sleep)
    assert picture(sleep).direction == Lean.BENEFIT.value


def test_few_people_lower_the_certainty_and_the_sentence(sleep: Outcome) -> None:
    trial(sleep, n=20, trial={"magnesium_alone": False})
    found = picture(sleep)
    assert "imprecision" in found.reasons
    assert found.sentence.startswith(("Magnesium may result in", "The evidence is very uncertain"))


def test_no_difference_at_low_certainty_is_not_said_to_be_none(sleep: Outcome) -> None:
    for _ in range(9):
        trial(sleep, "no_difference", trial={"magnesium_alone": False})
    found = picture(sleep)
    assert (found.lean, found.grade and found.grade.certainty.value) == (Lean.NO_DIFFERENCE, "low")
    assert found.sentence == "Most trials of magnesium found no clear difference in sleep, but cannot rule one out"


def test_what_nobody_feels_is_not_graded() -> None:
    status = make.make_outcome(slug="magnesium-status")
    trial(status)
    assert picture(status).grade is None
    assert picture(status).sentence == ""


def test_pictures_take_three_queries_however_many_outcomes(sleep: Outcome) -> None:
    outcomes = [sleep, *(make.make_outcome() for _ in range(4))]
    for outcome in outcomes:
        trial(outcome)
    with CaptureQueriesContext(connection) as captured:
        assert len(picture_outcomes(outcomes)) == 5
    assert len(captured) == 3
