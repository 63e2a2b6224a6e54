"""The log of corrections: versions of articles after their first, and changes in the evidence, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import CharField, F, QuerySet, Value

from articles.models import Revision
from forms_catalog.models import EvidenceAlert
from forms_catalog.queries.paging import page_of

ARTICLE, EVIDENCE = "article", "evidence"
LISTED = ("number", "change_note", "created_at", "article__slug", "article__live__title")


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry: a version of an article or a change in the evidence."""

    at: datetime
    revision: Revision | None = None
    alert: EvidenceAlert | None = None


def corrections_page(number: str) -> Page[Any]:
    """A page of the log, its entries as Corrections, in a fixed number of queries."""
    rows = _dated(_revisions(), ARTICLE, "created_at").union(_dated(_alerts(), EVIDENCE, "opened_at"), all=True)
    page = page_of(rows.order_by("-at", "source", "-key"), number)
    page.object_list = _entries(list(page.object_list))
    return page


def _revisions() -> QuerySet[Revision]:
    """Versions that replaced one readers had seen, of articles they can still see."""
    return Revision.objects.filter(number__gt=1, article__status="published")


def _alerts() -> QuerySet[EvidenceAlert]:
    """What was noticed about studies and claims that readers can see."""
    return EvidenceAlert.objects.exclude(study__is_public=False)


def _dated(rows: QuerySet[Any], source: str, field: str) -> QuerySet[Any, Any]:
    """Rows as (source, key, at), so that two tables can stand in one order."""
    shaped = rows.order_by().annotate(source=Value(source, CharField()), key=F("pk"), at=F(field))
    return shaped.values_list("source", "key", "at")


def _entries(rows: list[tuple[str, int, datetime]]) -> list[Correction]:
    """The records behind some rows, in the rows' order. Two queries."""
    wanted = {source: [key for kind, key, _ in rows if kind == source] for source in (ARTICLE, EVIDENCE)}
    revisions = _revisions().select_related("article__live").only(*LISTED).in_bulk(wanted[ARTICLE])
    alerts = _alerts().select_related("study", "claim").in_bulk(wanted[EVIDENCE])
    return [
        Correction(at=at, revision=revisions[key]) if source == ARTICLE else Correction(at=at, alert=alerts[key])
        for source, key, at in rows
    ]
