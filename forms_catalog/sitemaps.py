"""What of the catalog is in the sitemap: every public record, with the last change that somebody noted.

That is a change saved by an editor, of a claim or an outcome also another verdict, and of a study whatever wrote it. A
record of which nothing was noted has no date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db.models import DateTimeField, Expression, F, Max, Model, QuerySet, Value

from forms_catalog.models import Claim, Form, GlossaryTerm, Mechanism, Outcome, Study
from forms_catalog.models.base import page_address
from mgsite.sitemaps import Place, Section

NOTHING_CHANGED = "[]"
"""What Django's log says of a form that was sent as it was."""


NO_DATE = Value(None, output_field=DateTimeField())
LAST_VERDICT = Max("verdict_changes__at")


def _section(name: str, address: str, rows: QuerySet[Any], *, noted: Expression | F = NO_DATE) -> Section:
    """`noted`: when a change of a row was noted, beside the admin's log."""
    return Section(name, count=lambda: rows.all().count(), places=partial(_places, address, rows, noted))


def _places(address: str, rows: QuerySet[Any], noted: Expression | F, start: int, end: int) -> Iterator[Place]:
    """Records in the order in which they were put in. Two queries."""
    saved = last_saved(rows.model)
    for key, slug, changed in rows.order_by("pk").values_list("pk", "slug", noted)[start:end]:
        dates = [date for date in (changed, saved.get(str(key))) if date]
        yield Place(page_address(address, slug), max(dates, default=None))


def last_saved(model: type[Model]) -> dict[str, datetime]:
    """When an editor last changed each record, by its key as text. One query, as long as its answer is."""
    names = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
    entries = LogEntry.objects.filter(action_flag__in=(ADDITION, CHANGE), **names).exclude(
        change_message=NOTHING_CHANGED
    )
    return dict(entries.order_by().values_list("object_id").annotate(Max("action_time")))


SECTIONS = (
    _section("forms", "catalog:form", Form.objects.all()),
    _section("mechanisms", "catalog:mechanism", Mechanism.objects.all()),
    _section("outcomes", "catalog:outcome", Outcome.objects.all(), noted=LAST_VERDICT),
    _section("claims", "catalog:claim", Claim.objects.all(), noted=LAST_VERDICT),
    _section("studies", "catalog:study", Study.objects.published(), noted=F("arrivals__changed_at")),
    _section("glossary", "catalog:term", GlossaryTerm.objects.all()),
)
