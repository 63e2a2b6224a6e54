"""Lists that are short and hold values no table has, such as a computed share or a grade: filtered and counted here.

The catalog has some dozens of forms, mechanisms and outcomes, and a list of them reads them all anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Generic, TypeVar

from forms_catalog.queries.facets import Counts, Filters, Listing

Item = TypeVar("Item")
Values = Callable[[Item, str], Collection[str]]
"""The values an item has of a facet."""


class Shelf(Generic[Item]):
    """All items of a list, with the ones that match."""

    def __init__(self, items: Iterable[Item], *, filters: Filters, values: Values[Item]) -> None:
        self.items, self.filters, self.values = list(items), filters, values

    def matching(self, filters: Filters) -> list[Item]:
        """The items that have every value asked for."""
        asked = filters.chosen.items()
        return [item for item in self.items if all(value in self.values(item, name) for name, value in asked)]

    def found(self, order: Mapping[str, Callable[[Item], Any]]) -> list[Item]:
        """The items that match, in the order asked for."""
        return sorted(self.matching(self.filters), key=order[self.filters.order])

    def listing(self) -> Listing:
        """The list's numbers."""
        return Listing(filters=self.filters, counts=self.counts(), count=len(self.matching(self.filters)))

    def counts(self) -> Counts:
        """Each facet counted with the other filters on and its own off."""
        names = [facet.name for facet in self.filters.facets]
        others = {name: self.matching(self.filters.without(name)) for name in names}
        return Counts(
            by_value={
                name: Counter(value for item in items for value in self.values(item, name))
                for name, items in others.items()
            },
            without={name: len(others[name]) for name in self.filters.in_force},
            total=len(self.items),
        )
