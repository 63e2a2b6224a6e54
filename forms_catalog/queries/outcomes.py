"""An outcome's page and the list of outcomes."""

from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from forms_catalog.grading.cells import Cell, grade_cells
from forms_catalog.models import Claim, Form, FormEvidence, Mechanism, Outcome, StudyResult
from forms_catalog.queries.forms import visible_evidence

MOST_RESULTS = 100


def counted_outcomes() -> QuerySet[Outcome]:
    """All outcomes, the main ones first, with the number of public studies and of claims. One query."""
    results = StudyResult.objects.filter(study__is_public=True)
    return Outcome.objects.select_related("broader").annotate(
        study_count=_number_of("study", results), claim_count=_number_of("claim", Claim.outcomes.through.objects.all())
    )


def _number_of(name: str, rows: QuerySet[Any]) -> Coalesce:
    """How many different records of that name the outcome's rows point at, counted apart from everything else."""
    of_outcome = rows.filter(outcome=OuterRef("pk")).order_by().values("outcome")
    return Coalesce(Subquery(of_outcome.annotate(number=Count(name, distinct=True)).values("number")), 0)


def outcome_page(*, outcome: Outcome) -> dict[str, Any]:
    """Everything an outcome's page shows, in nine queries besides the outcome itself."""
    public = {"study__is_public": True}
    results = list(
        outcome.results.filter(**public)
        .select_related("study__form")
        .order_by("-study__year", "study__slug")[: MOST_RESULTS + 1]
    )
    keys = {result.study_id for result in results}
    return {
        "outcome": outcome,
        "narrower": list(outcome.narrower.all()),
        "claims": list(outcome.claims.all()),
        "evidence": evidence_by_form(outcome),
        "results": results[:MOST_RESULTS],
        "more_results": len(results) > MOST_RESULTS,
        "notes": list(outcome.notes.filter(**public).select_related("study")),
        "pooled": list(outcome.pooled_results.filter(**public).select_related("study")),
        "narrative": list(outcome.narrative_syntheses.filter(**public).select_related("study")),
        "mechanisms": list(Mechanism.objects.filter(studies__in=keys).distinct()),
    }


def evidence_by_form(outcome: Outcome) -> list[tuple[Form, list[FormEvidence], Cell]]:
    """Rows of evidence under their forms, by name, each form with its grade. Two queries."""
    rows = outcome.form_evidence.select_related("form", "outcome", "study__trial").order_by("form__name", "position")
    visible = visible_evidence(rows)
    cells = grade_cells(visible)
    grouped = ((form, list(group)) for form, group in groupby(visible, key=lambda row: row.form))
    return [(form, group, cells[form.pk, outcome.pk]) for form, group in grouped]
