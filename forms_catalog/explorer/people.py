"""People like the reader: how many of those in the trials were, as far as the trials' records say.

A trial's people are counted once, whatever its arms, and stand in one group. Nothing is estimated: a trial of women
and men is not split, and what is not stated is not counted as like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from forms_catalog.explorer.likeness import (
    Answer,
    Match,
    age_answer,
    condition_answer,
    magnesium_answer,
    sex_answer,
    together,
)
from forms_catalog.grading.sources import people_in
from forms_catalog.models import Arm, Form, Trial
from forms_catalog.models.vocabulary import BaselineMagnesium, Condition, PublicationStatus, Sex, Species
from forms_catalog.queries.facets import Facet, Filters, lower_first

BANDS: Mapping[str, tuple[int, int | None]] = {
    "under-18": (0, 17),
    "18-39": (18, 39),
    "40-59": (40, 59),
    "60": (60, None),
}
AGES = {"under-18": "Under 18", "18-39": "18 to 39", "40-59": "40 to 59", "60": "60 or older"}
SEXES = {Sex.WOMEN.value: "Woman", Sex.MEN.value: "Man"}
MAGNESIUM = {BaselineMagnesium.LOW.value: "Low, by a test", BaselineMagnesium.NORMAL.value: "Not low, by a test"}
NO_CONDITION = {Condition.OLDER_ADULTS, Condition.OTHER}  # an age is asked for by itself; "other" is nobody's condition
CONDITIONS = {each.value: str(each.label) for each in Condition if each not in NO_CONDITION}
MOST_LISTED = 100


class Person(Filters):
    """Whom an address describes, and of which form the trials are wanted."""

    NOUN: ClassVar[tuple[str, str]] = ("trial", "trials")

    @classmethod
    def from_params(cls, params: Mapping[str, str], *, forms: Mapping[str, str]) -> Person:
        """Read an address; `forms` by slug. What is unknown is left out, with a notice."""
        return cls.read(params, facets=facets(forms))

    @property
    def asked(self) -> list[Facet]:
        """What is said of the person; a form is what trials gave, nothing about anybody."""
        return [facet for facet in self.facets if facet.name in self.chosen and facet.name != "form"]

    @property
    def form(self) -> str:
        """Name of the form whose trials are wanted; empty: any."""
        return self.words(self.facets[-1])

    @property
    def what(self) -> str:
        """What the trials gave, inside a sentence: 'magnesium oxide', 'magnesium in any form'."""
        return lower_first(self.form) if self.form else "magnesium in any form"

    @property
    def fields(self) -> list[tuple[Facet, list[tuple[str, str]], str]]:
        """What can be said, with its choices and the one made; empty: none."""
        return [(facet, list(facet.options.items()), self.chosen.get(facet.name, "")) for facet in self.facets]

    def answers(self, trial: Trial) -> list[Answer]:
        """How the people of a trial stand to each thing asked, in its order."""
        return [self._answer(facet.name, self.chosen[facet.name], trial) for facet in self.asked]

    def _answer(self, name: str, value: str, trial: Trial) -> Answer:
        if name == "age":
            return age_answer(BANDS[value], low=trial.age_min, high=trial.age_max, mean=trial.mean_age)
        if name == "sex":
            return sex_answer(value, sex=trial.sex)
        if name == "condition":
            return condition_answer(value, conditions=trial.conditions)
        return magnesium_answer(value, baseline=trial.baseline_magnesium)


def facets(forms: Mapping[str, str]) -> tuple[Facet, ...]:
    """What can be said. The form stands last."""
    return (
        Facet("age", "Age", "Not said", AGES),
        Facet("sex", "Sex", "Not said", SEXES),
        Facet("condition", "Condition", "Not said", CONDITIONS),
        Facet("magnesium", "Your magnesium", "Not known", MAGNESIUM),
        Facet("form", "Form of magnesium", "Any form", forms),
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """A trial with its answers."""

    trial: Trial
    answers: list[tuple[Facet, Answer]]
    people: int | None
    """None: the size was not seen."""


@dataclass(frozen=True, slots=True)
class Group:
    """The trials whose people stand alike to the person."""

    match: Match
    trials: list[Compared]

    @property
    def people(self) -> int:
        """People in those whose size was seen."""
        return sum(each.people or 0 for each in self.trials)

    @property
    def shown(self) -> list[Compared]:
        """The first of them."""
        return self.trials[:MOST_LISTED]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Everybody in the trials, in four groups that share nobody."""

    groups: list[Group]
    """Like, open to such people and others, not stated, not like."""

    @property
    def trials(self) -> int:
        """All trials."""
        return sum(len(group.trials) for group in self.groups)

    @property
    def people(self) -> int:
        """All people in trials whose size was seen."""
        return sum(group.people for group in self.groups)

    @property
    def unsized(self) -> int:
        """Trials whose size was not seen; their people are in no number."""
        return sum(each.people is None for group in self.groups for each in group.trials)

    @property
    def bars(self) -> list[tuple[Group, int]]:
        """Groups with people, each with the number of people before it."""
        bars, start = [], 0
        for group in self.groups:
            bars += [(group, start)] if group.people else []
            start += group.people
        return bars

    @property
    def unknown(self) -> list[tuple[str, int]]:
        """What the records leave open, with the number of trials."""
        every = [each.trial for group in self.groups for each in group.trials]
        return [
            ("the range of ages", sum(trial.age_min is None and trial.age_max is None for trial in every)),
            ("who were women and who were men", sum(trial.sex in {"", Sex.ALL} for trial in every)),
            (
                "anybody’s magnesium at the start",
                sum(trial.baseline_magnesium == BaselineMagnesium.NOT_MEASURED for trial in every),
            ),
            ("how many took part", self.unsized),
        ]


def likeness(person: Person) -> Likeness:
    """Every trial that gave people magnesium (of the form wanted) beside the person. One query."""
    found: dict[Match, list[Compared]] = {match: [] for match in Match}
    for trial in trials_of(person.chosen.get("form", "")):
        answers = person.answers(trial)
        compared = Compared(trial, list(zip(person.asked, answers, strict=True)), people_in(trial.study))
        found[together(answers)].append(compared)
    return Likeness([Group(match, trials) for match, trials in found.items()])


def trials_of(form: str) -> QuerySet[Trial]:
    """Public trials in people that gave magnesium, of one form or any; what its journal has withdrawn is left out."""
    trials = Trial.objects.filter(magnesium_given=True, study__is_public=True, study__species=Species.HUMAN)
    if form:
        arm = Arm.objects.filter(trial=OuterRef("pk"), form__slug=form)
        trials = trials.filter(Q(Exists(arm)) | Q(study__form__slug=form))
    trials = trials.exclude(study__publication_status=PublicationStatus.RETRACTED)
    return trials.select_related("study__form").order_by("-study__year", "study__slug")


def forms_by_slug() -> dict[str, str]:
    """All forms, in the order of an index: “L-threonate” after “lactate” on every engine. One query."""
    return dict(Form.objects.order_by(Lower("name")).values_list("slug", "name"))
