"""Charts drawn from the catalog: series → geometry → template. The table beside a chart comes from the same series."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.template.loader import render_to_string

from forms_catalog.charts.series import ForestSeries, forest_series, outcomes_with_series
from forms_catalog.charts.view import forest_view

_FOREST = re.compile(r"forest\?outcome=([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart."""

    title: str
    html: str
    """From our own template, escaped by it."""


def draw(keys: Collection[str]) -> dict[str, Chart]:
    """The charts that exist and have something to show, by key, in two queries."""
    asked = {key: match[1] for key in keys if (match := _FOREST.fullmatch(key.lower()))}
    series = forest_series(set(asked.values())) if asked else {}
    return {key: _forest(series[slug]) for key, slug in asked.items() if slug in series}


def available() -> list[str]:
    """Keys of every chart that can be drawn."""
    return [f"forest?outcome={slug}" for slug in outcomes_with_series()]


def _forest(series: ForestSeries) -> Chart:
    view = forest_view(series)
    return Chart(title=view.title, html=render_to_string("charts/forest.html", {"chart": view}).strip())
