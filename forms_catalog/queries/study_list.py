"""The list of studies: which filters it takes and what they select."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from forms_catalog.models import Arm, Form, FormEvidence, Outcome, Study, StudyResult
from forms_catalog.models.studies import StudyQuerySet
from forms_catalog.models.vocabulary import StudyDesign
from forms_catalog.queries.filters import MOST_WORDS, Choice, address, holds, read_choice, read_text

ORDERS = {
    "": ("Newest first", F("year").desc(nulls_last=True)),
    "oldest": ("Oldest first", F("year").asc(nulls_last=True)),
}
FILTERS = ("design", "outcome", "form", "q")


@dataclass(frozen=True)
class StudyFilter:
    """Filters of the list of studies, as they stand in its address."""

    design: str = ""
    outcome: str = ""
    form: str = ""
    order: str = ""
    q: str = ""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """Names of outcomes by slug, for the form and for words."""
    forms: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "StudyFilter":
        """Read an address. What is unknown is left out, with a notice. Two queries."""
        outcomes = dict(Outcome.objects.values_list("slug", "name"))
        forms = dict(Form.objects.values_list("slug", "name"))
        notices: list[str] = []
        return cls(
            design=read_choice(params, "design", StudyDesign.values, notices),
            outcome=read_choice(params, "outcome", outcomes, notices),
            form=read_choice(params, "form", forms, notices),
            order=read_choice(params, "order", ORDERS, notices),
            q=read_text(params, "q", notices),
            outcomes=outcomes,
            forms=forms,
            notices=tuple(notices),
        )

    def to_params(self) -> dict[str, str]:
        """The filters in force, by name."""
        return {name: getattr(self, name) for name in (*FILTERS, "order") if getattr(self, name)}

    def without(self, name: str) -> "StudyFilter":
        """The same with one filter dropped."""
        dropped: dict[str, Any] = {name: ""}
        return replace(self, **dropped)

    @cached_property
    def query_string(self) -> str:
        """The address of this list, without the page."""
        return address(self.to_params())

    def describe(self) -> list[Choice]:
        """What is in force, in words, each with the way to drop it."""
        words = {
            "design": ("design", StudyDesign(self.design).label if self.design else ""),
            "outcome": ("outcome", self.outcomes.get(self.outcome, "")),
            "form": ("form", self.forms.get(self.form, "")),
            "q": ("words", f"“{self.q}”"),
        }
        params = self.to_params()
        return [
            Choice(*words[name], without=address({key: value for key, value in params.items() if key != name}))
            for name in words
            if name in params
        ]

    def select(self) -> StudyQuerySet:
        """The studies that match, in order."""
        studies = Study.objects.published().select_related("form")
        if self.design:
            studies = studies.filter(design=self.design)
        if self.outcome:
            studies = studies.filter(measured(self.outcome))
        if self.form:
            studies = studies.filter(gave(self.form))
        for word in self.q.split()[:MOST_WORDS]:
            studies = studies.filter(mentions(word))
        return studies.order_by(ORDERS[self.order][1], "slug")


def measured(outcome: str) -> Q:
    """Condition: the study has a result for the outcome or for a narrower one."""
    about = Q(outcome__slug=outcome) | Q(outcome__broader__slug=outcome)
    return Q(Exists(StudyResult.objects.filter(about, study=OuterRef("pk"))))


def gave(form: str) -> Q:
    """Condition: the study is of the form, has an arm with it, or is filed under it."""
    arms = Arm.objects.filter(form__slug=form, trial__study=OuterRef("pk"))
    evidence = FormEvidence.objects.filter(form__slug=form, study=OuterRef("pk"))
    return Q(form__slug=form) | Q(Exists(arms)) | Q(Exists(evidence))


def mentions(word: str) -> Q:
    """Condition: a word stands in the title, among the authors or in the key (which ends in the year)."""
    return holds(word, fields=("title", "slug", "authors"))


def designs_in_use() -> list[tuple[str, str]]:
    """Designs some public study has, strongest first, with their labels. One query."""
    used = set(Study.objects.published().order_by().values_list("design", flat=True).distinct())
    return [(value, label) for value, label in StudyDesign.choices if value in used]


def without_each(filters: StudyFilter) -> list[tuple[Choice, int]]:
    """For a list that came out empty: each filter, and how many studies there are without it. A query each."""
    in_force = [name for name in FILTERS if getattr(filters, name)]
    found = [
        (choice, filters.without(name).select().count())
        for name, choice in zip(in_force, filters.describe(), strict=True)
    ]
    return [(choice, count) for choice, count in found if count]


def listed(studies: QuerySet[Study]) -> QuerySet[Study]:
    """Without the long texts that a list does not show."""
    return studies.defer("verified_fields", "limitations", "funding_or_conflict", "dose_text", "comparator")
