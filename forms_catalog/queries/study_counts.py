"""The list of studies by the index: how many, which, and the numbers beside the options.

Says the same as the filter's own `select` and `listing`, which ask the database; tests hold them together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from operator import and_

from forms_catalog.index.pages import Found
from forms_catalog.index.rows import Keys
from forms_catalog.index.studies import StudyIndex, study_index
from forms_catalog.models import Study
from forms_catalog.queries.facets import Counts, Listing
from forms_catalog.queries.filters import MOST_WORDS
from forms_catalog.queries.study_list import StudyFilter
from forms_catalog.remembered import remembered

IN_INDEX = {"outcome": "measured", "year": "period"}
"""Facets of the list that have another name in the index, where they may mean more."""


def studies_found(filters: StudyFilter) -> tuple[Found, Listing]:
    """The studies that match, in order, and the list's numbers. One query for words, and what the index asks."""
    index = study_index()
    sets = {name: index.of(IN_INDEX.get(name, name), value) for name, value in filters.chosen.items()}
    if filters.q:
        sets["q"] = index.set_of(_mentioning(filters))
    found = _all_of(index, sets)
    order = _ORDERED[filters.order]() if filters.order else None
    return Found(index, found, order=order), Listing(filters, _counts(index, filters, sets), found.bit_count())


def _mentioning(filters: StudyFilter) -> list[int]:
    rows = filters.every()
    for word in filters.q.split()[:MOST_WORDS]:
        rows = rows.filter(filters.mentions(word))
    keys = rows.order_by().aggregate(keys=Keys("pk"))["keys"]  # one long text comes sooner than thousands of rows
    return list(map(int, keys.split(","))) if keys else []


def _all_of(index: StudyIndex, sets: Mapping[str, int], *, but: str = "") -> int:
    return reduce(and_, (found for name, found in sets.items() if name != but), index.every)


def _counts(index: StudyIndex, filters: StudyFilter, sets: Mapping[str, int]) -> Counts:
    """Each facet counted with the other filters on and its own off."""
    by_value = {}
    for facet in filters.facets:
        others, name = _all_of(index, sets, but=facet.name), IN_INDEX.get(facet.name, facet.name)
        by_value[facet.name] = {value: (others & index.of(name, value)).bit_count() for value in facet.options}
    without = {name: _all_of(index, sets, but=name).bit_count() for name in sets}
    return Counts(by_value, without, len(index.keys))


def _read_order(name: str) -> Sequence[int]:
    return list(Study.objects.published().order_by(*StudyFilter.ORDER_BY[name]).values_list("pk", flat=True))


_ORDERED: Mapping[str, Callable[[], Sequence[int]]] = {
    name: remembered(partial(_read_order, name)) for name in StudyFilter.ORDERS if name
}
"""All studies in each order that is not the index's own."""
