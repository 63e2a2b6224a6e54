"""The edition's own check of constraints knows SQL's three answers, and says so when it does not know enough."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.lookups import GreaterThan

from forms_catalog.edition.constraints import holds, names_in
from forms_catalog.edition.layout import KINDS, kind_of, models_below, owned_parts, owner_field
from forms_catalog.edition.uniqueness import root_of, rules
from forms_catalog.models import Arm, Claim, Outcome, RiskOfBias, Study, Trial


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (Q(a=1), True),
        (Q(a=2), False),
        (Q(unknown=1), None),
        (~Q(unknown=1), None),
        (~Q(a=1), False),
        (Q(unknown__isnull=True), True),
        (Q(a__isnull=True), False),
        (Q(a__isnull=True) | Q(a__gt=0), True),
        (Q(a=2) | Q(unknown=1), None),
        (Q(a=2) & Q(unknown=1), False),
        (Q(a=1) & Q(unknown=1), None),
        (Q(a__lte=F("b")), True),
        (Q(b__lt=F("a")), False),
        (Q(a__gte=F("unknown")), None),
        (Q(word__in=["x", "y"]), True),
        (~Q(word="x") & (Q(a=1) | Q(b=1)), False),
    ],
)
def test_condition_holds_as_in_sql(condition: Q, answer: bool | None) -> None:
    values: dict[str, Any] = {"a": 1, "b": 2, "word": "x", "unknown": None}

    assert holds(condition, values) is answer


@pytest.mark.parametrize("condition", [Q(a__contains=1), Q(GreaterThan(Lower("a"), 1))])
def test_condition_that_is_not_understood_is_no_silent_pass(condition: Q) -> None:
    with pytest.raises(NotImplementedError):
        holds(condition, {"a": 1})


def test_names_come_once_each() -> None:
    assert names_in(Q(a=1) | (Q(b__isnull=True) & Q(a__gt=F("c")))) == ["a", "b"]


def test_every_unique_constraint_of_the_catalog_is_understood() -> None:
    below = {model for record in KINDS.values() for model in models_below(record)}

    assert sum(len(rules(model)) for model in below) > 20


def test_parts_are_found_through_the_models() -> None:
    assert [owned.name for owned in owned_parts(Study)] == [
        "identifiers",
        "results",
        "trial",
        "effects",
        "unusable_results",
        "pooled_results",
        "narrative_syntheses",
        "recomputations",
    ]
    assert [owned.name for owned in owned_parts(Claim)] == ["supports", "counter_searches"]
    assert [owned.name for owned in owned_parts(Outcome)] == ["notes"]
    assert [owned.model for owned in owned_parts(Trial)] == [Arm, RiskOfBias]
    assert root_of(Arm) == (Study, "trial__study__")
    assert owner_field(Study) is None
    assert kind_of(Study) == "studies"
