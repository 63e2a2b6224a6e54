"""The numbers beside the explorer's options, and in its sentence, counted in the index of studies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from forms_catalog.explorer.facets import ExplorerFacet, Place
from forms_catalog.explorer.state import ExplorerState
from forms_catalog.index.studies import StudyIndex, study_index
from forms_catalog.models.vocabulary import StudyKind
from forms_catalog.queries.facets import Option
from forms_catalog.queries.filters import Choice

HERE, WITHOUT = "*here", "*without"  # no facet has such a name


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


def numbers_of(state: ExplorerState, index: StudyIndex | None = None) -> Numbers:
    """The numbers of a state. As many queries as the index asks."""
    index = study_index() if index is None else index
    here = found_in(state, index)
    found = {facet.name: _options(facet, state, index) for facet in state.facets if not isinstance(facet, Place)}
    found[HERE] = {name: (here & only).bit_count() for name, only in _of_all(index).items()}
    found[WITHOUT] = {name: found_in(state.without(name), index).bit_count() for name in state.in_force}
    return Numbers(state, found)


def found_in(state: ExplorerState, index: StudyIndex) -> int:
    """The set of studies that match: what `state.select` asks the database for."""
    sets = [_any_of(name, values, state, index) for name, values in state.chosen.items()]
    if state.first or state.last:
        sets.append(index.between(state.first, state.last))
    return reduce(and_, sets, index.every)


def _any_of(facet: str, values: Iterable[str], state: ExplorerState, index: StudyIndex) -> int:
    return reduce(or_, (_having(facet, value, state, index) for value in values))


def _having(facet: str, value: str, state: ExplorerState, index: StudyIndex) -> int:
    """A direction is that of the results for the outcomes asked for."""
    if facet == "direction":
        return index.pointing(value, outcomes=state.chosen.get("outcome", ()))
    return index.of(facet, value)


def _options(facet: ExplorerFacet, state: ExplorerState, index: StudyIndex) -> dict[str, int]:
    others = state.without(facet.name)
    rest = found_in(others, index)
    return {value: (rest & _having(facet.name, value, others, index)).bit_count() for value in facet.options}


def _of_all(index: StudyIndex) -> dict[str, int]:
    return {
        "found": index.every,
        "studies": index.of("kind", StudyKind.STUDY.value),
        "randomised": index.of("randomised", "1"),
    }
