"""The list of mechanisms: which filters it takes, and what a row shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Prefetch

from forms_catalog.index.studies import study_index
from forms_catalog.models import LadderEntry, Mechanism
from forms_catalog.models.vocabulary import Rung
from forms_catalog.queries.facets import Facet, Filters
from forms_catalog.queries.mechanisms import RungOfLadder, ladder_in, reach
from forms_catalog.queries.shelf import Shelf

NOWHERE = "none"
REACHES = {**{rung.value: str(rung.label) for rung in reversed(Rung)}, NOWHERE: "No rung yet"}
SCALE = list(REACHES)
IN_ARTICLE = {"1": "Named in the first article"}


class MechanismFilter(Filters):
    """Filters of the list of mechanisms, as they stand in its address."""

    NOUN = ("mechanism", "mechanisms")
    ORDERS: ClassVar[Mapping[str, str]] = {
        "": "By name",
        "reach": "Highest rung first",
        "studies": "Most studied first",
    }


@dataclass(frozen=True, slots=True)
class MechanismRow:
    """A mechanism as the list shows it."""

    mechanism: Mechanism
    rungs: list[RungOfLadder]
    """Their studies counted, none listed."""
    studies: int
    """Public studies on its ladder, each once."""

    @property
    def reach(self) -> RungOfLadder | None:
        """The highest rung on which a study stands."""
        return reach(self.rungs)

    def values(self, facet: str) -> list[str]:
        """Its values of a facet."""
        if facet == "reach":
            return [self.reach.rung.value if self.reach else NOWHERE]
        return list(IN_ARTICLE) if self.mechanism.in_first_article else []


ORDER: Mapping[str, Callable[[MechanismRow], Any]] = {
    "": lambda row: row.mechanism.name,
    "reach": lambda row: (SCALE.index(row.values("reach")[0]), row.mechanism.name),
    "studies": lambda row: (-row.studies, row.mechanism.name),
}
FACETS = (
    Facet("reach", "Highest rung reached", "Any rung", REACHES, "evidence up to “{}”", keeps_case=True),
    Facet("article", "First article", "All mechanisms", IN_ARTICLE),
)


def mechanism_list_page(params: Mapping[str, str]) -> dict[str, Any]:
    """The list of mechanisms that an address asks for. As many queries as `mechanism_rows`."""
    shelf = Shelf(mechanism_rows(), filters=MechanismFilter.read(params, facets=FACETS), values=MechanismRow.values)
    return {"rows": shelf.found(ORDER), "listing": shelf.listing()}


def mechanism_rows() -> list[MechanismRow]:
    """All mechanisms with what the list shows of them. Two queries, and what the index asks."""
    empty = Prefetch("ladder", queryset=LadderEntry.objects.filter(study__isnull=True))
    index = study_index()
    return [
        MechanismRow(
            mechanism,
            ladder_in(index, mechanism.slug, list(mechanism.ladder.all())),
            index.any_of("rung", (f"{mechanism.slug}.{rung.value}" for rung in Rung)).bit_count(),
        )
        for mechanism in Mechanism.objects.prefetch_related(empty)
    ]
