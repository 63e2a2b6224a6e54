"""An outcome's page and the list of outcomes."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from forms_catalog.grading.cells import grade_cells
from forms_catalog.grading.facts import Facts, facts_of
from forms_catalog.grading.outcomes import picture_of, trials_and_reviews
from forms_catalog.grading.seen import SeenRow, seen_rows
from forms_catalog.grading.sources import RANDOMISED, REVIEWS
from forms_catalog.linked_data.topics import outcome_topic
from forms_catalog.models import Claim, FormEvidence, Mechanism, Outcome, Study, StudyResult
from forms_catalog.models.vocabulary import EvidenceType, Species
from forms_catalog.queries.forest import forest_section
from forms_catalog.queries.forms import MOST_KEPT, OutcomeEvidence, newest_of
from forms_catalog.queries.sayings import sayings_of
from forms_catalog.remembered import remembered_by

MOST_RESULTS = 100
FIRST_CLAIMS = 5


def counted_outcomes() -> QuerySet[Outcome]:
    """All outcomes, the main ones first, with the number of claims. One query."""
    claims = _number_of("claim", Claim.outcomes.through.objects.all())
    return Outcome.objects.select_related("broader").annotate(claim_count=claims)


def _number_of(name: str, rows: QuerySet[Any]) -> Coalesce:
    """How many different records of that name the outcome's rows point at, counted apart from everything else."""
    of_outcome = rows.filter(outcome=OuterRef("pk")).order_by().values("outcome")
    return Coalesce(Subquery(of_outcome.annotate(number=Count(name, distinct=True)).values("number")), 0)


def outcome_at(slug: str) -> tuple[Outcome, list[Outcome]] | None:
    """The outcome at an address, with its parts. One query: its page has none to spare."""
    found = list(Outcome.objects.filter(Q(slug=slug) | Q(broader__slug=slug)).select_related("broader"))
    outcome = next((record for record in found if record.slug == slug), None)
    return (outcome, [record for record in found if record != outcome]) if outcome else None


def outcome_page(*, outcome: Outcome, narrower: list[Outcome], params: Mapping[str, str]) -> dict[str, Any]:
    """Everything an outcome's page shows, in nine queries besides the outcome itself; `params` narrow its chart."""
    public = {"study__is_public": True}
    results = list(
        outcome.results.filter(**public)
        .select_related("study__form")
        .order_by(weighty().asc(), "-study__year", "study__slug", "position")[: MOST_RESULTS + 1]
    )
    keys = {result.study_id for result in results}
    pooled = list(outcome.pooled_results.filter(**public).select_related("study"))
    sayings = sayings_of(outcome)
    claims = list(outcome.claims.all())
    evidence = evidence_of(outcome, narrower)
    return {
        "outcome": outcome,
        "linked_data": outcome_topic(outcome=outcome),
        "narrower": narrower,
        "claims": claims[:FIRST_CLAIMS],
        "more_claims": claims[FIRST_CLAIMS:],
        "cautions": [claim for claim in claims if claim.safety_flag],
        **evidence,
        **by_weight(results[:MOST_RESULTS], weighed=evidence["picture"].weighed),
        "more_results": len(results) > MOST_RESULTS,
        "notes": sayings.notes,
        "narrative": sayings.narrative,
        "forest": forest_section(outcome, sayings.unusable, pooled, params),
        "pooled": [row for row in pooled if row.evidence == EvidenceType.RANDOMISED],
        "pooled_others": [row for row in pooled if row.evidence != EvidenceType.RANDOMISED],
        "mechanisms": list(Mechanism.objects.filter(studies__in=keys).distinct()),
    }


def weighty() -> Case:
    """Zero for trials and reviews of people, which speak first; one for everything else."""
    speaks = Q(study__species=Species.HUMAN, study__design__in=RANDOMISED | REVIEWS)
    return Case(When(speaks, then=0), default=1)


def by_weight(results: list[StudyResult], *, weighed: frozenset[str]) -> dict[str, list[StudyResult]]:
    """Results of the studies that the answer weighed (by slug), or of trials and reviews without one; and the rest."""
    first = [row for row in results if (row.study.slug in weighed if weighed else is_weighty(row.study))]
    return {"results": first, "other_results": [row for row in results if row not in first]}


def is_weighty(study: Study) -> bool:
    """Whether it is a trial of people or a review; what `weighty` says in the database."""
    return study.species == Species.HUMAN and study.design in RANDOMISED | REVIEWS


@remembered_by(key=lambda outcome, narrower: outcome.pk, most=MOST_KEPT)
def evidence_of(outcome: Outcome, narrower: list[Outcome]) -> dict[str, Any]:
    """The picture of the whole, and rows of evidence under their forms, each form with its grade.

    Three queries, or none where it is remembered.
    """
    parts = frozenset([outcome.pk, *(part.pk for part in narrower)])
    rows = FormEvidence.objects.filter(outcome__in=parts).order_by("form__name", "position", "pk")
    visible = seen_rows(rows, notes=True)
    studies = trials_and_reviews(parts)
    facts = facts_of([*(study.pk for study in studies), *(row.study_id for row in visible if row.study_id)])
    return {
        "picture": picture_of(outcome, parts=parts, studies=studies, facts=facts),
        "evidence": evidence_by_form([row for row in visible if row.outcome_id == outcome.pk], facts),
    }


def evidence_by_form(rows: list[SeenRow], facts: Mapping[int, Facts]) -> list[OutcomeEvidence]:
    """Rows of one outcome under their forms, by name, each form with its grade; graded forms first."""
    cells = grade_cells(rows, facts=facts)
    grouped = (list(group) for _, group in groupby(rows, key=lambda row: row.form))
    found = [newest_of(group[0].outcome, group, cells[group[0].form_id, group[0].outcome_id]) for group in grouped]
    return sorted(found, key=lambda entry: entry.cell.grade is None)
