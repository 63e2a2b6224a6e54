"""Mechanisms by rungs: how many studies stand on each, and which rungs were searched and found empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from forms_catalog.explorer.counts import found_in
from forms_catalog.explorer.state import ExplorerState
from forms_catalog.index.studies import StudyIndex, study_index
from forms_catalog.models import LadderEntry
from forms_catalog.models.vocabulary import PublicationStatus, Rung
from forms_catalog.queries.facets import lower_first

MOST_DOTS = 12
Place = tuple[str, str]
"""A mechanism and a rung, by slug and value."""


@dataclass(frozen=True, slots=True)
class RungCell:
    """One rung of one mechanism's ladder."""

    mechanism: str
    mechanism_name: str
    rung: Rung
    query: str
    """The address of its studies, after the question mark."""
    studies: int = 0
    retracted: int = 0
    on_file: int = 0
    """Studies on file whatever the filters."""
    searched_on: date | None = None

    @property
    def standing(self) -> int:
        """Studies in view that their journals have not taken back."""
        return self.studies - self.retracted

    @property
    def dots(self) -> list[str]:
        """A mark for each study in view: it stands, or was retracted. The first dozen."""
        return (["counted"] * self.standing + ["filed"] * self.retracted)[:MOST_DOTS]

    @property
    def more(self) -> int:
        """Studies beyond the dots that are drawn."""
        return max(0, self.studies - MOST_DOTS)

    @property
    def found(self) -> str:
        """How many studies stand here, in words."""
        if self.studies:
            return f"{self.studies} stud{'y' if self.studies == 1 else 'ies'}"
        return "None with these filters" if self.on_file else "None found" if self.searched_on else "None on file"

    @property
    def rests_on(self) -> str:
        """What else to know of it: retractions, or when anyone looked. May be empty."""
        if self.studies:
            return f"{self.retracted} of them retracted" if self.retracted else ""
        if self.on_file:
            return f"{self.on_file} without"
        return f"searched {self.searched_on.day} {self.searched_on:%b %Y}" if self.searched_on else "no search on file"

    @property
    def rung_words(self) -> str:
        """The rung inside a sentence."""
        return lower_first(str(self.rung.label))

    @property
    def name(self) -> str:
        """Which rung it is."""
        return f"{self.mechanism_name}, {self.rung_words}"

    @property
    def in_words(self) -> str:
        """All of it in one line."""
        return f"{self.name}: {', '.join(filter(None, [self.found, self.rests_on]))}"


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One mechanism with its rungs, lowest first."""

    mechanism: str
    name: str
    cells: tuple[RungCell, ...]


def ladder_of(state: ExplorerState, index: StudyIndex | None = None) -> list[LadderRow]:
    """The ladders of a state. One query, and what the index asks."""
    index = study_index() if index is None else index
    here, on_file, searched = counts_in(state, index), counts_on_file(index), searches()

    def cell(mechanism: str, rung: Rung) -> RungCell:
        place = (mechanism, rung.value)
        studies, retracted = here.get(place, (0, 0))
        return RungCell(
            mechanism=mechanism,
            mechanism_name=state.names.mechanisms[mechanism],
            rung=rung,
            query=state.at("rung", f"{mechanism}.{rung.value}").query_string if studies else "",
            studies=studies,
            retracted=retracted,
            on_file=on_file.get(place, 0),
            searched_on=searched.get(place),
        )

    return [
        LadderRow(slug, name, tuple(cell(slug, rung) for rung in Rung))
        for slug, name in state.names.mechanisms.items()
        if slug in state.chosen.get("mechanism", state.names.mechanisms)
    ]


def counts_in(state: ExplorerState, index: StudyIndex) -> dict[Place, tuple[int, int]]:
    """Studies in view on each rung, and how many of them were retracted."""
    here, retracted = found_in(state, index), index.of("status", PublicationStatus.RETRACTED.value)
    on_rungs = {place: here & found for place, found in _rungs(index)}
    return {place: (found.bit_count(), (found & retracted).bit_count()) for place, found in on_rungs.items()}


def counts_on_file(index: StudyIndex) -> dict[Place, int]:
    """Public studies on each rung whatever the filters."""
    return {place: found.bit_count() for place, found in _rungs(index)}


def _rungs(index: StudyIndex) -> Iterator[tuple[Place, int]]:
    for place, found in index.values("rung"):
        mechanism, _, rung = place.partition(".")
        yield (mechanism, rung), found


def searches() -> dict[Place, date | None]:
    """When an empty rung was searched. One query."""
    rows = LadderEntry.objects.order_by().values_list("mechanism__slug", "rung").annotate(searched=Max("searched_on"))
    return {(mechanism, rung): searched for mechanism, rung, searched in rows}
