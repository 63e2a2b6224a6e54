"""How a study of the catalog looks to the rule: what kind of evidence it is, how many people, who paid."""

from __future__ import annotations

from forms_catalog.grading.facts import Facts
from forms_catalog.grading.rule import Group, Source
from forms_catalog.grading.seen import SeenStudy, SeenTrial
from forms_catalog.models import Study, Trial
from forms_catalog.models.vocabulary import (
    Direction,
    EvidenceType,
    Funding,
    PublicationStatus,
    Species,
    Stance,
    StudyDesign,
    StudyKind,
)

REVIEWS = {StudyDesign.META_ANALYSIS, StudyDesign.SYSTEMATIC_REVIEW}
RANDOMISED = {StudyDesign.RCT, StudyDesign.CROSSOVER_RCT, StudyDesign.EQUIVALENCE_RCT}
WATCHED = {
    StudyDesign.CONTROLLED_TRIAL,
    StudyDesign.OPEN_TRIAL,
    StudyDesign.MENDELIAN_RANDOMISATION,
    StudyDesign.COHORT,
    StudyDesign.CROSS_SECTIONAL,
    StudyDesign.MODELLING,
}
INDUSTRY = {Funding.INDUSTRY: True, Funding.MIXED: True, Funding.PUBLIC: False, Funding.NOT_STATED: None}
"""Where industry paid a part it may have had its say: mixed funding counts as paid."""
NO_WEIGHT = {Direction.NOT_APPLICABLE, ""}


def is_counted(study: Study | SeenStudy) -> bool:
    """Whether readers may see it and the journal has not withdrawn it."""
    return study.is_public and study.publication_status != PublicationStatus.RETRACTED


def trial_of(study: Study | SeenStudy) -> Trial | SeenTrial | None:
    """How it was run, where that is on file. Load it with select_related('trial')."""
    return getattr(study, "trial", None)


def group_of(study: Study | SeenStudy, facts: Facts) -> Group:
    """What kind of evidence it is. Anything not clearly a study of people is indirect."""
    if study.kind != StudyKind.STUDY or study.species != Species.HUMAN:
        return Group.INDIRECT
    if study.design in REVIEWS:
        return Group.OBSERVATIONAL if reviews_observation(facts) else Group.RANDOMISED
    if study.design in RANDOMISED:
        trial = trial_of(study)
        return Group.OBSERVATIONAL if trial and trial.randomised is False else Group.RANDOMISED
    return Group.OBSERVATIONAL if study.design in WATCHED else Group.INDIRECT


def reviews_observation(facts: Facts) -> bool:
    """Whether a review found nothing but associations: no randomised pool, or no pool and only associations told."""
    if facts.pools:
        return all(pool.said != EvidenceType.RANDOMISED for pool in facts.pools)
    directions = {result.said for result in facts.results} - NO_WEIGHT
    return directions == {Direction.ASSOCIATION}


def source_of(
    study: Study | SeenStudy,
    facts: Facts,
    *,
    stance: Stance,
    outcomes: frozenset[int],
    indirect: frozenset[str] = frozenset(),
    people: int | None = None,
) -> Source:
    """The study as the rule sees it, for a question about these outcomes (primary keys).

    `people`: how many of them count here, where that is not the whole study.
    """
    trial = trial_of(study)
    group = group_of(study, facts)
    return Source(
        key=study.slug,
        label=study.short_citation,
        group=group,
        stance=stance,
        is_review=study.design in REVIEWS,
        people=people or people_in(study),
        bias=tuple(facts.bias) or None,
        indirect=indirect,
        crosses_no_effect=facts.crosses_no_effect(outcomes, randomised=group == Group.RANDOMISED),
        industry=INDUSTRY[Funding(trial.funding_type)] if trial else None,
    )


def people_in(study: Study | SeenStudy) -> int | None:
    """How many people: as its record says, else those allotted, else those analysed. None: not people, or not seen."""
    if study.species != Species.HUMAN:
        return None
    trial = trial_of(study)
    return study.n or (trial.n_total_randomised or trial.n_total_analysed if trial else None)
