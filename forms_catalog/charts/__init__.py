"""Charts drawn from the catalog: series → geometry → template. The table beside a chart comes from the same series."""

from collections.abc import Collection
from dataclasses import dataclass

from django.template.loader import render_to_string

from forms_catalog.charts.query import ForestQuery
from forms_catalog.charts.series import ForestSeries, forest_series, outcomes_with_series
from forms_catalog.charts.view import forest_view


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart."""

    title: str
    html: str
    """From our own template, escaped by it."""


def draw(keys: Collection[str]) -> dict[str, Chart]:
    """The charts that exist and have something to show, by key, in three queries."""
    asked = {key: query for key in keys if (query := ForestQuery.from_key(key))}
    series = forest_series({query.outcome for query in asked.values()}) if asked else {}
    views = {key: series[query.outcome].narrowed(query) for key, query in asked.items() if query.outcome in series}
    return {key: draw_forest(view) for key, view in views.items() if view.rows}


def available() -> list[str]:
    """Keys of every chart that can be drawn."""
    return [f"forest?outcome={slug}" for slug in outcomes_with_series()]


def draw_forest(series: ForestSeries) -> Chart:
    """A forest plot of what is in view."""
    view = forest_view(series)
    return Chart(title=view.title, html=render_to_string("charts/forest.html", {"chart": view}).strip())
