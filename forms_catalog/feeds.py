"""Feeds of the catalog: verdicts that changed, and studies that came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.template.loader import render_to_string
from django.urls import reverse

from forms_catalog.feed_ids import feed_ids
from forms_catalog.models import StudyArrival, VerdictChange
from forms_catalog.models.vocabulary import PublicationStatus
from mgsite.atom import NEVER, Entry, Feed, for_readers

MOST = 50
EDITORS = "The editors"
Ids = Callable[[str, object], str]


def verdicts_feed() -> Feed:
    """The newest changes of verdicts, on claims and of outcomes. Three queries."""
    ids = feed_ids()
    changes = VerdictChange.objects.select_related("claim", "outcome")[:MOST]
    return Feed(
        id=ids("feed", "verdicts"),
        title=f"Changes of verdicts on {settings.SITE_NAME}",
        subtitle="What we now say otherwise of a claim or an outcome, and why.",
        page=reverse("catalog:claim-list"),
        path=reverse("catalog:feed-verdicts"),
        began=StudyArrival.objects.aggregate(began=Min("at"))["began"] or NEVER,
        entries=[_changed(change, ids=ids) for change in changes],
    )


def _changed(change: VerdictChange, *, ids: Ids) -> Entry:
    path = change.record.get_absolute_url()
    return Entry(
        id=ids("verdict-change", change.pk),
        title=f"{change.after} (was: {change.before}): {change.subject}",
        path=path,
        author=EDITORS if change.claim else "The grading rule",
        published=change.at,
        updated=change.at,
        html=_html("feeds/verdict.html", path, {"change": change}),
        categories=(str(change.record.get_topic_display()),) if change.claim else ("Outcomes",),
    )


def studies_feed() -> Feed:
    """The newest public studies, by the day they became public here. Two queries."""
    ids = feed_ids()
    arrivals = StudyArrival.objects.filter(study__is_public=True, at__isnull=False)
    newest = arrivals.select_related("study__form", "study__named_by").order_by("-at", "-pk")[:MOST]
    return Feed(
        id=ids("feed", "studies"),
        title=f"Studies added to {settings.SITE_NAME}",
        subtitle="Studies, reviews and other sources that claims may now lean on, with what was read of each.",
        page=reverse("catalog:study-list"),
        path=reverse("catalog:feed-studies"),
        entries=[_arrived(arrival, ids=ids) for arrival in newest],
    )


def _arrived(arrival: Any, *, ids: Ids) -> Entry:
    study = arrival.study
    path = study.get_absolute_url()
    doubted = study.publication_status != PublicationStatus.AS_PUBLISHED
    said = f"{study.get_publication_status_display()}: " if doubted else ""
    return Entry(
        id=ids("study", study.pk),
        title=f"{said}{study.short_citation}: {study.title_or_description}",
        path=path,
        author=EDITORS,
        published=arrival.at,
        updated=arrival.changed_at,
        html=_html("feeds/study.html", path, {"study": study}),
        categories=(str(study.get_design_display() or study.get_kind_display()),),
    )


def _html(template: str, path: str, context: dict[str, Any]) -> str:
    return for_readers(render_to_string(template, context), page=settings.SITE_URL + path)
