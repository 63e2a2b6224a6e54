"""The list of forms: which filters it takes, and what a row shows."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from forms_catalog.index.studies import StudyIndex, study_index
from forms_catalog.models import Form, Hydrate, Outcome
from forms_catalog.queries.facets import Facet, Filters
from forms_catalog.queries.forms import first_share
from forms_catalog.queries.shelf import Shelf

STRUCTURES = {"one": "One structure", "several": "Several structures", "none": "No structure on file"}


class FormFilter(Filters):
    """Filters of the list of forms, as they stand in its address."""

    NOUN = ("form", "forms")
    ORDERS: ClassVar[Mapping[str, str]] = {
        "": "Most magnesium first",
        "name": "By name",
        "studies": "Most studied first",
    }


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form as the list shows it."""

    form: Form
    hydrates: list[Hydrate]
    outcomes: list[Outcome]
    """Outcomes it was studied for, the site's main ones first."""
    studies: int

    @property
    def hydrate(self) -> Hydrate | None:
        """The structure meant when nothing else is said."""
        return self.hydrates[0] if self.hydrates else None

    @property
    def main_outcomes(self) -> list[Outcome]:
        """Those of its outcomes that this site is about."""
        return [outcome for outcome in self.outcomes if outcome.is_main]

    def values(self, facet: str) -> list[str]:
        """Its values of a facet."""
        if facet == "outcome":
            return [outcome.slug for outcome in self.outcomes]
        return [["none", "one", "several"][min(len(self.hydrates), 2)]]


ORDER: Mapping[str, Callable[[FormRow], Any]] = {
    "": lambda row: (-first_share(row.form), row.form.name),
    "name": lambda row: row.form.name,
    "studies": lambda row: (-row.studies, row.form.name),
}


def form_list_page(params: Mapping[str, str]) -> dict[str, Any]:
    """The list of forms that an address asks for. As many queries as `form_rows`."""
    rows = form_rows()
    studied = {outcome for row in rows for outcome in row.outcomes}
    names = {outcome.slug: outcome.name for outcome in sorted(studied, key=lambda one: (not one.is_main, one.name))}
    facets = (
        Facet("outcome", "Studied for", "Any outcome", names, "studied for {}"),
        Facet("structure", "Structure", "Any", STRUCTURES, "with {}"),
    )
    shelf = Shelf(rows, filters=FormFilter.read(params, facets=facets), values=FormRow.values)
    return {"rows": shelf.found(ORDER), "listing": shelf.listing()}


def form_rows() -> list[FormRow]:
    """All forms with what the list shows of them. Three queries, and what the index asks."""
    index, forms = study_index(), Form.objects.prefetch_related("hydrates")
    studied = outcomes_studied(index)
    return [
        FormRow(form, list(form.hydrates.all()), studied[form.slug], index.of("form", form.slug).bit_count())
        for form in forms
    ]


def outcomes_studied(index: StudyIndex) -> dict[str, list[Outcome]]:
    """Outcomes for which a public study of a form is on file, by the form's slug; the main ones first. One query."""
    cells = [cell.split(".") for cell, studies in index.values("cell") if studies]
    found: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in Outcome.objects.order_by("-is_main", "name", "pk"):
        for form, studied in cells:
            if studied == outcome.slug:
                found[form].append(outcome)
    return found
