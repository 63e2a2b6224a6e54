"""The list of studies: which filters it takes and what they select."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Case, F, Q, QuerySet, When

from forms_catalog.models import Form, Outcome, Study
from forms_catalog.models.vocabulary import PublicationStatus, Species, StudyDesign
from forms_catalog.queries.counting import Column, Related, TableFilters
from forms_catalog.queries.facets import Facet
from forms_catalog.queries.filters import holds
from forms_catalog.queries.study_conditions import EARLIER, PERIODS, UNDATED, gave, measured, period


class StudyFilter(TableFilters):
    """Filters of the list of studies, as they stand in its address."""

    NOUN = ("study or source", "studies and sources")
    SEARCHED = "Words in the title, or an author"
    ORDERS: ClassVar[Mapping[str, str]] = {"": "Newest first", "oldest": "Oldest first", "people": "Most people first"}
    ORDER_BY: ClassVar[Mapping[str, tuple[Any, ...]]] = {
        "": (F("year").desc(nulls_last=True), "slug"),
        "oldest": (F("year").asc(nulls_last=True), "slug"),
        "people": (Case(When(species=Species.HUMAN, then=F("n"))).desc(nulls_last=True), "slug"),
    }

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "StudyFilter":
        """Read an address. What is unknown is left out, with a notice. Two queries."""
        return cls.read(params, facets=study_facets())

    def every(self) -> QuerySet[Study]:
        """All public studies."""
        return Study.objects.published()

    def mentions(self, word: str) -> Q:
        """Condition: a word stands in the title, among the authors or in the key (which ends in the year)."""
        return holds(word, fields=("title", "slug", "authors"))


def study_facets() -> tuple[Facet, ...]:
    """What studies can be narrowed by. Two queries, for the names of outcomes and forms."""
    outcomes = dict(Outcome.objects.values_list("slug", "name"))
    forms = dict(Form.objects.values_list("slug", "name"))
    return (
        Column("design", "Design", "Any design", dict(StudyDesign.choices)),
        Column("species", "Who or what", "Any", dict(Species.choices), "in {}"),
        Related("outcome", "Outcome", "Any outcome", outcomes, "about {}", records=Outcome, condition=measured),
        Related("form", "Form", "Any form", forms, "of {}", records=Form, condition=gave),
        Column("year", "Year", "Any year", periods(), "from {}", value_of=period()),
        Column(
            "status",
            "Since publication",
            "Any status",
            dict(PublicationStatus.choices),
            value_of=F("publication_status"),
        ),
    )


def periods() -> dict[str, str]:
    """Stretches of years, newest first."""
    return {**PERIODS, EARLIER: "Before 1990", UNDATED: "No year seen"}


def listed(studies: QuerySet[Study]) -> QuerySet[Study]:
    """With what a row shows, and without the long texts that it does not."""
    long = ("verified_fields", "limitations", "funding_or_conflict", "dose_text", "comparator", "summary")
    return studies.select_related("form").defer(*long)
