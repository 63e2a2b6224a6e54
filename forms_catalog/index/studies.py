"""The index of studies: for each thing that a study can be found by, the set of studies it is true of.

A study is a place in the order of the lists, newest first. What a filter selects is then `&` of a few sets, and the
number beside an option is one more `&` and a count: exact for any combination, without a question to the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from forms_catalog.index import rows
from forms_catalog.index.bits import bits_of, first_of, numbers_in
from forms_catalog.index.making import sets_of
from forms_catalog.remembered import remembered

FIRST = 50
"""So many are found quicker one by one than by writing the whole set out."""


@dataclass(frozen=True, slots=True, eq=False)
class StudyIndex:
    """All public studies by what they can be found by. Equal to itself alone: sets of one mean nothing to another."""

    keys: tuple[int, ...]
    """Primary keys by place."""
    sets: Mapping[tuple[str, str], int]
    """By facet and value."""
    results: Mapping[tuple[str, str, str], int]
    """By outcome, the outcome it is a part of, and direction of the result."""

    @property
    def every(self) -> int:
        """All of them."""
        return (1 << len(self.keys)) - 1

    def of(self, facet: str, value: str) -> int:
        """The studies that have this value of a facet."""
        return self.sets.get((facet, value), 0)

    def any_of(self, facet: str, values: Iterable[str]) -> int:
        """The studies that have one of these values."""
        return reduce(or_, (self.of(facet, value) for value in values), 0)

    def values(self, facet: str) -> Iterator[tuple[str, int]]:
        """The values that occur of a facet, each with its studies."""
        return ((value, found) for (name, value), found in self.sets.items() if name == facet)

    def whole(self, facet: str) -> int:
        """The studies of which anything is said under a facet."""
        return reduce(or_, (found for _, found in self.values(facet)), 0)

    def pointing(self, direction: str, *, outcomes: Collection[str]) -> int:
        """Studies with a result in this direction; for one of the outcomes or a part of it, where any are named."""
        return reduce(
            or_,
            (
                found
                for (outcome, wider, way), found in self.results.items()
                if way == direction and (not outcomes or outcome in outcomes or wider in outcomes)
            ),
            0,
        )

    def between(self, first: int | None, last: int | None) -> int:
        """Studies of these years, ends included; one without a year is of none."""
        years = [int(year) for year, _ in self.values("year") if year]
        return self.any_of("year", (str(year) for year in years if (first or year) <= year <= (last or year)))

    def keys_of(self, found: int, *, start: int = 0, stop: int | None = None) -> list[int]:
        """Primary keys of a set of studies, newest first, or of a stretch of them."""
        if stop is not None and stop <= FIRST:
            return [self.keys[place] for place in first_of(found, stop)[start:]]
        return [self.keys[place] for place in islice(numbers_in(found), start, stop)]

    def set_of(self, keys: Collection[int]) -> int:
        """The set of the studies with these primary keys; keys that are not public are left out."""
        wanted = frozenset(keys)
        return bits_of([place for place, key in enumerate(self.keys) if key in wanted])


@remembered
def study_index() -> StudyIndex:
    """The index as things stand. No query on a public page when it is remembered, else three."""
    columns = rows.studies()
    keys = columns.pop("pk")
    places = dict(zip(keys, range(len(keys)), strict=True))
    sets, results = sets_of(columns, rows.trials(), rows.said(), places)
    return StudyIndex(keys, sets, results)
