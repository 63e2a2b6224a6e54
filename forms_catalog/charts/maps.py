"""The explorer's pictures inside an article: forms by outcome, mechanisms by rung, and pathways, narrowed as there.

matrix?form=citrate&form=glycinate&outcome=sleep · ladder?mechanism=nmda · pathways?form=oxide

They are the explorer's own series in its own parts, so that an article and the explorer cannot disagree. An address
forgives what it does not know; a text that is published may not, so that `mistakes` names each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from forms_catalog.charts.mistakes import Mistake, mistakes_in
from forms_catalog.explorer.counts import OF_ALL
from forms_catalog.explorer.facets import Names, Place, explorer_facets, read_names
from forms_catalog.explorer.ladder import ladder_of
from forms_catalog.explorer.matrix import matrix_of
from forms_catalog.explorer.pathways import PathwayFilter, grouped, last_changed, pathway_facets, pathways, source_line
from forms_catalog.explorer.pathways_drawing import draw_pathways
from forms_catalog.explorer.state import LADDER, MATRIX, MOST_VALUES, VIEWS, YEARS, ExplorerState
from forms_catalog.models.studies import FIRST_YEAR, LAST_YEAR
from forms_catalog.models.vocabulary import Rung

PATHWAYS = "pathways"
NAMES = (MATRIX, LADDER, PATHWAYS)
PATHWAYS_TITLE = "From form to mechanism to outcome"


@dataclass(frozen=True, slots=True)
class MapChart:
    """A drawn picture."""

    title: str
    html: str
    """From our own template, escaped by it."""


@dataclass(frozen=True, slots=True)
class MapQuery:
    """Which picture a key names, and what it narrows it to, word by word as it is written."""

    name: str
    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def from_key(cls, key: str) -> MapQuery | None:
        """None for another kind of chart, and for more filters than a view takes."""
        name, _, query = key.lower().partition("?")
        if name not in NAMES or query.count("&") >= MOST_VALUES:
            return None
        return cls(name, tuple(parse_qsl(query, keep_blank_values=True)))

    @property
    def query_string(self) -> str:
        """As the explorer's address has it."""
        return urlencode(self.pairs)


def draw_map(key: str) -> MapChart | None:
    """The picture of a key; None where something in it is not understood, or where there is nothing to draw."""
    query = MapQuery.from_key(key)
    if query is None:
        return None
    if query.name == PATHWAYS:
        return _pathways(query)
    names = read_names()
    return None if mistakes_in(query.pairs, _options(names), repeats=True) else _explorer(query, names)


def mistakes(key: str) -> list[Mistake]:
    """What a key asks for that there is not; empty for another kind of chart."""
    query = MapQuery.from_key(key)
    if query is None:
        return []
    if query.name == PATHWAYS:
        return mistakes_in(query.pairs, {facet.name: facet.options for facet in pathway_facets()}, repeats=False)
    return mistakes_in(query.pairs, _options(read_names()), repeats=True)


def _options(names: Names) -> dict[str, Mapping[str, str]]:
    """The values of each filter that a picture takes: the explorer's, but for its places."""
    years = {str(year): "" for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    facets = {facet.name: facet.options for facet in explorer_facets(names) if not isinstance(facet, Place)}
    return facets | dict.fromkeys(YEARS, years)


def _explorer(query: MapQuery, names: Names) -> MapChart | None:
    asked = QueryDict(urlencode([("view", query.name), *query.pairs]))
    state = ExplorerState.from_params(asked, names=names)
    numbers = state.select().order_by().aggregate(**{name: Count("pk", filter=only) for name, only in OF_ALL.items()})
    if not numbers["found"]:
        return None
    said = state.sentence(count=numbers.pop("found"), **numbers)
    return _drawn(VIEWS[query.name], f"charts/{query.name}.html", {"finding": said} | _SERIES[query.name](state))


_SERIES: dict[str, Callable[[ExplorerState], dict[str, Any]]] = {
    MATRIX: lambda state: {"matrix": matrix_of(state)},
    LADDER: lambda state: {"ladder": ladder_of(state), "rungs": list(Rung)},
}


def _pathways(query: MapQuery) -> MapChart | None:
    facets = pathway_facets()
    if mistakes_in(query.pairs, {facet.name: facet.options for facet in facets}, repeats=False):
        return None
    filters = PathwayFilter.read(dict(query.pairs), facets=facets)
    series = pathways(filters)
    if not (series.left or series.right):
        return None
    narrowed = "".join(f", {choice.label}: {choice.words}" for choice in filters.describe())
    asked = f"?{filters.query_string}" if filters.query_string else ""
    context = {
        "series": series,
        "drawing": draw_pathways(series),
        "lists": [
            ("From form to mechanism", grouped(series.left)),
            ("From mechanism to outcome", grouped(series.right)),
        ],
        "base": f"{reverse('compare:pathways')}{asked}",
    }
    return _drawn(f"{PATHWAYS_TITLE}{narrowed}", "charts/pathways.html", context)


def _drawn(title: str, template: str, context: dict[str, Any]) -> MapChart:
    shown = {"title": title, "source": source_line(last_changed()), "base": reverse("explorer:explore")} | context
    return MapChart(title, render_to_string(template, shown).strip())
