"""Charts drawn from the catalog: series → geometry → template. The table beside a chart comes from the same series."""

from collections.abc import Collection
from dataclasses import dataclass

from django.template.loader import render_to_string

from forms_catalog.charts.maps import NAMES, draw_map, mistakes
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
    """The charts that exist and have something to show, by key; all forest plots together take three queries."""
    asked = {key: query for key in keys if (query := ForestQuery.from_key(key))}
    series = forest_series({query.outcome for query in asked.values()}) if asked else {}
    views = {key: series[query.outcome].narrowed(query) for key, query in asked.items() if query.outcome in series}
    drawn = {key: draw_forest(view) for key, view in views.items() if view.rows}
    maps = {key: found for key in keys if key not in asked and (found := draw_map(key))}
    return drawn | {key: Chart(found.title, found.html) for key, found in maps.items()}


def explain(key: str) -> str:
    """Why a key has no chart."""
    found = mistakes(key)
    if not found:
        return f"There is no chart “{key}”, or nothing to draw in it."
    return f"The chart “{key}” is not understood. {' '.join(mistake.message for mistake in found)}"


def better(key: str) -> list[str]:
    """The key with each mistake mended in turn, nearest first; empty where only its name is wrong."""
    name = key.lower().partition("?")[0]
    return [f"{name}?{query}" for mistake in mistakes(key) for query in mistake.better]


def available() -> list[str]:
    """Keys of every chart that can be drawn."""
    return [*(f"forest?outcome={slug}" for slug in outcomes_with_series()), *NAMES]


def draw_forest(series: ForestSeries) -> Chart:
    """A forest plot of what is in view."""
    view = forest_view(series)
    return Chart(title=view.title, html=render_to_string("charts/forest.html", {"chart": view}).strip())
