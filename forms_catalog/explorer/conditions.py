"""Conditions on a study that the explorer can ask for, beyond those the list of studies has.

Where something was not seen in what was read, a study matches no band: an age is compared as far as it is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, CharField, Exists, F, FloatField, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from forms_catalog.grading.sources import RANDOMISED
from forms_catalog.models import FormEvidence, LadderEntry, RiskOfBias, Study, StudyResult
from forms_catalog.models.vocabulary import BiasLevel
from forms_catalog.queries.study_conditions import measured

NOT_STATED = "not_stated"
NOT_JUDGED = "not_judged"
OLDEST = 200
AGES = {"children": (0, 17), "adults": (18, 59), "older": (60, OLDEST)}
"""Bands of age in whole years, ends included."""

IS_RANDOMISED = Q(design__in=RANDOMISED) & ~Q(trial__randomised=False)


def studied(outcome: Any) -> Q:
    """Condition: the study measured the outcome or a part of it, or is filed as evidence for it."""
    about = Q(outcome__slug=outcome) | Q(outcome__broader__slug=outcome)
    filed = FormEvidence.objects.filter(about, study__isnull=False).values("study")
    return measured(outcome) | Q(pk__in=filed)


def bears_on(mechanism: Any) -> Q:
    """Condition: the study names the mechanism or stands on its ladder."""
    named = Study.mechanisms.through.objects.filter(mechanism__slug=mechanism).values("study")
    on_ladder = LadderEntry.objects.filter(mechanism__slug=mechanism, study__isnull=False).values("study")
    return Q(pk__in=named) | Q(pk__in=on_ladder)


def recruited(condition: str) -> Q:
    """Condition: the trial took in people of this kind. The list is kept as JSON; its words are closed and quoted."""
    return Q(trial__conditions__icontains=f'"{condition}"')


def took_in(age: str) -> Q:
    """Condition: the ages taken in, as far as they were seen, meet the band; a mean stands for an end not seen."""
    low, high = AGES[age]
    youngest = Coalesce("trial__age_min", "trial__mean_age", "trial__age_max", output_field=FloatField())
    eldest = Coalesce("trial__age_max", "trial__mean_age", "trial__age_min", output_field=FloatField())
    return Q(LessThan(youngest, high + 1)) & Q(GreaterThanOrEqual(eldest, low))


def found(direction: str, *, outcomes: Sequence[str] = ()) -> Q:
    """Condition: a result points this way; a result for one of the outcomes, where any are asked for."""
    results = StudyResult.objects.filter(direction=direction)
    if outcomes:
        results = results.filter(Q(outcome__slug__in=outcomes) | Q(outcome__broader__slug__in=outcomes))
    return Q(pk__in=results.order_by().values("study"))


def filed_under(cell: str) -> Q:
    """Condition: the study is filed as evidence of a form for an outcome: 'glycinate.sleep'."""
    form, _, outcome = cell.partition(".")
    rows = FormEvidence.objects.filter(form__slug=form, outcome__slug=outcome, study__isnull=False)
    return Q(pk__in=rows.order_by().values("study"))


def stands_on(rung: str) -> Q:
    """Condition: the study stands on a rung of a mechanism's ladder: 'nmda.animal'."""
    mechanism, _, name = rung.partition(".")
    rows = LadderEntry.objects.filter(mechanism__slug=mechanism, rung=name, study__isnull=False)
    return Q(pk__in=rows.order_by().values("study"))


def sex() -> Case:
    """Who took part; empty for a study that is no trial."""
    return Case(
        When(trial__isnull=True, then=Value("")),
        When(trial__sex="", then=Value(NOT_STATED)),
        default=F("trial__sex"),
        output_field=CharField(),
    )


def bias() -> Case:
    """The worst that was judged of a trial; empty for a study that is no trial."""
    judged = RiskOfBias.objects.filter(trial__study=OuterRef("pk"))
    return Case(
        When(trial__isnull=True, then=Value("")),
        When(~Exists(judged), then=Value(NOT_JUDGED)),
        When(Exists(judged.filter(level=BiasLevel.HIGH)), then=Value(BiasLevel.HIGH.value)),
        When(~Exists(judged.exclude(level=BiasLevel.LOW)), then=Value(BiasLevel.LOW.value)),
        default=Value(BiasLevel.SOME_CONCERNS.value),
        output_field=CharField(),
    )
