"""Mechanisms by rungs: how many studies stand on each, and which rungs were searched and found empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from forms_catalog.explorer.state import ExplorerState
from forms_catalog.models import LadderEntry
from forms_catalog.models.vocabulary import PublicationStatus, Rung
from forms_catalog.queries.facets import lower_first

MOST_DOTS = 12


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


def ladder_of(state: ExplorerState) -> list[LadderRow]:
    """The ladders of a state. Two queries."""
    here, on_file = counts_in(state), counts_on_file()

    def cell(mechanism: str, rung: Rung) -> RungCell:
        studies, retracted = here.get((mechanism, rung.value), (0, 0))
        filed, searched = on_file.get((mechanism, rung.value), (0, None))
        return RungCell(
            mechanism=mechanism,
            mechanism_name=state.names.mechanisms[mechanism],
            rung=rung,
            query=state.at("rung", f"{mechanism}.{rung.value}").query_string if studies else "",
            studies=studies,
            retracted=retracted,
            on_file=filed,
            searched_on=searched,
        )

    return [
        LadderRow(slug, name, tuple(cell(slug, rung) for rung in Rung))
        for slug, name in state.names.mechanisms.items()
        if slug in state.chosen.get("mechanism", state.names.mechanisms)
    ]


def counts_in(state: ExplorerState) -> dict[tuple[str, str], tuple[int, int]]:
    """Studies in view on each rung, and how many of them were retracted. One query."""
    retracted = Count("study", distinct=True, filter=Q(study__publication_status=PublicationStatus.RETRACTED))
    rows = LadderEntry.objects.filter(study__in=state.select().order_by().values("pk")).order_by()
    counted = rows.values_list("mechanism__slug", "rung").annotate(
        studies=Count("study", distinct=True), retracted=retracted
    )
    return {(mechanism, rung): (studies, gone) for mechanism, rung, studies, gone in counted}


def counts_on_file() -> dict[tuple[str, str], tuple[int, date | None]]:
    """Public studies on each rung whatever the filters, and when an empty one was searched. One query."""
    public = Count("study", distinct=True, filter=Q(study__is_public=True))
    rows = LadderEntry.objects.order_by().values_list("mechanism__slug", "rung")
    counted = rows.annotate(studies=public, searched=Max("searched_on"))
    return {(mechanism, rung): (studies, searched) for mechanism, rung, studies, searched in counted}
