"""Which rows are pooled, and the sentence that refuses the rest."""

from __future__ import annotations

from typing import Any

import pytest

from forms_catalog.explorer.forest import barred, pooled, without_flagged
from forms_catalog.models import Effect, Outcome, Study

ABLE = {
    "comparator": "placebo",
    "design": "parallel",
    "intervention": "magnesium_alone",
    "poolable": True,
    "primary_row": True,
    "smd": -0.4,
    "se": 0.2,
    "n_mg": 20,
    "n_control": 22,
    "method": "computed_from_means",
}


def effect(trial: int, *, outcome: str = "Depression", status: str = "as_published", **fields: Any) -> Effect:
    study = Study(pk=trial, slug=f"s{trial}", authors=[f"Author{trial}, A"], year=2020, publication_status=status)
    return Effect(pk=fields.pop("pk", trial), study=study, outcome=Outcome(name=outcome), **ABLE | fields)


def test_three_alike_are_pooled_with_their_weights() -> None:
    found = pooled([effect(1), effect(2, se=0.4), effect(3, se=0.2, method="computed_from_p")])

    assert found.pool is not None
    assert found.pool.k == 3
    assert found.weights == pytest.approx({1: 400 / 9, 2: 100 / 9, 3: 400 / 9})
    assert (found.people, found.worked_back, found.refusal) == (126, 1, "")


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([], "none of the rows in view can be pooled, and at least three are needed."),
        ([effect(1)], "only one of the rows in view can be pooled, and at least three are needed."),
        ([effect(1), effect(2)], "only two of the rows in view can be pooled, and at least three are needed."),
        (
            [effect(1), effect(2), effect(3, comparator="active:imipramine"), effect(4, comparator="no_treatment")],
            "the rows in view compare magnesium with different things, imipramine, no treatment and placebo.",
        ),
        (
            [effect(1), effect(2), effect(3, design="crossover")],
            "the rows in view mix designs, crossover and parallel arms.",
        ),
        (
            [effect(1), effect(2), effect(3, intervention="combination")],
            "the rows in view mix what was given, magnesium alone and magnesium with something else.",
        ),
        (
            [effect(1), effect(2), effect(3, outcome="Anxiety")],
            "the rows in view measure different things, anxiety and depression.",
        ),
        (
            [effect(1), effect(2), effect(2, pk=9)],
            "Author2 2020 is in view twice, and its people would count twice.",
        ),
    ],
)
def test_rows_that_do_not_belong_together_are_refused_in_one_sentence(rows: list[Effect], refusal: str) -> None:
    found = pooled(rows)

    assert (found.pool, found.refusal) == (None, f"Not pooled: {refusal}")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "retracted"}, "the study was retracted"),
        ({"poolable": False, "not_poolable_because": "a subgroup"}, "a subgroup"),
        ({"primary_row": False}, "another figure of the same trial stands for it"),
    ],
)
def test_some_rows_are_never_pooled_whatever_stands_beside_them(fields: dict[str, Any], reason: str) -> None:
    row = effect(4, **fields)

    found = pooled([effect(1), effect(2), effect(3), row])

    assert barred(row) == reason
    assert set(found.weights) == {1, 2, 3}
    assert pooled([effect(1), effect(2), row]).pool is None


@pytest.mark.parametrize("status", ["corrected", "concern"])
def test_a_corrected_or_doubted_study_stays_in(status: str) -> None:
    assert barred(effect(1, status=status)) == ""


def test_without_the_flagged_trial_all_its_rows_go() -> None:
    rows = [effect(1), effect(2), effect(3, flag="integrity"), effect(3, pk=9, primary_row=False), effect(4)]

    rest = without_flagged(rows)

    assert rest is not None
    assert set(rest.weights) == {1, 2, 4}
    assert without_flagged(rows[:3]).refusal.startswith("Not pooled: only two")
    assert without_flagged(rows[:2]) is None


def test_people_are_not_counted_where_an_arm_was_not_seen() -> None:
    assert pooled([effect(1), effect(2), effect(3, n_mg=None)]).people is None


@pytest.mark.parametrize("fields", [{"smd": float("nan")}, {"se": float("inf")}, {"se": None}, {"smd": None}])
def test_figures_that_cannot_be_are_refused_too(fields: dict[str, Any]) -> None:
    found = pooled([effect(1), effect(2), effect(3, **fields)])

    assert found.pool is None
    assert found.refusal.endswith(".")
