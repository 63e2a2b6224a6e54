"""The list of studies: which filters it takes and what they select."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from forms_catalog.models import Arm, Form, FormEvidence, Outcome, Study, StudyResult
from forms_catalog.models.vocabulary import PublicationStatus, Species, StudyDesign
from forms_catalog.queries.counting import Column, Related, TableFilters
from forms_catalog.queries.facets import Facet
from forms_catalog.queries.filters import holds

PERIODS = {"2020": "2020 and later", "2010": "2010 to 2019", "2000": "2000 to 2009", "1990": "1990 to 1999"}
EARLIER, UNDATED = "earlier", "none"


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


def period() -> Case:
    """The stretch of years a study falls into."""
    whens = [When(year__isnull=True, then=Value(UNDATED))]
    whens += [When(year__gte=int(start), then=Value(start)) for start in PERIODS]
    return Case(*whens, default=Value(EARLIER), output_field=CharField())


def measured(outcome: Any) -> Q:
    """Condition: the study has a result for the outcome or for a narrower one. See Related.condition."""
    about = Q(outcome__slug=outcome) | Q(outcome__broader__slug=outcome)
    return Q(pk__in=StudyResult.objects.filter(about).values("study"))


def gave(form: Any) -> Q:
    """Condition: the study is of the form, has an arm with it, or is filed under it. See Related.condition."""
    of_form = Study.objects.filter(form__slug=form).values("pk")
    arms = Arm.objects.filter(form__slug=form).values("trial__study")
    evidence = FormEvidence.objects.filter(form__slug=form, study__isnull=False).values("study")
    return Q(pk__in=of_form) | Q(pk__in=arms) | Q(pk__in=evidence)


def listed(studies: QuerySet[Study]) -> QuerySet[Study]:
    """With what a row shows, and without the long texts that it does not."""
    long = ("verified_fields", "limitations", "funding_or_conflict", "dose_text", "comparator", "summary")
    return studies.select_related("form").defer(*long)
