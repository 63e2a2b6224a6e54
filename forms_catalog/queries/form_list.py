"""The list of forms: which filters it takes, and what a row shows."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from forms_catalog.models import Form, FormEvidence, Hydrate, Outcome, Study
from forms_catalog.queries.counting import number_of
from forms_catalog.queries.facets import Facet, Filters
from forms_catalog.queries.forms import first_share
from forms_catalog.queries.shelf import Shelf
from forms_catalog.queries.study_list import gave

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
    """The list of forms that an address asks for. Three queries."""
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
    """All forms with what the list shows of them. Three queries."""
    studied = outcomes_studied()
    forms = Form.objects.prefetch_related("hydrates").annotate(study_count=number_of(Study.objects.published(), gave))
    return [FormRow(form, list(form.hydrates.all()), studied[form.pk], form.study_count) for form in forms]


def outcomes_studied() -> dict[int, list[Outcome]]:
    """Outcomes for which a public study of a form is on file, by form; the main ones first. One query."""
    found: dict[int, list[Outcome]] = defaultdict(list)
    rows = FormEvidence.objects.filter(study__is_public=True).select_related("outcome").defer("note")
    for row in rows.order_by("-outcome__is_main", "outcome__name", "pk"):
        if row.outcome not in found[row.form_id]:
            found[row.form_id].append(row.outcome)
    return found
