"""The list of outcomes: which filters it takes, and what a row shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from forms_catalog.grading.outcomes import Picture, pictures
from forms_catalog.index.studies import study_index
from forms_catalog.models import Outcome
from forms_catalog.models.vocabulary import Certainty
from forms_catalog.queries.facets import Facet, Filters
from forms_catalog.queries.outcomes import counted_outcomes
from forms_catalog.queries.shelf import Shelf

UNGRADED = "none"
CERTAINTIES = {**{level.value: f"{level.label} certainty" for level in Certainty}, UNGRADED: "Not graded"}
KINDS = {"main": "What this site is about", "other": "Other outcomes"}
STUDIED = {
    "many": "Ten studies or more",
    "some": "Three to nine studies",
    "few": "One or two studies",
    "none": "No study",
}


class OutcomeFilter(Filters):
    """Filters of the list of outcomes, as they stand in its address."""

    NOUN = ("outcome", "outcomes")
    ORDERS: ClassVar[Mapping[str, str]] = {
        "": "Main outcomes first",
        "name": "By name",
        "studies": "Most studied first",
        "certainty": "Surest evidence first",
    }


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome as the list shows it."""

    outcome: Any
    """An Outcome with its numbers of studies and claims."""
    picture: Picture

    @property
    def certainty(self) -> str:
        """The level of its grade; none where it has no grade."""
        return self.picture.grade.certainty.value if self.picture.grade else UNGRADED

    def values(self, facet: str) -> list[str]:
        """Its values of a facet."""
        if facet == "kind":
            return ["main" if self.outcome.is_main else "other"]
        if facet == "family":
            return [self.outcome.slug, *([self.outcome.broader.slug] if self.outcome.broader else [])]
        return [self.certainty if facet == "certainty" else how_studied(self.outcome.study_count)]


def how_studied(number: int) -> str:
    """The word for a number of studies."""
    return "many" if number > 9 else "some" if number > 2 else "few" if number else "none"


LEVELS = list(CERTAINTIES)
ORDER: Mapping[str, Callable[[OutcomeRow], Any]] = {
    "": lambda row: (not row.outcome.is_main, row.outcome.name),
    "name": lambda row: row.outcome.name,
    "studies": lambda row: (-row.outcome.study_count, row.outcome.name),
    "certainty": lambda row: (LEVELS.index(row.certainty), row.outcome.name),
}


def outcome_list_page(params: Mapping[str, str]) -> dict[str, Any]:
    """The list of outcomes that an address asks for. As many queries as `outcome_rows`."""
    rows = outcome_rows()
    facets = facets_of([row.outcome for row in rows])
    shelf = Shelf(rows, filters=OutcomeFilter.read(params, facets=facets), values=OutcomeRow.values)
    return {"rows": shelf.found(ORDER), "listing": shelf.listing()}


def outcome_rows() -> list[OutcomeRow]:
    """All outcomes with what the list shows of them. One query, and what index and pictures ask."""
    outcomes: list[Any] = list(counted_outcomes())
    index, pictured = study_index(), pictures()
    for outcome in outcomes:
        outcome.study_count = index.of("result", outcome.slug).bit_count()
    return [OutcomeRow(outcome, pictured[outcome.pk]) for outcome in outcomes]


def facets_of(outcomes: list[Outcome]) -> tuple[Facet, ...]:
    """What the outcomes can be narrowed by; a family is an outcome with parts."""
    families = {
        outcome.broader.slug: f"{outcome.broader.name} and its parts" for outcome in outcomes if outcome.broader
    }
    return (
        Facet("kind", "Kind", "All outcomes", KINDS, "{}"),
        Facet("family", "Family", "Any family", dict(sorted(families.items())), "{}"),
        Facet("studies", "How much was studied", "Any number", STUDIED, "with {}"),
        Facet("certainty", "Certainty", "Any certainty", CERTAINTIES),
    )
