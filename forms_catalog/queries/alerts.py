"""Notices that evidence has changed, for the pages of the catalog."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from forms_catalog.models import Claim, EvidenceAlert, Study


def shown_alerts() -> QuerySet[EvidenceAlert]:
    """Open alerts that readers may hear of, with the record each is about."""
    hidden = Q(study__is_public=False)
    return EvidenceAlert.objects.open().exclude(hidden).select_related("study", "claim")


def notices_on(record: Model) -> list[EvidenceAlert]:
    """Alerts for which this claim, form or mechanism has still to be looked at, newest first. One query.

    A claim's own page carries the alert about its verdict until all that leans on it was looked at.
    """
    waits = Q(**{f"tasks__{record._meta.model_name}": record, "tasks__resolved_at__isnull": True})
    own = Q(claim=record) if isinstance(record, Claim) else Q()
    return list(shown_alerts().filter(own | waits).distinct())


def with_open_alert(studies: QuerySet[Study]) -> QuerySet[Any]:
    """Studies, each with `alert_opened_at`: a study's page has no query to spare."""
    newest = EvidenceAlert.objects.open().filter(study=OuterRef("pk")).values("opened_at")[:1]
    return studies.annotate(alert_opened_at=Subquery(newest))


def notice_on_study(study: Any) -> list[EvidenceAlert]:
    """The open alert about a study that came through `with_open_alert`, as a list of one or none. No query."""
    if study.alert_opened_at is None:
        return []
    return [EvidenceAlert(kind=study.publication_status, study=study, opened_at=study.alert_opened_at)]
