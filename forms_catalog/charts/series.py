"""The series of a forest plot: every comparison on one outcome, with a number or with the reason why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Subquery

from forms_catalog.models import Effect, Outcome, PublicState, Study, UnusableResult
from forms_catalog.models.vocabulary import FormStated, Intervention, PublicationStatus

NOT_SEEN = "not seen"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A standardised mean difference; below zero favours magnesium."""

    effect: float
    interval: tuple[float, float] | None
    """The 95 % interval; None when it was not seen."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row."""

    study: Study
    measure: str
    people: str
    treatment: str
    comparator: str
    estimate: Estimate | None
    reason: str
    """Why there is no estimate; empty when there is one."""
    flag: str


@dataclass(frozen=True, slots=True)
class ForestSeries:
    """All rows of one outcome, comparisons with placebo first, older studies first."""

    outcome: Outcome
    rows: tuple[Comparison, ...]
    as_of: dt.date | None
    """When public content last changed; None when it never has."""


def forest_series(outcomes: Collection[str]) -> dict[str, ForestSeries]:
    """The series of each outcome that has rows, by slug, in two queries. Unpublished studies are left out."""
    found: dict[str, _Found] = {}
    for effect in _shown(Effect.objects.all(), outcomes):
        _under(found, effect).rows.append((_rank(effect), _from_effect(effect)))
    for result in _shown(UnusableResult.objects.all(), outcomes):
        _under(found, result).rows.append((_rank(result), _from_unusable(result)))
    return {
        slug: ForestSeries(
            outcome=of_outcome.outcome,
            rows=tuple(row for _, row in sorted(of_outcome.rows, key=lambda pair: pair[0])),
            as_of=of_outcome.changed_at.date() if of_outcome.changed_at else None,
        )
        for slug, of_outcome in found.items()
    }


@dataclass(slots=True)
class _Found:
    """The rows of one outcome as they come in, each with its rank."""

    outcome: Outcome
    changed_at: dt.datetime | None
    rows: list[tuple[tuple[int, int, str, int], Comparison]] = field(default_factory=list)


def _shown(records: QuerySet[Any], outcomes: Collection[str]) -> QuerySet[Any]:
    """Rows of published studies on these outcomes, each with the date of the catalog."""
    changed_at = PublicState.objects.filter(pk=PublicState.ONLY).values("changed_at")
    return (
        records.filter(outcome__slug__in=outcomes, study__is_public=True)
        .select_related("outcome", "study__form")
        .annotate(changed_at=Subquery(changed_at))
    )


def _under(found: dict[str, _Found], record: Any) -> _Found:
    return found.setdefault(record.outcome.slug, _Found(record.outcome, record.changed_at))


def outcomes_with_series() -> list[str]:
    """Slugs of the outcomes for which a published study has a number."""
    return list(
        Outcome.objects.filter(effects__study__is_public=True)
        .order_by("slug")
        .values_list("slug", flat=True)
        .distinct()
    )


def _rank(record: Effect | UnusableResult) -> tuple[int, int, str, int]:
    """Rows without a number come last; then placebo, no treatment, other medicines; then by year."""
    comparator = record.comparator if isinstance(record, Effect) and record.smd is not None else ""
    order = {"placebo": 0, "no_treatment": 1, "": 3}.get(comparator, 2)
    return order, record.study.year or 0, record.study.slug, record.position


def _from_effect(effect: Effect) -> Comparison:
    return Comparison(
        study=effect.study,
        measure=effect.measure,
        people=effect.people or NOT_SEEN,
        treatment=_treatment(effect.study, effect),
        comparator=effect.compared_with,
        estimate=_estimate(effect),
        reason="" if effect.smd is not None else effect.not_poolable_because,
        flag=_flag(effect.study, effect),
    )


def _estimate(effect: Effect) -> Estimate | None:
    if effect.smd is None:
        return None
    ends = effect.ci_low, effect.ci_high
    return Estimate(effect.smd, None if ends[0] is None or ends[1] is None else (ends[0], ends[1]))


def _from_unusable(result: UnusableResult) -> Comparison:
    return Comparison(
        study=result.study,
        measure="",
        people=str(result.study.n) if result.study.n else NOT_SEEN,
        treatment=_treatment(result.study),
        comparator=result.study.comparator or NOT_SEEN,
        estimate=None,
        reason=f"{result.seen} Missing: {result.missing[:1].lower()}{result.missing[1:]}",
        flag=_flag(result.study),
    )


def _flag(study: Study, effect: Effect | None = None) -> str:
    """What a reader should know before the numbers: what the journal has said since, and the row's own flag."""
    changed = study.publication_status != PublicationStatus.AS_PUBLISHED
    said = [study.get_publication_status_display()] if changed else []
    if effect and effect.flag:
        said.append(effect.get_flag_display())
    return "; ".join(said)


def _treatment(study: Study, effect: Effect | None = None) -> str:
    """Form and elemental dose, and what else was given."""
    form = study.form.short_name if study.form else _UNNAMED_FORMS[FormStated(study.form_stated)]
    dose = f"{study.dose_mg_elemental:g} mg" if study.dose_mg_elemental else "dose not seen"
    parts = [form, dose]
    if effect and effect.intervention == Intervention.COMBINATION:
        parts.append("with something else")
    if effect and effect.given_to_both_arms:
        parts.append(f"both arms took {effect.given_to_both_arms}")
    return ", ".join(parts)


_UNNAMED_FORMS = {
    FormStated.SINGLE: "one form",
    FormStated.MIXED: "several forms",
    FormStated.UNSPECIFIED: "form not stated",
    FormStated.NONE: "no magnesium",
}
