"""What changed last: new versions of articles, and changes in the evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import cast

from django.urls import reverse

from articles.credits import credited
from articles.models import Reply, Revision, Status
from forms_catalog.models import Claim, EvidenceAlert, Study

MOST = 5


@dataclass(frozen=True, slots=True)
class Change:
    """Something a returning reader would want to know of."""

    when: dt.datetime
    kind: str
    title: str
    note: str
    url: str
    thanked: list[Reply] = field(default_factory=list)
    """Public replies whose corrections it makes."""


def newest_changes() -> list[Change]:
    """The newest changes of both kinds, newest first. Three queries."""
    revisions = newest_revisions()
    thanked = credited(revision.pk for revision in revisions)
    changes = [of_revision(revision, thanked=thanked.get(revision.pk, [])) for revision in revisions]
    found = [*changes, *map(of_alert, newest_alerts())]
    return sorted(found, key=lambda change: change.when, reverse=True)[:MOST]


def newest_revisions() -> list[Revision]:
    """Versions of articles that are published now."""
    fields = ("article__slug", "number", "title", "change_note", "created_at")
    published = Revision.objects.filter(article__status=Status.PUBLISHED).select_related("article").only(*fields)
    return list(published.order_by("-created_at", "-pk")[:MOST])


def newest_alerts() -> list[EvidenceAlert]:
    """Changes in the evidence that readers may hear of, looked into or not."""
    seen = EvidenceAlert.objects.exclude(study__is_public=False).select_related("study", "claim")
    return list(seen[:MOST])


def of_revision(revision: Revision, *, thanked: list[Reply]) -> Change:
    """A new article, or a new version of one."""
    kind = "New article" if revision.number == 1 else f"Version {revision.number}"
    history = reverse("articles:history", args=[revision.article.slug])
    url = f"{history}#version-{revision.number}"
    return Change(revision.created_at, kind, revision.title, revision.change_note, url, thanked)


def of_alert(alert: EvidenceAlert) -> Change:
    """A study corrected or withdrawn, or a verdict of ours that changed."""
    record = cast(Study | Claim, alert.study or alert.claim)  # the database refuses an alert about neither
    title = record.short_citation if isinstance(record, Study) else record.statement
    return Change(alert.opened_at, str(alert.get_kind_display()), title, alert.note, record.get_absolute_url())
