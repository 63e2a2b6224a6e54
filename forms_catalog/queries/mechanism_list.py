"""The list of mechanisms: which filters it takes, and what a row shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from forms_catalog.models import Mechanism
from forms_catalog.models.vocabulary import Rung
from forms_catalog.queries.facets import Facet, Filters
from forms_catalog.queries.mechanisms import RungOfLadder, ladder_of, reach
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

    @property
    def reach(self) -> RungOfLadder | None:
        """The highest rung on which a study stands."""
        return reach(self.rungs)

    @property
    def studies(self) -> int:
        """Studies on its ladder, each once."""
        return len({entry.study_id for step in self.rungs for entry in step.entries})

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
    """The list of mechanisms that an address asks for. Three queries."""
    shelf = Shelf(mechanism_rows(), filters=MechanismFilter.read(params, facets=FACETS), values=MechanismRow.values)
    return {"rows": shelf.found(ORDER), "listing": shelf.listing()}


def mechanism_rows() -> list[MechanismRow]:
    """All mechanisms with what the list shows of them. Three queries."""
    mechanisms = Mechanism.objects.prefetch_related("ladder__study")
    return [MechanismRow(mechanism, ladder_of(list(mechanism.ladder.all()))) for mechanism in mechanisms]
