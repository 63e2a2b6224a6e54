"""Grades of claims: from a claim's rows of evidence to what the rule is fed. The number of queries is fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from forms_catalog.grading.facts import Facts, facts_of
from forms_catalog.grading.rule import Grade, Source, grade
from forms_catalog.grading.sources import is_counted, source_of
from forms_catalog.models import Claim, Support
from forms_catalog.models.vocabulary import Certainty, Fit, Question, Stance


def grade_claim(claim: Claim) -> Grade | None:
    """The rule's grade of one claim; None for a question of fact, or without a source to grade."""
    return grade_claims([claim])[claim.pk]


def grade_claims(claims: Iterable[Claim]) -> dict[int, Grade | None]:
    """The rule's grades by the claim's primary key, in five queries or fewer however many claims there are."""
    claims = list(claims)
    prefetch_related_objects(claims, "supports__study__trial", "outcomes")
    supports = {claim.pk: list(claim.supports.all()) for claim in claims}
    facts = facts_of(row.study_id for rows in supports.values() for row in rows)
    return {
        claim.pk: grade_supports(
            supports[claim.pk],
            facts,
            question=Question(claim.question),
            outcomes=frozenset(outcome.pk for outcome in claim.outcomes.all()),
        )
        for claim in claims
    }


def grade_supports(
    supports: Sequence[Support], facts: Mapping[int, Facts], *, question: Question, outcomes: frozenset[int]
) -> Grade | None:
    """The grade of rows that are loaded with their studies and trials, for a claim about these outcomes."""
    return grade(sources_of(supports, facts, outcomes=outcomes), question=question)


def sources_of(supports: Sequence[Support], facts: Mapping[int, Facts], *, outcomes: frozenset[int]) -> list[Source]:
    """The rows as the rule sees them; hidden and withdrawn studies are no sources."""
    return [
        source_of(
            row.study,
            facts[row.study_id],
            stance=Stance(row.stance),
            outcomes=outcomes,
            indirect=frozenset(dimension for dimension, value in row.fit() if value == Fit.INDIRECT),
        )
        for row in supports
        if is_counted(row.study)
    ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the rule and the editors say of one claim."""

    claim: Claim
    grade: Grade | None

    @property
    def differs(self) -> bool:
        """Whether the rule gives another certainty than the editors."""
        return self.grade is not None and self.grade.certainty != self.claim.certainty

    @property
    def is_explained(self) -> bool:
        """Whether a reason stands where one is needed, and none where none is."""
        return self.differs == bool(self.claim.certainty_reason)

    @property
    def steps_apart(self) -> int:
        """Levels by which the editors are surer than the rule; below zero: less sure."""
        scale = [Certainty.VERY_LOW, Certainty.LOW, Certainty.MODERATE, Certainty.HIGH]
        if self.grade is None:
            return 0
        return scale.index(Certainty(self.claim.certainty)) - scale.index(self.grade.certainty)

    @property
    def apart(self) -> str:
        """How far they stand apart, in words."""
        levels = abs(self.steps_apart)
        if not levels:
            return "of one mind" if self.grade else ""
        return f"{'surer' if self.steps_apart > 0 else 'less sure'} by {levels} level{'' if levels == 1 else 's'}"


def compare_claims(claims: Iterable[Claim]) -> list[Comparison]:
    """Rule and editors for each claim, in the order given."""
    claims = list(claims)
    grades = grade_claims(claims)
    return [Comparison(claim, grades[claim.pk]) for claim in claims]
