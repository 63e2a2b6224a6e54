"""What records consist of, as tables of their own: a study's results, a form's structures, a claim's sources.

Rows about a study that readers may not see are left out; a lesser mention of one, such as the review a number was
read in, is emptied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from forms_catalog.exports import part_tables as tables
from forms_catalog.exports.columns import Table
from forms_catalog.exports.history_tables import CHANGES, verdict_changes
from forms_catalog.models import (
    AnalogousDrug,
    Arm,
    CommonClaim,
    CounterSearch,
    Effect,
    FormEvidence,
    Hydrate,
    LadderEntry,
    NarrativeSynthesis,
    OutcomeNote,
    PooledResult,
    Recomputation,
    RiskOfBias,
    Study,
    StudyIdentifier,
    StudyResult,
    Support,
    UnusableResult,
)

Rows = QuerySet[Any, Any]
OF_PUBLIC = Q(study__is_public=True)
OF_NONE_OR_PUBLIC = Q(study__isnull=True) | OF_PUBLIC


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to a record, through their `owner` field."""

    table: Table
    owner: str
    rows: Callable[[], Rows]
    """All rows that readers may see, in the order of their records."""

    def of(self, record: Any) -> Iterable[Any]:
        """The rows of one record. One query at most."""
        return self.rows().filter(**{self.owner: record})


class Prefetched(Part):
    """Rows that the record brings along, because its own row needs them too."""

    def of(self, record: Any) -> Iterable[Any]:
        """The rows of one record."""
        return record.results.all()


def _about_studies(rows: Rows, *related: str) -> Rows:
    return rows.filter(OF_PUBLIC).select_related("study", *related).order_by("study__slug", "position", "pk")


def _of_trials(rows: Rows, *related: str) -> Rows:
    return (
        rows.filter(trial__study__is_public=True)
        .select_related("trial__study", *related)
        .order_by("trial__study__slug", "position", "pk")
    )


def _of(rows: Rows, owner: str, *related: str) -> Rows:
    return rows.select_related(owner, *related).order_by(f"{owner}__slug", "position", "pk")


def _common_claims() -> Rows:
    return _of(CommonClaim.objects.prefetch_related("studies"), "form")


def _searches() -> Rows:
    found = Prefetch("found", queryset=Study.objects.published())
    return _of(CounterSearch.objects.prefetch_related(found), "claim")


STUDY_PARTS = (
    Prefetched(tables.RESULTS, "study", lambda: _about_studies(StudyResult.objects.all(), "outcome")),
    Part(tables.EFFECTS, "study", lambda: _about_studies(Effect.objects.all(), "outcome", "via")),
    Part(tables.UNUSABLE, "study", lambda: _about_studies(UnusableResult.objects.all(), "outcome")),
    Part(tables.POOLED, "study", lambda: _about_studies(PooledResult.objects.all(), "outcome")),
    Part(tables.NARRATIVE, "study", lambda: _about_studies(NarrativeSynthesis.objects.all(), "outcome")),
    Part(tables.ARMS, "trial__study", lambda: _of_trials(Arm.objects.all(), "form")),
    Part(tables.BIAS, "trial__study", lambda: _of_trials(RiskOfBias.objects.all())),
    Part(tables.RECOMPUTED, "study", lambda: _about_studies(Recomputation.objects.all())),
)
FORM_PARTS = (
    Part(tables.STRUCTURES, "form", lambda: _of(Hydrate.objects.all(), "form")),
    Part(
        tables.FORM_EVIDENCE,
        "form",
        lambda: _of(FormEvidence.objects.filter(OF_NONE_OR_PUBLIC), "form", "outcome", "study"),
    ),
    Part(tables.COMMON_CLAIMS, "form", _common_claims),
)
MECHANISM_PARTS = (
    Part(tables.LADDER, "mechanism", lambda: _of(LadderEntry.objects.filter(OF_NONE_OR_PUBLIC), "mechanism", "study")),
    Part(tables.DRUGS, "mechanism", lambda: _of(AnalogousDrug.objects.all(), "mechanism")),
)
OUTCOME_PARTS = (
    Part(tables.OUTCOME_NOTES, "outcome", lambda: _of(OutcomeNote.objects.filter(OF_PUBLIC), "outcome", "study")),
)
CLAIM_PARTS = (
    Part(tables.SOURCES, "claim", lambda: _of(Support.objects.filter(OF_PUBLIC), "claim", "study")),
    Part(tables.SEARCHES, "claim", _searches),
    Part(CHANGES, "claim", verdict_changes),
)
IN_THE_EDITION_ONLY = (Part(tables.IDENTIFIERS, "study", lambda: _about_studies(StudyIdentifier.objects.all())),)
ALL_PARTS = (*STUDY_PARTS, *IN_THE_EDITION_ONLY, *FORM_PARTS, *MECHANISM_PARTS, *OUTCOME_PARTS, *CLAIM_PARTS)
