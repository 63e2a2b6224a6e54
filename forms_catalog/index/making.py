"""From rows to sets: which facet and value each thing that was read counts for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from forms_catalog.grading.sources import RANDOMISED
from forms_catalog.index import rows
from forms_catalog.index.bits import bits_of, sets_at, sets_by
from forms_catalog.index.rows import Said

Sets = dict[tuple[str, str], int]
Results = dict[tuple[str, str, str], int]
FACETS = {
    "publication_status": "status",
    "form__slug": "given",
    "trial__baseline_magnesium": "magnesium",
    "trial__funding_type": "funding",
}
"""Facets whose column has another name."""


def sets_of(
    studies: rows.Table, trials: rows.Table, said: Iterable[Said], places: Mapping[int, int]
) -> tuple[Sets, Results]:
    """All sets, and those of results by outcome, wider outcome and direction; `places` of public studies by key."""
    sets: Sets = defaultdict(int)
    results: Results = defaultdict(int)
    for name, column in studies.items():
        _file(sets, name, sets_by(column))
    at = [places[key] for key in trials["pk"]]
    for name, column in trials.items():
        if name != "pk":
            _file(sets, name, sets_at(at, column))
    for each in said:
        found = bits_of([place for place in map(places.get, each.keys) if place is not None])
        if each.kind == rows.RESULT:
            results[each.first, each.wider, each.second] |= found
        for facet, value in _COUNTS_FOR[each.kind](each):
            sets[facet, value] |= found
    for facet, form in list(sets):
        if facet == "given":
            sets["form", form] |= sets["given", form]
    _by_chance(sets)
    return dict(sets), dict(results)


def _file(sets: Sets, name: str, found: Mapping[object, int]) -> None:
    for value, places in found.items():
        if name == "recruited":
            for condition in json.loads(str(value)):
                sets["condition", condition] |= places
        elif name.startswith("age_"):
            sets["age", name.removeprefix("age_") if value else ""] |= places
        else:
            sets[FACETS.get(name, name), "" if value is None else str(value)] |= places


def _by_chance(sets: Sets) -> None:
    """What the explorer calls randomised: by design, unless its trial was seen not to be."""
    for design in RANDOMISED:
        sets["randomised", "1"] |= sets["design", design]
    sets["randomised", "1"] &= ~sets["not_by_chance", "1"]


def _result(said: Said) -> list[tuple[str, str]]:
    outcomes = [said.first, said.wider] if said.wider else [said.first]
    found = [(facet, outcome) for outcome in outcomes for facet in ("measured", "outcome")]
    return [*found, ("result", said.first)]


def _filed(said: Said) -> list[tuple[str, str]]:
    outcomes = [said.second, said.wider] if said.wider else [said.second]
    found = [("outcome", outcome) for outcome in outcomes]
    return [*found, ("form", said.first), ("cell", f"{said.first}.{said.second}")]


_COUNTS_FOR: Mapping[str, Callable[[Said], list[tuple[str, str]]]] = {
    rows.RESULT: _result,
    rows.ARM: lambda said: [("given", said.first)],
    rows.FILED: _filed,
    rows.LOOKED: lambda said: [("looked", f"{said.first}.{said.second}")],
    rows.NAMED: lambda said: [("mechanism", said.first)],
    rows.RUNG: lambda said: [("mechanism", said.first), ("rung", f"{said.first}.{said.second}")],
}
"""The facets and values that a thing said counts for."""
