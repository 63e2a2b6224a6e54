"""What one address asks of the explorer: read, written in one spelling, said in words.

Unknown values are left out with a notice; a name that means nothing here is left out without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import F
from django.http import QueryDict
from django.utils.http import urlencode

from forms_catalog.explorer.facets import ExplorerFacet, Names, explorer_facets
from forms_catalog.models import Study
from forms_catalog.models.studies import FIRST_YEAR, LAST_YEAR
from forms_catalog.queries.counting import Rows
from forms_catalog.queries.facets import lower_first
from forms_catalog.queries.filters import LONGEST_ECHO, Choice, clean_text
from forms_catalog.queries.paging import LONGEST_NUMBER

MATRIX, LADDER, STUDIES = "matrix", "ladder", "studies"
VIEWS = {MATRIX: "Forms by outcome", LADDER: "Mechanisms, rung by rung", STUDIES: "Studies"}
MOST_VALUES = 100
LONGEST_QUERY = 6_000
MOST_NOTICES = 5
YEARS = ("from", "to")


class TooMuchError(Exception):
    """More is asked for at once than one view takes."""


@dataclass(frozen=True)
class ExplorerState:
    """A view of the evidence, and what it is narrowed to."""

    names: Names = field(default_factory=Names, compare=False, repr=False)
    view: str = MATRIX
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values by facet, both in the facets' own order."""
    first: int | None = None
    last: int | None = None
    """Years, ends included."""
    page: int = 1
    notices: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_params(cls, params: QueryDict, *, names: Names) -> ExplorerState:
        """Read an address. Raises TooMuchError."""
        if sum(len(values) for _, values in params.lists()) > MOST_VALUES:
            raise TooMuchError
        notices: list[str] = []
        facets = explorer_facets(names)
        chosen = {facet.name: _known(params.getlist(facet.name), facet, notices) for facet in facets}
        view = _view(params.get("view") or "", notices)
        years = [_year(params.get(name) or "", name, notices) for name in YEARS]
        first, last = sorted(years) if all(years) else years  # type: ignore[type-var]
        return cls(
            names=names,
            view=view,
            chosen={name: values for name, values in chosen.items() if values},
            first=first,
            last=last,
            page=_page(params.get("page") or "") if view == STUDIES else 1,
            notices=tuple(notices[:MOST_NOTICES]),
        )

    def to_params(self) -> list[tuple[str, str]]:
        """What is in force, in the one order it is written in."""
        params = [("view", self.view)] if self.view != MATRIX else []
        params += [(name, value) for name, values in self.chosen.items() for value in values]
        params += [(name, str(year)) for name, year in zip(YEARS, (self.first, self.last), strict=True) if year]
        return params + ([("page", str(self.page))] if self.page > 1 else [])

    @cached_property
    def query_string(self) -> str:
        """The address, after its question mark."""
        return urlencode(self.to_params())

    @cached_property
    def facets(self) -> tuple[ExplorerFacet, ...]:
        """What the view can be narrowed by."""
        return explorer_facets(self.names, outcomes=self.chosen.get("outcome", ()))

    @property
    def in_force(self) -> list[str]:
        """Names of what narrows the view."""
        return [*self.chosen, *(["years"] if self.first or self.last else [])]

    def without(self, name: str, value: str = "") -> ExplorerState:
        """The same with one facet dropped, or one of its values; from the first page."""
        if name == "years":
            return replace(self, first=None, last=None, page=1)
        kept = tuple(each for each in self.chosen.get(name, ()) if value and each != value)
        chosen = {key: kept if key == name else values for key, values in self.chosen.items()}
        return replace(self, chosen={key: values for key, values in chosen.items() if values}, page=1)

    def seen_as(self, view: str) -> ExplorerState:
        """The same studies in another view, from the first page."""
        return replace(self, view=view, page=1)

    @property
    def as_list(self) -> str:
        """The address of the same studies as a list."""
        return self.seen_as(STUDIES).query_string

    def at(self, name: str, place: str) -> ExplorerState:
        """The studies of one place of the matrix or of a ladder."""
        chosen = {**self.chosen, name: (place,)}
        ordered = {facet.name: chosen[facet.name] for facet in self.facets if facet.name in chosen}
        return replace(self, view=STUDIES, chosen=ordered, page=1)

    def select(self) -> Rows:
        """The public studies that match, newest first, those without a year last on every engine."""
        rows: Rows = Study.objects.published()
        for facet in self.facets:
            if values := self.chosen.get(facet.name):
                rows = facet.among(rows, values)
        if self.first:
            rows = rows.filter(year__gte=self.first)
        if self.last:
            rows = rows.filter(year__lte=self.last)
        return rows.order_by(F("year").desc(nulls_last=True), "slug")

    def describe(self) -> list[Choice]:
        """Each value in force in words, with the way to drop it."""
        choices = [
            Choice(facet.label.lower(), facet.options[value], self.without(facet.name, value).query_string)
            for facet in self.facets
            for value in self.chosen.get(facet.name, ())
        ]
        return choices + ([self._whole("years")] if self.first or self.last else [])

    def describe_whole(self) -> list[tuple[str, Choice]]:
        """Each facet in force in words, with its name and the way to drop all of it."""
        return [(name, self._whole(name)) for name in self.in_force]

    def _whole(self, name: str) -> Choice:
        if name == "years":
            return Choice("years", self.years, self.without(name).query_string)
        facet = next(each for each in self.facets if each.name == name)
        return Choice(facet.label.lower(), self.words(facet), self.without(name).query_string)

    def words(self, facet: ExplorerFacet) -> str:
        """What is asked of a facet: 'glycinate or taurate'; empty when nothing is."""
        return either([lower_first(facet.options[value]) for value in self.chosen.get(facet.name, ())])

    @property
    def years(self) -> str:
        """The stretch of years in words; empty when any will do."""
        if self.first and self.last:
            return f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"
        return f"since {self.first}" if self.first else f"until {self.last}" if self.last else ""

    @property
    def narrowed(self) -> str:
        """What narrows the view, as it follows 'studies': ' of glycinate for anxiety'."""
        said = "".join(facet.phrase.format(words) for facet in self.facets if (words := self.words(facet)))
        return f"{said}, {self.years}" if self.years else said

    def sentence(self, *, count: int, studies: int, randomised: int) -> str:
        """The query in words. `studies`: how many of the sources found are studies; a regulator's page is none."""
        one, more = ("study", "studies") if studies == count else ("study or source", "studies and sources")
        said = f"{count:,} {one if count == 1 else more}{self.narrowed}"
        return f"{said}, {randomised:,} randomised." if count else f"{said}."


def either(words: Sequence[str]) -> str:
    """'a, b or c'."""
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _known(values: Iterable[str], facet: ExplorerFacet, notices: list[str]) -> tuple[str, ...]:
    asked = {value for value in values if value}
    notices += [_left_out(facet.name, value) for value in sorted(asked - set(facet.options))]
    return tuple(value for value in facet.options if value in asked)


def _view(value: str, notices: list[str]) -> str:
    if value and value not in VIEWS:
        notices.append(_left_out("view", value))
    return value if value in VIEWS else MATRIX


def _year(value: str, name: str, notices: list[str]) -> int | None:
    text = value.strip()
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    if text:
        notices.append(_left_out(name, text))
    return None


def _page(value: str) -> int:
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER else 1


def _left_out(name: str, value: str) -> str:
    return f"The filter {name} has no value “{clean_text(value)[:LONGEST_ECHO]}”, so it was left out."
