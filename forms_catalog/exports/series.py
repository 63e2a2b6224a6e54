"""One list as data: the rows that an address asks for, in the page's order, read in portions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from forms_catalog.exports.columns import Table

PORTION = 500
"""Rows read from the database at once: a download of any length needs the memory of one portion."""

Reader = Callable[[int, int], list[Any]]
"""Records from one place to another, the last not included."""


class Asked(Protocol):
    """What an address asks of a list: `forms_catalog.queries.facets.Filters`, or what behaves like it."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What was not understood."""

    def to_params(self) -> dict[str, str]:
        """What is in force, by name, in one order."""

    def sentence(self, *, count: int, total: int) -> str:
        """The question in words."""


@dataclass(frozen=True, slots=True)
class Series:
    """The rows of one list."""

    table: Table
    filters: Asked
    total: int
    """Rows without any filter."""
    count: int
    read: Reader

    @property
    def said(self) -> str:
        """The query in words, as the page says it."""
        return self.filters.sentence(count=self.count, total=self.total)

    def portions(self) -> Iterator[list[Any]]:
        """All records, a portion at a time."""
        for start in range(0, self.count, PORTION):
            yield self.read(start, start + PORTION)


def kept(records: Sequence[Any]) -> Reader:
    """Reads records that are in memory already."""
    return lambda start, stop: list(records[start:stop])


def by_key(keys: Sequence[int], rows: QuerySet[Any]) -> Reader:
    """Reads `rows` in the order of `keys`, each portion by itself.

    So a slow download keeps no transaction open, and a record hidden meanwhile is left out.
    """

    def read(start: int, stop: int) -> list[Any]:
        wanted = keys[start:stop]
        found = rows.in_bulk(wanted)
        return [found[key] for key in wanted if key in found]

    return read
