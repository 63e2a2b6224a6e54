"""Forms side by side: what is on file of each, in the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from forms_catalog.explorer.differences import differences
from forms_catalog.explorer.sides import Dose, Side
from forms_catalog.grading.cells import grade_cells
from forms_catalog.grading.seen import SeenStudy, seen_rows
from forms_catalog.grading.sources import RANDOMISED, is_counted, trial_of
from forms_catalog.models import Arm, Form, FormEvidence, Hydrate, Outcome, Study, StudyResult
from forms_catalog.models.vocabulary import ArmRole, PublicationStatus, Species, StudyDesign
from forms_catalog.queries.forms import OutcomeEvidence, newest_of
from forms_catalog.remembered import remembered_by

MOST_KEPT = 8
"""Comparisons that are kept; each holds what is on file of its forms."""
TRIALS = RANDOMISED | {StudyDesign.CONTROLLED_TRIAL, StudyDesign.OPEN_TRIAL}


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome across the forms, in their order."""

    outcome: Outcome
    cells: list[tuple[Side, OutcomeEvidence | None, int]]
    """Each form with what is filed for the outcome, and its number of trials that measured it."""


@remembered_by(key=lambda slugs: frozenset(slugs), most=MOST_KEPT)
def comparison(slugs: Collection[str]) -> dict[str, Any]:
    """Everything the page shows of these forms, in nine queries, or none where it is remembered."""
    forms = list(Form.objects.filter(slug__in=slugs).prefetch_related("hydrates").order_by("slug"))
    evidence = evidence_of(forms)
    doses = doses_of(forms)
    trials = trials_of(doses, evidence)
    sides = [side_of(form, shown_of(evidence[form.pk]), doses[form.pk], trials[form.pk]) for form in forms]
    outcomes = outcomes_of(evidence)
    return {
        "sides": sides,
        "rows": [outcome_row(outcome, sides) for outcome in outcomes],
        "differences": differences(sides, outcomes),
    }


def side_of(form: Form, evidence: list[OutcomeEvidence], doses: list[Dose], trials: Mapping[int, set[int]]) -> Side:
    """One form with what was found for it."""
    hydrates: list[Hydrate] = list(form.hydrates.all())
    return Side(
        form=form,
        hydrate=hydrates[0] if hydrates else None,
        structures=len(hydrates),
        doses=doses,
        evidence={each.outcome.pk: each for each in evidence},
        trials=trials,
    )


def shown_of(evidence: list[OutcomeEvidence]) -> list[OutcomeEvidence]:
    """Without the rows that no page lists: what is kept must not grow with what is on file."""
    return [newest_of(each.outcome, each.rows, each.cell) for each in evidence]


def outcome_row(outcome: Outcome, sides: list[Side]) -> OutcomeRow:
    """One outcome across the sides."""
    cells = [(side, side.evidence.get(outcome.pk), len(side.trials.get(outcome.pk, ()))) for side in sides]
    return OutcomeRow(outcome, cells)


def evidence_of(forms: Iterable[Form]) -> dict[int, list[OutcomeEvidence]]:
    """What is filed under each form, by outcome and graded. Two queries."""
    filed = FormEvidence.objects.filter(form__in=forms)
    rows = seen_rows(filed.order_by("form_id", "outcome_id", "position", "pk"))
    cells = grade_cells(rows)
    found: dict[int, list[OutcomeEvidence]] = defaultdict(list)
    for key, group in groupby(rows, key=lambda row: (row.form_id, row.outcome_id)):
        together = list(group)
        found[key[0]].append(OutcomeEvidence(together[0].outcome, together, cells[key]))
    return found


def doses_of(forms: Iterable[Form]) -> dict[int, list[Dose]]:
    """What each trial in people gave of each form: by its arms, or by its record where no arm is on file. Two queries.

    Papers that their journal has withdrawn are left out.
    """
    arms = Arm.objects.filter(form__in=forms, role=ArmRole.MAGNESIUM, trial__study__in=trials_in_people())
    days = Coalesce("duration_days", "trial__study__duration_days")
    given = list(arms.order_by("pk").values_list("form_id", "trial__study_id", "dose_mg_elemental", days))
    with_arms = {(form, study) for form, study, *_ in given}
    records = trials_in_people().filter(form__in=forms).order_by("pk")
    told = records.values_list("form_id", "pk", "dose_mg_elemental", "duration_days")
    found: dict[int, list[Dose]] = defaultdict(list)
    for form, study, mg, lasted in [*given, *(row for row in told if row[:2] not in with_arms)]:
        found[form].append(Dose(study=study, mg=mg, days=lasted))
    return found


def trials_in_people() -> QuerySet[Study]:
    """Public trials that gave people magnesium; `is_trial_in_people` in the database."""
    found = Study.objects.published().filter(species=Species.HUMAN, design__in=TRIALS)
    return found.exclude(publication_status=PublicationStatus.RETRACTED).exclude(trial__magnesium_given=False)


def trials_of(
    doses: Mapping[int, list[Dose]], evidence: Mapping[int, list[OutcomeEvidence]]
) -> dict[int, dict[int, set[int]]]:
    """For each form and outcome, the trials in people that measured it: by their arms, or as they are filed. One query.

    What measured a part of an outcome, measured the outcome.
    """
    forms_by_study: dict[int, set[int]] = defaultdict(set)
    for form, given in doses.items():
        for dose in given:
            forms_by_study[dose.study].add(form)
    measured = [
        (form, study, outcome, broader)
        for study, outcome, broader in _results_of(forms_by_study)
        for form in forms_by_study[study]
    ]
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for form, study, *outcomes in [*measured, *_filed_trials(evidence)]:
        for outcome in filter(None, outcomes):
            found[form][outcome].add(study)
    return found


def _results_of(studies: Collection[int]) -> Any:
    results = StudyResult.objects.filter(study__in=studies).order_by()
    return results.values_list("study_id", "outcome_id", "outcome__broader_id")


def _filed_trials(evidence: Mapping[int, list[OutcomeEvidence]]) -> list[tuple[int, int, int, int | None]]:
    return [
        (form, row.study.pk, each.outcome.pk, each.outcome.broader_id)
        for form, filed in evidence.items()
        for each in filed
        for row in each.rows
        if row.study is not None and is_trial_in_people(row.study)
    ]


def is_trial_in_people(study: Study | SeenStudy) -> bool:
    """Whether people were given magnesium in it, as far as its record says, and its journal has not withdrawn it."""
    trial = trial_of(study)
    gave = trial is None or trial.magnesium_given
    return gave and study.design in TRIALS and study.species == Species.HUMAN and is_counted(study)


def outcomes_of(evidence: Mapping[int, Sequence[OutcomeEvidence]]) -> list[Outcome]:
    """The main outcomes, then every other for which something is filed. One query."""
    filed = {each.outcome.pk for rows in evidence.values() for each in rows}
    return list(Outcome.objects.filter(Q(is_main=True) | Q(pk__in=filed)).order_by("-is_main", "name", "pk"))
