"""A form's page and the list of forms."""

from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q

from forms_catalog.grading.cells import Cell, grade_cells
from forms_catalog.models import Arm, Claim, Form, FormEvidence, Mechanism, Outcome, Study

MOST_STUDIES = 100


def first_share(form: Form) -> float:
    """Elemental share in per cent of the structure meant when nothing else is said; 0 when none is on file."""
    return next((hydrate.elemental_percent for hydrate in form.hydrates.all()), 0.0)


def evidence_by_outcome(rows: list[FormEvidence]) -> list[tuple[Outcome, list[FormEvidence], Cell]]:
    """Rows of evidence under their outcomes, the site's main outcomes first, each outcome with its grade. One query."""
    rows = sorted(rows, key=lambda row: (not row.outcome.is_main, row.outcome.name, row.position))
    cells = grade_cells(rows)
    grouped = ((outcome, list(group)) for outcome, group in groupby(rows, key=lambda row: row.outcome))
    return [(outcome, group, cells[group[0].form_id, outcome.pk]) for outcome, group in grouped]


def visible_evidence(rows: Any) -> list[FormEvidence]:
    """Without rows that rest on a study readers cannot see."""
    return [row for row in rows if row.study is None or row.study.is_public]


def form_page(*, form: Form) -> dict[str, Any]:
    """Everything a form's page shows, in nine queries besides the form itself."""
    evidence = visible_evidence(form.evidence.select_related("form", "outcome", "study__trial"))
    studies = studies_of(form)
    return {
        "form": form,
        "hydrates": list(form.hydrates.all()),
        "evidence": evidence_by_outcome(evidence),
        "studies": studies[:MOST_STUDIES],
        "more_studies": len(studies) > MOST_STUDIES,
        "mechanisms": list(Mechanism.objects.filter(reached_by(studies)).distinct()),
        "common_claims": list(form.common_claims.prefetch_related("studies")),
        "claims": list(Claim.objects.filter(forms=form)),
    }


def studies_of(form: Form) -> list[Study]:
    """Public studies of a form, or with an arm or a row of evidence for it; newest first, one more than is shown."""
    given = Q(form=form) | Q(Exists(Arm.objects.filter(form=form, trial__study=OuterRef("pk"))))
    given |= Q(Exists(FormEvidence.objects.filter(form=form, study=OuterRef("pk"))))
    return list(
        Study.objects.published().filter(given).select_related("form").order_by("-year", "slug")[: MOST_STUDIES + 1]
    )


def reached_by(studies: list[Study]) -> Q:
    """Condition on a mechanism: one of the studies bears on it."""
    keys = [study.pk for study in studies]
    return Q(studies__in=keys) | Q(ladder__study__in=keys)
