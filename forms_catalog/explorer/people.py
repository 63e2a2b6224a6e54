"""People like the reader: how many of those in the trials were, as far as the trials' records say.

A trial's people are counted once, whatever its arms, and stand in one group. Nothing is estimated: a trial of women
and men is not split, and what is not stated is not counted as like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.models.functions import Lower

from forms_catalog.explorer.likeness import (
    Answer,
    Match,
    age_answer,
    condition_answer,
    magnesium_answer,
    sex_answer,
)
from forms_catalog.grading.sources import people_in
from forms_catalog.index.trials import TrialIndex, trial_index
from forms_catalog.models import Form, Trial
from forms_catalog.models.vocabulary import BaselineMagnesium, Condition, Sex
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
        said = {
            "age": (trial.age_min, trial.age_max, trial.mean_age),
            "sex": trial.sex,
            "condition": trial.conditions,
            "magnesium": trial.baseline_magnesium,
        }
        return [self.answer(facet.name, said[facet.name]) for facet in self.asked]

    def answer(self, name: str, said: Any) -> Answer:
        """How people of whom this is said stand to one thing asked."""
        value = self.chosen[name]
        if name == "age":
            low, high, mean = said
            return age_answer(BANDS[value], low=low, high=high, mean=mean)
        if name == "sex":
            return sex_answer(value, sex=said)
        if name == "condition":
            return condition_answer(value, conditions=said)
        return magnesium_answer(value, baseline=said)


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
    number: int
    """How many trials."""
    people: int
    """People in those whose size was seen."""
    shown: list[Compared]
    """The newest of them."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Everybody in the trials, in four groups that share nobody."""

    groups: list[Group]
    """Like, open to such people and others, not stated, not like."""
    unknown: list[tuple[str, int]]
    """What the records leave open, with the number of trials."""
    unsized: int
    """Trials whose size was not seen; their people are in no number."""

    @property
    def trials(self) -> int:
        """All trials."""
        return sum(group.number for group in self.groups)

    @property
    def people(self) -> int:
        """All people in trials whose size was seen."""
        return sum(group.people for group in self.groups)

    @property
    def bars(self) -> list[tuple[Group, int]]:
        """Groups with people, each with the number of people before it."""
        bars, start = [], 0
        for group in self.groups:
            bars += [(group, start)] if group.people else []
            start += group.people
        return bars


def likeness(person: Person, *, listed: int | None = None) -> Likeness:
    """Every trial that gave people magnesium (of the form wanted) beside the person.

    `listed`: how many trials of each group; None: as many as the page shows, none of them where nothing is asked.
    One query where any are, and what the index asks.
    """
    index = trial_index()
    form = person.chosen.get("form", "")
    every = index.forms.get(form, 0) if form else index.every
    found = matching(person, index, every)
    each = (MOST_LISTED if person.asked else 0) if listed is None else listed
    shown = _shown(person, {match: index.first(trials, each) for match, trials in found.items()})
    groups = [
        Group(match, trials.bit_count(), index.people_in(trials), shown[match]) for match, trials in found.items()
    ]
    unsized = (every & index.where("sized", lambda seen: not seen)).bit_count()
    return Likeness(groups, _unknown(index, every, unsized), unsized)


def matching(person: Person, index: TrialIndex, every: int) -> dict[Match, int]:
    """The sets of trials whose people stand alike; what `together` says of one trial."""
    found: dict[Match, int] = {}
    rest = every
    for match in (Match.NO, Match.UNSTATED, Match.SOME):
        found[match] = rest & reduce(or_, (_answering(person, index, facet.name, match) for facet in person.asked), 0)
        rest &= ~found[match]
    return {match: found.get(match, rest) for match in Match}


def _answering(person: Person, index: TrialIndex, name: str, match: Match) -> int:
    return index.where(name, lambda said: person.answer(name, said).match is match)


def _shown(person: Person, keys: Mapping[Match, list[int]]) -> dict[Match, list[Compared]]:
    """The trials that are listed, with their answers."""
    wanted = [key for several in keys.values() for key in several]
    trials = Trial.objects.select_related("study__form").in_bulk(wanted) if wanted else {}
    return {
        match: [_compared(person, trials[key]) for key in several if key in trials] for match, several in keys.items()
    }


def _compared(person: Person, trial: Trial) -> Compared:
    return Compared(trial, list(zip(person.asked, person.answers(trial), strict=True)), people_in(trial.study))


def _unknown(index: TrialIndex, every: int, unsized: int) -> list[tuple[str, int]]:
    left_open = {
        "the range of ages": index.where("age", lambda ages: ages[0] is None and ages[1] is None),
        "who were women and who were men": index.where("sex", lambda sex: sex in {"", Sex.ALL}),
        "anybody’s magnesium at the start": index.where(
            "magnesium", lambda level: level == BaselineMagnesium.NOT_MEASURED
        ),
    }
    said = [(what, (every & trials).bit_count()) for what, trials in left_open.items()]
    return [*said, ("how many took part", unsized)]


def forms_by_slug() -> dict[str, str]:
    """All forms, in the order of an index: “L-threonate” after “lactate” on every engine. One query."""
    return dict(Form.objects.order_by(Lower("name")).values_list("slug", "name"))
