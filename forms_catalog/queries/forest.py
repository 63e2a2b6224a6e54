"""The forest plot on an outcome's page: what is in view, the other views, and the way to the rows as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from forms_catalog.charts.forest_csv import COLUMNS, Column, table_of
from forms_catalog.charts.query import ANY, COMPARATORS, FLAGGED, ForestQuery, misread
from forms_catalog.charts.series import ForestSeries, effects_shown, first_comparator, series_by_outcome
from forms_catalog.charts.view import ForestView, forest_view
from forms_catalog.models import Outcome, PooledResult, UnusableResult
from forms_catalog.models.vocabulary import EvidenceType


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another view of the same trials."""

    label: str
    address: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ForestSection:
    """Everything the section shows."""

    view: ForestView
    ways: tuple[Way, ...]
    notices: list[str]
    download: str
    rows: int
    """Lines of the download, its heading not counted."""
    columns: tuple[Column, ...] = COLUMNS


def forest_section(
    outcome: Outcome, unusable: Iterable[UnusableResult], pooled: Iterable[PooledResult], params: Mapping[str, str]
) -> ForestSection | None:
    """The section as an address asks for it; None where no trial has a record of an effect. One query."""
    effects = list(effects_shown([outcome.slug]))
    if not effects:
        return None
    published = [row for row in pooled if row.evidence == EvidenceType.RANDOMISED]
    every = series_by_outcome(effects, unusable, published)[outcome.slug]
    shown = every.narrowed(_asked(every, params))
    return ForestSection(
        view=forest_view(shown),
        ways=(*_comparators(every, shown), *_doubted(every, shown)),
        notices=misread(params),
        download=_address(reverse("catalog:outcome-forest", args=[outcome.slug]), shown.query.params),
        rows=len(table_of(shown)),
    )


def _asked(every: ForestSeries, params: Mapping[str, str]) -> ForestQuery:
    query = ForestQuery.from_params(every.outcome.slug, params)
    if query.comparator or params.get("comparator") == ANY:
        return query
    return replace(query, comparator=first_comparator(every))


def _comparators(every: ForestSeries, shown: ForestSeries) -> list[Way]:
    """A view for each comparator that was used, and one of all; none where all rows have the same."""
    found = [name for name in COMPARATORS if any(name in row.against for row in every.every)]
    choices = [*found, ""] if len(found) > 1 or any(not row.against for row in every.every) else []
    return [_way(every, shown, replace(shown.query, comparator=name)) for name in choices]


def _way(every: ForestSeries, shown: ForestSeries, query: ForestQuery) -> Way:
    words = f"Compared with {COMPARATORS[query.comparator]}" if query.comparator else "All comparisons"
    number = len(every.narrowed(query).rows)
    label = f"{words} ({number} {'row' if number == 1 else 'rows'})"
    return Way(label, _page(every, query), is_current=query == shown.query)


def _doubted(every: ForestSeries, shown: ForestSeries) -> list[Way]:
    """The way without the doubted trials, or back to them; none where there are none in view."""
    if shown.query.without:
        return [
            Way("Put back trials whose printed figures do not add up", _page(every, replace(shown.query, without="")))
        ]
    if shown.pooled_without_flagged is None:
        return []
    without = replace(shown.query, without=FLAGGED)
    return [Way("Leave out trials whose printed figures do not add up", _page(every, without))]


def _page(every: ForestSeries, query: ForestQuery) -> str:
    """The outcome's page with this view; every comparator is said, since the page narrows by itself."""
    said = query.params if query.comparator else "&".join(filter(None, [f"comparator={ANY}", query.params]))
    return f"{_address(every.outcome.get_absolute_url(), said)}#forest"


def _address(path: str, params: str) -> str:
    return f"{path}?{params}" if params else path
