"""Grades of forms for outcomes: what the studies of one form say of one outcome, and the sentence that may be said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from forms_catalog.grading.facts import Facts, facts_of
from forms_catalog.grading.rule import IMPRECISION, Grade, Source, grade, most
from forms_catalog.grading.seen import SeenRow, SeenStudy
from forms_catalog.grading.sources import REVIEWS, is_counted, source_of, trial_of
from forms_catalog.grading.words import effect_sentence, lower_first
from forms_catalog.models import Form, FormEvidence, Outcome, Study
from forms_catalog.models.vocabulary import ArmRole, Certainty, Direction, FormEvidenceLevel, Question, Stance

# Studies of these compare forms with one another: "favours magnesium" there means the form that was tested, and no
# sentence about benefit follows from it.
COMPARED_BETWEEN_FORMS = {"absorption", "bath-absorption", "brain-uptake"}
FOUND_NOTHING = {
    FormEvidenceLevel.HUMAN_RCT_NULL,
    FormEvidenceLevel.HUMAN_RCT_NULL_VS_PLACEBO,
    FormEvidenceLevel.SECONDARY_OUTCOME_NULL,
}
NOT_QUITE = {
    FormEvidenceLevel.HUMAN_RCT_MIXTURE: frozenset({"form"}),
    FormEvidenceLevel.ANIMAL_OTHER_COMPOUND: frozenset({"form"}),
    FormEvidenceLevel.HUMAN_RCT_VERY_SMALL_IV: frozenset({"form", "dose"}),
    FormEvidenceLevel.HUMAN_SUBGROUP: frozenset({"population"}),
}
"""Where the kind of evidence itself says that it does not fit the form as people take it."""
AGAINST = {Direction.NO_DIFFERENCE, Direction.FAVOURS_COMPARATOR}
Filed = FormEvidence | SeenRow
TELLING = {Direction.FAVOURS_MAGNESIUM, Direction.MIXED, *AGAINST}


class Lean(Enum):
    """Which way a body of evidence points; the value is how the page says it, apart from the certainty."""

    BENEFIT = "Results point to a benefit"
    NO_DIFFERENCE = "No clear difference found"
    BOTH_WAYS = "Mixed results"


@dataclass(frozen=True, slots=True)
class Cell:
    """One form for one outcome: its grade, and which way the studies point."""

    form: Form
    outcome: Outcome
    grade: Grade | None
    lean: Lean | None
    """None without a grade."""
    ungraded: str = ""
    """Why there is no grade although there are studies."""

    @property
    def sentence(self) -> str:
        """The most that may be said. Empty without a grade."""
        if self.grade is None or self.lean is None:
            return ""
        return finding_sentence(subject=self.form.name, outcome=self.outcome.name, graded=self.grade, lean=self.lean)

    @property
    def is_imprecise(self) -> bool:
        """Whether the rule took something off for few people or wide intervals."""
        return self.grade is not None and is_imprecise(self.grade)


def is_imprecise(graded: Grade) -> bool:
    """Whether the rule took something off for few people or wide intervals."""
    return any(step.points for step in graded.steps if step.domain == IMPRECISION)


def finding_sentence(*, subject: str, outcome: str, graded: Grade, lean: Lean) -> str:
    """The most that may be said of `subject` (as it opens a sentence) for an outcome; no full stop."""
    inside, outcome, certainty = lower_first(subject), lower_first(outcome), graded.certainty
    if lean == Lean.BENEFIT or certainty == Certainty.VERY_LOW:
        return effect_sentence(subject=subject, effect=f"an improvement in {outcome}", certainty=certainty)
    if lean == Lean.BOTH_WAYS:
        return f"Results of {inside} for {outcome} are mixed"
    if is_imprecise(graded):
        # Finding no difference among few people is not the same as finding that there is none.
        return f"Studies of {inside} found no clear difference in {outcome}, but cannot rule one out"
    return effect_sentence(subject=subject, effect=f"little or no difference in {outcome}", certainty=certainty)


def grade_form_for_outcome(form: Form, outcome: Outcome) -> Cell:
    """One form for one outcome. Two queries."""
    rows = FormEvidence.objects.filter(form=form, outcome=outcome).select_related("form", "outcome", "study__trial")
    return grade_cells(rows).get((form.pk, outcome.pk)) or Cell(form, outcome, None, None)


def grade_cells(rows: Iterable[Filed], *, facts: Mapping[int, Facts] | None = None) -> dict[tuple[int, int], Cell]:
    """Every form and outcome these rows are about, by their keys. Load form, outcome and study__trial.

    One query, or none where the `facts` of their studies are at hand.
    """
    rows = list(rows)
    facts = facts_of(row.study_id for row in rows if row.study_id) if facts is None else facts
    together: dict[tuple[int, int], list[Filed]] = {}
    for row in rows:
        together.setdefault((row.form_id, row.outcome_id), []).append(row)
    return {key: _cell(cell, facts) for key, cell in together.items()}


def _cell(rows: Sequence[Filed], facts: Mapping[int, Facts]) -> Cell:
    form, outcome = rows[0].form, rows[0].outcome
    sources = [
        _source(row, row.study, facts[row.study.pk]) for row in rows if row.study is not None and is_counted(row.study)
    ]
    graded = None if outcome.slug in COMPARED_BETWEEN_FORMS else grade(sources, question=Question.EFFECT)
    if graded is None:
        return Cell(form, outcome, None, None, _why_ungraded(rows, sources))
    return Cell(form, outcome, graded, lean_of(graded.counted))


def _why_ungraded(rows: Sequence[Filed], sources: Sequence[Source]) -> str:
    """Empty where readers see no study."""
    if not sources:
        taken_back = any(row.study is not None and row.study.is_public for row in rows)
        return "every study on file was retracted." if taken_back else ""
    if rows[0].outcome.slug in COMPARED_BETWEEN_FORMS:
        return "these studies measure or compare forms, and no grade of a benefit follows from that."
    return "no result that points either way is on file."


def _source(row: Filed, study: Study | SeenStudy, facts: Facts) -> Source:
    return source_of(
        study,
        facts,
        stance=stance_of(row, facts),
        outcomes=frozenset({row.outcome_id}),
        indirect=misfits_of(row, study, facts),
        people=row.n,
    )


def stance_of(row: Filed, facts: Facts) -> Stance:
    """What a study's results for the outcome say of a benefit; background where no direction is on file.

    A study whose printed figures do not add up is not weighed either way: it must not carry a sentence.
    """
    if row.level == FormEvidenceLevel.HUMAN_RCT_DISPUTED:
        return Stance.BACKGROUND
    told = {result.said for result in facts.results if result.outcome == row.outcome_id}
    if row.level in FOUND_NOTHING and not told & TELLING:
        return Stance.CONTRADICTS
    return stance_told(told, facts)


def stance_told(told: set[str], facts: Facts) -> Stance:
    """What the directions of a study's results say of a benefit; background where none of them points."""
    told = told & TELLING
    if not told:
        return Stance.BACKGROUND
    if told == {Direction.FAVOURS_MAGNESIUM}:
        return Stance.SUPPORTS
    # No difference from another treatment is not the same as no effect.
    return Stance.CONTRADICTS if told <= AGAINST and not only_active(facts) else Stance.QUALIFIES


def only_active(facts: Facts) -> bool:
    """Whether magnesium was compared with another treatment and with nothing else."""
    return ArmRole.ACTIVE in facts.arms and not facts.arms & {ArmRole.PLACEBO, ArmRole.NO_TREATMENT}


def misfits_of(row: Filed, study: Study | SeenStudy, facts: Facts) -> frozenset[str]:
    """Dimensions in which a study does not fit the question what this form alone does, against nothing."""
    found = set(NOT_QUITE.get(FormEvidenceLevel(row.level), ())) if row.level else set()
    trial = trial_of(study)
    other_form = study.form_id not in (None, row.form_id)
    if (trial and trial.magnesium_alone is False) or other_form or (study.design in REVIEWS and not study.form_id):
        found.add("form")
    if only_active(facts):
        found.add("comparator")
    return frozenset(found)


def lean_of(counted: Sequence[Source]) -> Lean:
    """Which way most of the counted sources point."""
    for stance, lean in ((Stance.SUPPORTS, Lean.BENEFIT), (Stance.CONTRADICTS, Lean.NO_DIFFERENCE)):
        if most(sum(source.stance == stance for source in counted), counted):
            return lean
    return Lean.BOTH_WAYS
