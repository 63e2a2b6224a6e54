"""Grades of outcomes: what all forms of magnesium together do for one outcome, by the same rule.

Counted are randomised trials that gave people magnesium and measured the outcome, or a part of it, and reviews of such
trials. Studies that only watched people wait, as they do everywhere in the rule for questions of effect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.db.models import Q

from forms_catalog.grading.cells import (
    COMPARED_BETWEEN_FORMS,
    NOT_QUITE,
    Lean,
    finding_sentence,
    lean_of,
    only_active,
    stance_told,
)
from forms_catalog.grading.facts import Facts, facts_of
from forms_catalog.grading.rule import Grade, Source, grade
from forms_catalog.grading.seen import SeenStudy, seen_studies
from forms_catalog.grading.sources import RANDOMISED, REVIEWS, is_counted, source_of, trial_of
from forms_catalog.grading.words import lower_first
from forms_catalog.models import Outcome, Study, StudyResult
from forms_catalog.models.vocabulary import Certainty, FormEvidenceLevel, FormStated, Question, Species, Stance
from forms_catalog.remembered import remembered

# What these measure is not something people feel better or worse by: "an improvement" there would say nothing.
NO_BENEFIT_TO_GRADE = COMPARED_BETWEEN_FORMS | {
    "inflammation",
    "intake",
    "magnesium-status",
    "safety",
    "serotonin",
    "stress-hormones",
}

MOST_SQUARES = 200


@dataclass(frozen=True)
class Picture:
    """What the evidence says of magnesium for one outcome: its grade, which way it points, and how much there is.

    Pictures are kept and shown many times, so what is counted in them is counted once.
    """

    outcome: Outcome
    grade: Grade | None
    lean: Lean | None
    """None without a grade."""
    trials: tuple[Source, ...] = ()
    """The randomised trials that the grade counts."""
    reviews: tuple[Source, ...] = ()
    """The reviews that it counts."""
    set_aside: int = 0
    """Randomised trials that are not weighed: no direction is on file, or some printed figures do not add up."""

    @property
    def sentence(self) -> str:
        """The most that may be said; empty without a grade. No full stop."""
        if self.grade is None or self.lean is None:
            return ""
        name = self.outcome.name
        if self.lean == Lean.NO_DIFFERENCE and self.grade.certainty == Certainty.LOW:
            # The direction is a count of trials in different people, not an estimate near none.
            return f"Most trials of magnesium found no clear difference in {lower_first(name)}, but cannot rule one out"
        return finding_sentence(subject="Magnesium", outcome=name, graded=self.grade, lean=self.lean)

    @property
    def direction(self) -> str:
        """Which way it points, in words; one trial alone is said to be one. Empty without a grade."""
        if self.grade is None or self.lean is None:
            return ""
        if len(self.grade.counted) > 1:
            return self.lean.value
        return f"{'One review' if self.reviews else 'One trial'} only: {lower_first(self.lean.value)}"

    @cached_property
    def people(self) -> int:
        """People in those trials whose size was seen."""
        return sum(source.people or 0 for source in self.trials)

    @cached_property
    def unsized(self) -> int:
        """Trials whose size was not seen."""
        return sum(source.people is None for source in self.trials)

    @cached_property
    def in_words(self) -> str:
        """What is counted: '8 randomised trials with 567 people: 4 favour magnesium, 3 leave it open, …'."""
        if not self.trials:
            return f"{counted(len(self.reviews), 'review')} of trials; no single trial is on file."
        number = len(self.trials)
        people = f"{self.people:,} people" if self.people else "people whose number was not seen"
        if self.people and self.unsized:
            people += f" (size not seen for {self.unsized})"
        ways = [
            (self.towards, "favours magnesium", "favour magnesium"),
            (self.divided, "leaves it open", "leave it open"),
            (self.without_difference, "found no difference", "found no difference"),
        ]
        said = ", ".join(f"{n} {one if n == 1 else more}" for n, one, more in ways if n)
        return f"{counted(number, 'randomised trial')} with {people}: {said}."

    def trials_that(self, stance: Stance) -> int:
        """How many of the trials speak this way."""
        return sum(source.stance == stance for source in self.trials)

    @cached_property
    def weighed(self) -> frozenset[str]:
        """Slugs of the studies that were looked at for the grade, counted or set aside."""
        if self.grade is None:
            return frozenset()
        return frozenset(source.key for source in (*self.grade.counted, *self.grade.background))

    @property
    def reasons(self) -> list[str]:
        """What the rule took something off for, in its own words."""
        return [step.domain.lower() for step in self.grade.steps if step.points] if self.grade else []

    @cached_property
    def squares(self) -> list[str]:
        """The trials to be drawn, one word each: for, both or none, in this order. Too many to count are not drawn."""
        if len(self.trials) > MOST_SQUARES:
            return []
        return ["for"] * self.towards + ["both"] * self.divided + ["none"] * self.without_difference

    @cached_property
    def towards(self) -> int:
        """Trials whose results favour magnesium."""
        return self.trials_that(Stance.SUPPORTS)

    @cached_property
    def without_difference(self) -> int:
        """Trials that found no difference."""
        return self.trials_that(Stance.CONTRADICTS)

    @cached_property
    def divided(self) -> int:
        """Trials that leave it open: results both ways, or compared with another treatment only."""
        return self.trials_that(Stance.QUALIFIES)


def counted(number: int, noun: str) -> str:
    """'1 review', '3 reviews'."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@remembered
def pictures() -> dict[int, Picture]:
    """A picture of every outcome by its primary key. No query on a public page when they are remembered, else three."""
    outcomes = list(Outcome.objects.select_related("broader"))
    parts = {
        outcome.pk: frozenset(each.pk for each in outcomes if outcome.pk in (each.pk, each.broader_id))
        for outcome in outcomes
    }
    return _pictured(outcomes, parts)


def picture_outcomes(outcomes: Iterable[Outcome]) -> dict[int, Picture]:
    """A picture of each outcome by its primary key, in three queries however many there are."""
    outcomes = list(outcomes)
    return _pictured(outcomes, parts_of(outcomes))


def _pictured(outcomes: Iterable[Outcome], parts: Mapping[int, frozenset[int]]) -> dict[int, Picture]:
    wanted = {key for keys in parts.values() for key in keys}
    studies = trials_and_reviews(wanted)
    facts = facts_of(study.pk for study in studies)
    by_outcome = _by_outcome(studies, facts)
    return {
        outcome.pk: picture_of(
            outcome,
            parts=parts[outcome.pk],
            studies=_in_order(by_outcome, parts[outcome.pk]),
            facts=facts,
        )
        for outcome in outcomes
    }


def _by_outcome(studies: Sequence[SeenStudy], facts: Mapping[int, Facts]) -> Mapping[int, list[tuple[int, SeenStudy]]]:
    """Studies under each outcome that they measured, each with its place among all."""
    found: dict[int, list[tuple[int, SeenStudy]]] = defaultdict(list)
    for place, study in enumerate(studies):
        for outcome in {row.outcome for row in facts[study.pk].results}:
            found[outcome].append((place, study))
    return found


def _in_order(by_outcome: Mapping[int, list[tuple[int, SeenStudy]]], parts: Iterable[int]) -> list[SeenStudy]:
    """The studies that measured one of these outcomes, each once, in the order they had among all."""
    found = {place: study for part in parts for place, study in by_outcome.get(part, ())}
    return [found[place] for place in sorted(found)]


def parts_of(outcomes: list[Outcome]) -> dict[int, frozenset[int]]:
    """Each outcome with its parts. One query."""
    parts: dict[int, set[int]] = {outcome.pk: {outcome.pk} for outcome in outcomes}
    for part in Outcome.objects.filter(broader__in=outcomes).order_by().only("broader_id"):
        parts[cast(int, part.broader_id)].add(part.pk)
    return {key: frozenset(found) for key, found in parts.items()}


def trials_and_reviews(outcomes: Iterable[int]) -> list[SeenStudy]:
    """Studies of people that gave magnesium by chance, and reviews of magnesium, with a result for the outcomes."""
    about_magnesium = ~Q(form_stated=FormStated.NONE)
    gave = Q(trial__magnesium_given=True) | (Q(trial__isnull=True) & about_magnesium)
    trial = Q(design__in=RANDOMISED) & gave & ~Q(trial__randomised=False)
    review = Q(design__in=REVIEWS) & about_magnesium
    measured = StudyResult.objects.filter(outcome__in=outcomes).values("study")
    found = Study.objects.published().filter(trial | review, species=Species.HUMAN, pk__in=measured)
    return seen_studies(found.order_by("-year", "slug"))


def picture_of(
    outcome: Outcome, *, parts: frozenset[int], studies: Iterable[SeenStudy], facts: Mapping[int, Facts]
) -> Picture:
    """The picture of one outcome, of what was loaded for it and its parts. No query."""
    if outcome.slug in NO_BENEFIT_TO_GRADE:
        return Picture(outcome, None, None)
    sources = [
        _source(study, facts[study.pk], parts=parts)
        for study in studies
        if is_counted(study) and any(row.outcome in parts for row in facts[study.pk].results)
    ]
    graded = grade(sources, question=Question.EFFECT)
    return _drawn(outcome, graded) if graded else Picture(outcome, None, None)


def _drawn(outcome: Outcome, graded: Grade) -> Picture:
    return Picture(
        outcome,
        graded,
        lean_of(graded.counted),
        trials=tuple(source for source in graded.counted if not source.is_review),
        reviews=tuple(source for source in graded.counted if source.is_review),
        set_aside=sum(not source.is_review for source in graded.background),
    )


def _source(study: SeenStudy, facts: Facts, *, parts: frozenset[int]) -> Source:
    filed = {level for outcome, level in facts.filed if outcome in parts}
    return source_of(
        study, facts, stance=_stance(facts, parts, filed), outcomes=parts, indirect=_misfits(study, facts, filed)
    )


def _stance(facts: Facts, parts: frozenset[int], filed: set[str]) -> Stance:
    """As for a form: a trial whose printed figures do not add up is not weighed."""
    if FormEvidenceLevel.HUMAN_RCT_DISPUTED in filed:
        return Stance.BACKGROUND
    return stance_told({row.said for row in facts.results if row.outcome in parts}, facts)


def _misfits(study: SeenStudy, facts: Facts, filed: set[str]) -> frozenset[str]:
    """Dimensions in which a study does not fit the question what magnesium alone, of any form, does."""
    found = {dimension for level in filed for dimension in NOT_QUITE.get(FormEvidenceLevel(level), ())}
    trial = trial_of(study)
    if trial and trial.magnesium_alone is False:
        found.add("form")
    if only_active(facts):
        found.add("comparator")
    return frozenset(found)
