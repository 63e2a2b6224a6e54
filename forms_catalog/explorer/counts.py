"""The numbers beside the explorer's options, and in its sentence: one query, however many facets and options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, Value

from forms_catalog.explorer.conditions import IS_RANDOMISED
from forms_catalog.explorer.facets import ExplorerFacet, Place
from forms_catalog.explorer.state import ExplorerState
from forms_catalog.models.vocabulary import StudyKind
from forms_catalog.queries.counting import Rows, shaped
from forms_catalog.queries.facets import Option
from forms_catalog.queries.filters import Choice

HERE, WITHOUT = "*here", "*without"  # no facet has such a name
MOST_TOGETHER = 400
"""SELECTs in one UNION: SQLite takes 500. The first edition has about a hundred."""
OF_ALL = {"found": Q(), "studies": Q(kind=StudyKind.STUDY), "randomised": IS_RANDOMISED}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted for one state: each facet with the other filters on and its own off."""

    state: ExplorerState
    by_value: Mapping[str, Mapping[str, int]]

    @property
    def found(self) -> int:
        """How many studies and sources match."""
        return self.by_value[HERE].get("found", 0)

    @property
    def said(self) -> str:
        """The query in words."""
        here = self.by_value[HERE]
        return self.state.sentence(
            count=self.found, studies=here.get("studies", 0), randomised=here.get("randomised", 0)
        )

    @property
    def fields(self) -> list[tuple[ExplorerFacet, list[Option]]]:
        """Facets with all they offer; a choice that would leave nothing stays in sight."""
        return [(facet, self.options(facet)) for facet in self.state.facets if not isinstance(facet, Place)]

    def options(self, facet: ExplorerFacet) -> list[Option]:
        """What one facet offers."""
        numbers, chosen = self.by_value.get(facet.name, {}), self.state.chosen.get(facet.name, ())
        return [Option(value, words, numbers.get(value, 0), value in chosen) for value, words in facet.options.items()]

    @property
    def ways_on(self) -> list[tuple[Choice, int]]:
        """For a view that came out empty: each facet whose removal finds something, with how much."""
        numbers = self.by_value.get(WITHOUT, {})
        return [(choice, numbers[name]) for name, choice in self.state.describe_whole() if numbers.get(name)]


def numbers_of(state: ExplorerState) -> Numbers:
    """The numbers of a state. One query for up to 400 options."""
    here = state.select()
    tallies = [_number(here.filter(only), what=HERE, value=name) for name, only in OF_ALL.items()]
    tallies += [_number(state.without(name).select(), what=WITHOUT, value=name) for name in state.in_force]
    for facet in state.facets:
        tallies += facet.tallies(state.without(facet.name).select())
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for some in batched(tallies, MOST_TOGETHER):
        for what, value, number in some[0].union(*some[1:], all=True):
            found[what][value] = number
    return Numbers(state, found)


def batched(tallies: list[Rows], size: int) -> list[list[Rows]]:
    """In portions of at most this size."""
    return [tallies[start : start + size] for start in range(0, len(tallies), size)]


def _number(rows: Rows, *, what: str, value: str) -> Rows:
    return shaped(rows, what=what, value=Value(value), number=Count("pk"))
