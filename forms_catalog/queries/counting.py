"""Lists that live in a table: selecting their rows, and the numbers beside their options, all in one query.

Each facet is counted with the other filters on and its own off. One UNION of rows of the same shape (what, value,
number) holds them all, so that a list keeps its budget of queries however many facets it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import CharField, Count, F, Model, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from forms_catalog.queries.facets import Counts, Facet, Filters, Listing
from forms_catalog.queries.filters import MOST_WORDS

Rows = QuerySet[Any, Any]
ALL, WITHOUT = "*all", "*without"  # no facet has such a name


@dataclass(frozen=True, slots=True)
class Column(Facet):
    """A facet whose one value stands in the row, or is worked out from it."""

    value_of: Any = None
    """The expression that gives it; None: the field of the facet's name."""

    def narrow(self, rows: Rows, value: str) -> Rows:
        """The rows with this value."""
        return rows.alias(facet_value=self._expression()).filter(facet_value=value)

    def tally(self, rows: Rows) -> Rows:
        """How many rows there are of each value."""
        return _shaped(rows, what=self.name, value=self._expression(), number=Count("pk"))

    def _expression(self) -> Any:
        return F(self.name) if self.value_of is None else self.value_of


@dataclass(frozen=True, slots=True)
class Related(Facet):
    """A facet of which a row may have several values: records of another kind, by slug."""

    records: type[Model] = Model
    condition: Callable[[Any], Q] = Q
    """Condition on a row, given a slug inside a subquery: a value, or a reference two queries further out."""

    def narrow(self, rows: Rows, value: str) -> Rows:
        """The rows that have this value among theirs."""
        return rows.filter(self.condition(value))

    def tally(self, rows: Rows) -> Rows:
        """How many rows there are of each value. One subquery per record: cheap while these are few."""
        records = self.records._default_manager.all()
        return _shaped(records, what=self.name, value=F("slug"), number=number_of(rows, self.condition))


def number_of(rows: Rows, condition: Callable[[Any], Q]) -> Coalesce:
    """For a query of records with a slug: how many of `rows` fulfil the condition on each. See Related.condition."""
    matching = rows.filter(condition(OuterRef(OuterRef("slug")))).order_by().annotate(one=Value(1))
    return Coalesce(Subquery(matching.values("one").annotate(number=Count("pk")).values("number")), 0)


class TableFilters(Filters):
    """Filters of a list that lives in a table."""

    ORDER_BY: ClassVar[Mapping[str, tuple[Any, ...]]] = {"": ("pk",)}

    def every(self) -> Rows:
        """All rows readers may see."""
        raise NotImplementedError

    def mentions(self, word: str) -> Q:
        """Condition: the row mentions a word."""
        raise NotImplementedError

    def select(self) -> Rows:
        """The rows that match, in order."""
        rows = self.every()
        for facet in self.facets:
            if value := self.chosen.get(facet.name):
                rows = facet.narrow(rows, value)  # type: ignore[attr-defined]
        for word in self.q.split()[:MOST_WORDS]:
            rows = rows.filter(self.mentions(word))
        return rows.order_by(*self.ORDER_BY[self.order])

    def listing(self, *, count: int) -> Listing:
        """The list's numbers, given how many rows it has. One query."""
        return Listing(filters=self, counts=counts_of(self), count=count)


def counts_of(filters: TableFilters) -> Counts:
    """The numbers of a list. One query."""
    tallies = [facet.tally(filters.without(facet.name).select()) for facet in filters.facets]  # type: ignore[attr-defined]
    tallies += [_number(filters.without(name).select(), what=WITHOUT, value=name) for name in filters.in_force]
    every = _number(filters.every(), what=ALL, value="")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for what, value, number in every.union(*tallies, all=True):
        found[what][value] = number
    return Counts(by_value=found, without=found[WITHOUT], total=found[ALL].get("", 0))


def _number(rows: Rows, *, what: str, value: str) -> Rows:
    return _shaped(rows, what=what, value=Value(value), number=Count("pk"))


def _shaped(rows: Rows, *, what: str, value: Any, number: Any) -> Rows:
    shaped = rows.order_by().annotate(tally_of=Value(what, CharField()), tally_value=Cast(value, TextField()))
    counted = shaped.values("tally_of", "tally_value").annotate(tally_number=number)
    return counted.values_list("tally_of", "tally_value", "tally_number")
