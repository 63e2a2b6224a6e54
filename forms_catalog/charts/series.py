"""The series of a forest plot: every comparison on one outcome, with a number or with the reason why there is none.

Chart, table and download are all made from it, so that they cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, QuerySet, Subquery

from forms_catalog.charts.query import COMPARATORS, FLAGGED, ForestQuery
from forms_catalog.charts.rows import Comparison, Estimate, from_effect, from_unusable
from forms_catalog.explorer.forest import Pooled, pooled, without_flagged
from forms_catalog.models import Arm, Effect, Outcome, PooledResult, PublicState, StudyResult, UnusableResult
from forms_catalog.models.vocabulary import Direction, EvidenceType

MOST_ROWS = 500
"""Rows with a number, and rows without, that are loaded for one page; far more than any outcome has so far."""

__all__ = ["Comparison", "Estimate", "ForestSeries", "first_comparator", "forest_series", "outcomes_with_series"]


@dataclass(frozen=True, slots=True)
class ForestSeries:
    """The rows of one outcome that are in view, comparisons with placebo first, older studies first."""

    outcome: Outcome
    rows: tuple[Comparison, ...]
    as_of: dt.date | None
    """When public content last changed; None when it never has."""
    published: tuple[PooledResult, ...] = ()
    """What published meta-analyses of randomised trials came to, whatever is in view."""
    query: ForestQuery = field(default_factory=lambda: ForestQuery(""))
    every: tuple[Comparison, ...] = ()
    """The rows of the outcome, in view or not."""
    is_cut: bool = False
    """There may be more rows on file than were loaded."""

    @property
    def effects(self) -> list[Effect]:
        """The rows in view that have a record of an effect."""
        return [row.effect for row in self.rows if row.effect]

    @property
    def pooled(self) -> Pooled:
        """What the rows in view come to together."""
        return pooled(self.effects)

    @property
    def pooled_without_flagged(self) -> Pooled | None:
        """The same without doubted trials; None when none is in view."""
        return without_flagged(self.effects)

    def narrowed(self, query: ForestQuery) -> ForestSeries:
        """Another view of the same outcome."""
        doubted = {row.study.pk for row in self.every if row.effect and row.effect.flag}
        rows = [row for row in self.every if not query.comparator or query.comparator in row.against]
        if query.without == FLAGGED:
            rows = [row for row in rows if row.study.pk not in doubted]
        return replace(self, rows=tuple(rows), query=query)


def first_comparator(series: ForestSeries) -> str:
    """What a page narrows to before anybody has asked: placebo where that can be pooled, else nothing."""
    placebo = series.narrowed(ForestQuery(series.outcome.slug, comparator="placebo"))
    return "placebo" if placebo.pooled.pool else ""


def forest_series(outcomes: Collection[str]) -> dict[str, ForestSeries]:
    """The series of each outcome that has rows, by slug, in three queries. Unpublished studies are left out."""
    unusable = unusable_shown(outcomes)[:MOST_ROWS]
    return series_by_outcome(effects_shown(outcomes), unusable, published_shown(outcomes))


def series_by_outcome(
    effects: Iterable[Any], unusable: Iterable[Any], published: Iterable[PooledResult]
) -> dict[str, ForestSeries]:
    """Series of what was loaded, effects with the date of the catalog. No query."""
    found: dict[str, _Found] = {}
    effects, unusable = list(effects), list(unusable)
    is_cut = max(len(effects), len(unusable)) >= MOST_ROWS
    for effect in effects:
        _under(found, effect).rows.append((_rank(effect), from_effect(effect)))
    for result in unusable:
        _under(found, result).rows.append((_rank(result), from_unusable(result)))
    pools = list(published)
    return {slug: _series(slug, of_outcome, pools, is_cut=is_cut) for slug, of_outcome in found.items()}


def _series(slug: str, found: _Found, pools: list[PooledResult], *, is_cut: bool) -> ForestSeries:
    rows = tuple(row for _, row in sorted(found.rows, key=lambda pair: pair[0]))
    return ForestSeries(
        outcome=found.outcome,
        rows=rows,
        as_of=found.changed_at.date() if found.changed_at else None,
        published=tuple(pool for pool in pools if pool.outcome_id == found.outcome.pk),
        query=ForestQuery(slug),
        every=rows,
        is_cut=is_cut,
    )


@dataclass(slots=True)
class _Found:
    """The rows of one outcome as they come in, each with its rank."""

    outcome: Outcome
    changed_at: dt.datetime | None
    rows: list[tuple[tuple[int, int, str, int], Comparison]] = field(default_factory=list)


def effects_shown(outcomes: Collection[str]) -> QuerySet[Effect, Any]:
    """Effects of published studies on these outcomes; what may be pooled before the rest, should there be too many."""
    rows = _shown(Effect.objects.all(), outcomes)
    return rows.order_by("-primary_row", "-poolable", "-study__year", "pk")[:MOST_ROWS]


def unusable_shown(outcomes: Collection[str]) -> QuerySet[UnusableResult, Any]:
    """Results without a number, each with what magnesium was compared with in the trial's arms."""
    arms = Arm.objects.filter(trial__study=OuterRef("study"))
    roles = {f"against_{role}": Exists(arms.filter(role=role)) for role in COMPARATORS}
    return _shown(UnusableResult.objects.all(), outcomes).annotate(**roles)


def published_shown(outcomes: Collection[str]) -> QuerySet[PooledResult]:
    """Published pools of randomised trials on these outcomes."""
    randomised = {"evidence": EvidenceType.RANDOMISED, "study__is_public": True}
    return PooledResult.objects.filter(outcome__slug__in=outcomes, **randomised).select_related("study")


def _shown(records: QuerySet[Any], outcomes: Collection[str]) -> QuerySet[Any, Any]:
    """Rows of published studies on these outcomes, with the catalog's date and the study's directions for each."""
    changed_at = PublicState.objects.filter(pk=PublicState.ONLY).values("changed_at")
    results = StudyResult.objects.filter(study=OuterRef("study"), outcome=OuterRef("outcome")).order_by()
    told = results.exclude(direction__in=["", Direction.NOT_APPLICABLE]).values("study")
    return (
        records.filter(outcome__slug__in=outcomes, study__is_public=True)
        .select_related("outcome", "study__form")
        .annotate(
            changed_at=Subquery(changed_at),
            first_direction=Subquery(told.annotate(word=Min("direction")).values("word")),
            last_direction=Subquery(told.annotate(word=Max("direction")).values("word")),
        )
    )


def _under(found: dict[str, _Found], record: Any) -> _Found:
    return found.setdefault(record.outcome.slug, _Found(record.outcome, getattr(record, "changed_at", None)))


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
