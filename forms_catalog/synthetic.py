"""Made-up studies in any number, to see how the site bears scale. They say what they are and leave in no edition.

Their mixture is drawn from a fixed seed, so that two measurements are of the same catalog.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.db import transaction

from forms_catalog.actions import public_content_changed
from forms_catalog.models import (
    Arm,
    Form,
    FormEvidence,
    LadderEntry,
    Mechanism,
    Outcome,
    Study,
    StudyResult,
    Trial,
)
from forms_catalog.models.vocabulary import (
    BaselineMagnesium,
    Condition,
    Direction,
    FormEvidenceLevel,
    Funding,
    Rung,
    Sex,
    StudyDesign,
)
from mgsite.index.keeping import follow

PREFIX = "synthetic-"
BATCH = 1000
TRIALS = {StudyDesign.RCT, StudyDesign.CROSSOVER_RCT, StudyDesign.CONTROLLED_TRIAL, StudyDesign.OPEN_TRIAL}
# What is common in the catalog is common here: most of it trials and reviews, some animals and cells.
DESIGNS = {
    StudyDesign.RCT: 30,
    StudyDesign.CROSSOVER_RCT: 5,
    StudyDesign.OPEN_TRIAL: 6,
    StudyDesign.META_ANALYSIS: 10,
    StudyDesign.COHORT: 12,
    StudyDesign.CROSS_SECTIONAL: 12,
    StudyDesign.NARRATIVE_REVIEW: 8,
    StudyDesign.ANIMAL: 12,
    StudyDesign.IN_VITRO: 5,
}
FILED, ON_LADDER = 0.5, 0.5
"""Shares: of the results of studies of one form, those filed as evidence of it; of studies that name a mechanism, those
on its ladder. In the first edition more results are filed, and fewer studies name a mechanism."""
LEVELS = {
    StudyDesign.RCT: FormEvidenceLevel.HUMAN_RCT,
    StudyDesign.CROSSOVER_RCT: FormEvidenceLevel.HUMAN_RCT_SMALL,
    StudyDesign.OPEN_TRIAL: FormEvidenceLevel.HUMAN_INCONCLUSIVE,
    StudyDesign.META_ANALYSIS: FormEvidenceLevel.META_ANALYSIS_LOW_CERTAINTY,
    StudyDesign.NARRATIVE_REVIEW: FormEvidenceLevel.REVIEW_MENTION,
    StudyDesign.ANIMAL: FormEvidenceLevel.ANIMAL,
}
RUNGS = {StudyDesign.IN_VITRO: [Rung.LABORATORY], StudyDesign.ANIMAL: [Rung.ANIMAL]}
IN_PEOPLE = [Rung.HUMAN_MARKER, Rung.HUMAN_SYMPTOM]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The records that made-up studies are joined to."""

    forms: list[Form]
    outcomes: list[Outcome]
    mechanisms: list[Mechanism]


@transaction.atomic
def make_synthetic_studies(*, number: int, seed: int = 1) -> int:
    """Bring the number of made-up studies to `number`. Returns how many were added."""
    draw = random.Random(seed)  # noqa: S311  no secret is drawn
    have = Study.objects.filter(slug__startswith=PREFIX).count()
    around = Neighbours(list(Form.objects.all()), list(Outcome.objects.all()), list(Mechanism.objects.all()))
    public_content_changed()
    for start in range(have, number, BATCH):
        studies = [_study(place, draw, around) for place in range(start, min(start + BATCH, number))]
        _add(studies, draw, around)
        follow(model=Study, keys=[study.pk for study in studies])
    follow(model=Form, keys=[form.pk for form in around.forms])  # what they are filed under finds them
    return max(number - have, 0)


@transaction.atomic
def remove_synthetic_studies() -> int:
    """Take them all away. Returns how many there were."""
    found = Study.objects.filter(slug__startswith=PREFIX)
    gone = list(found.values_list("pk", flat=True))
    for joined in (FormEvidence, LadderEntry):  # these protect their study
        joined.objects.filter(study__slug__startswith=PREFIX).delete()
    found.delete()
    public_content_changed()
    follow(model=Study, keys=gone)
    follow(model=Form, keys=Form.objects.values_list("pk", flat=True))
    return len(gone)


def _study(place: int, draw: random.Random, around: Neighbours) -> Study:
    design = draw.choices(list(DESIGNS), weights=list(DESIGNS.values()))[0]
    species = {StudyDesign.ANIMAL: draw.choice(["rat", "mouse"]), StudyDesign.IN_VITRO: "cell"}.get(design, "human")
    form = draw.choice(around.forms) if around.forms and draw.random() < 0.5 else None
    return Study(
        slug=f"{PREFIX}{place:07}",
        title=f"Made-up study {place} on magnesium, for a test of scale",
        authors=[f"Nobody{draw.randrange(5000)}, N"],
        year=draw.randrange(1975, 2027),
        journal=f"Journal {draw.randrange(200)}",
        design=design,
        species=species,
        n=draw.randrange(8, 900),
        form=form,
        form_stated="single" if form else "unspecified",
        dose_mg_elemental=float(draw.randrange(50, 600)) if draw.random() < 0.6 else None,
        verified_fields="Made up for a test of scale.",
    )


def _add(studies: list[Study], draw: random.Random, around: Neighbours) -> None:
    Study.objects.bulk_create(studies)
    results = StudyResult.objects.bulk_create(
        StudyResult(study=study, outcome=outcome, direction=draw.choice(Direction.values), effect_text="Made up.")
        for study in studies
        for outcome in draw.sample(around.outcomes, k=min(len(around.outcomes), draw.randrange(1, 3)))
    )
    _file(results, draw)
    _name_mechanisms(studies, draw, around.mechanisms)
    _add_trials([study for study in studies if study.design in TRIALS], draw)


def _file(results: list[StudyResult], draw: random.Random) -> None:
    FormEvidence.objects.bulk_create(
        FormEvidence(
            form_id=result.study.form_id,
            outcome_id=result.outcome_id,
            study=result.study,
            note="Made up.",
            level=LEVELS.get(StudyDesign(result.study.design), ""),
        )
        for result in results
        if result.study.form_id and draw.random() < FILED
    )


def _name_mechanisms(studies: list[Study], draw: random.Random, mechanisms: list[Mechanism]) -> None:
    named = [(study, draw.choice(mechanisms)) for study in studies if mechanisms and draw.random() < 0.2]
    through = Study.mechanisms.through
    through.objects.bulk_create(through(study_id=study.pk, mechanism_id=mechanism.pk) for study, mechanism in named)
    LadderEntry.objects.bulk_create(
        LadderEntry(mechanism=mechanism, study=study, rung=_rung(study, draw), note="Made up.")
        for study, mechanism in named
        if draw.random() < ON_LADDER
    )


def _rung(study: Study, draw: random.Random) -> Rung:
    return draw.choice(RUNGS.get(StudyDesign(study.design), IN_PEOPLE))


def _add_trials(studies: list[Study], draw: random.Random) -> None:
    trials = Trial.objects.bulk_create(_trial(study, draw) for study in studies)
    Arm.objects.bulk_create(arm for trial in trials for arm in _arms(trial))


def _trial(study: Study, draw: random.Random) -> Trial:
    return Trial(
        study=study,
        design="crossover" if study.design == StudyDesign.CROSSOVER_RCT else "parallel",
        magnesium_given=True,
        magnesium_alone=draw.choice([True, False, None]),
        mean_age=float(draw.randrange(18, 80)),
        sex=draw.choice(Sex.values),
        conditions=[draw.choice(Condition.values)],
        baseline_magnesium=draw.choice(BaselineMagnesium.values),
        funding_type=draw.choice(Funding.values),
        randomised=study.design in {StudyDesign.RCT, StudyDesign.CROSSOVER_RCT},
        blinded=draw.choice(["double", "single", "open", "not_stated"]),
        risk_of_bias_basis="Made up.",
    )


def _arms(trial: Trial) -> list[Arm]:
    study = trial.study
    stated = "single" if study.form_id else "unspecified"
    return [
        Arm(trial=trial, label="Magnesium", role="magnesium", form_stated=stated, form_id=study.form_id),
        Arm(trial=trial, label="Placebo", role="placebo", form_stated="none", position=1),
    ]
