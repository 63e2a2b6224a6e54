"""An article as schema.org's Article and MedicalWebPage.

Only what is on record: no reviewer, no review. The references stay in the text, where each leads to its study.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime

from articles.models import Article, Reference, Revision, SiteOwner
from forms_catalog.linked_data import Node, absolute, node
from forms_catalog.linked_data.nodes import LANGUAGE, editors

ABOUT = ("outcome", "mechanism")
KINDS = ["Article", "MedicalWebPage"]


def page(*, article: Article, revision: Revision, references: Iterable[Reference], owner: SiteOwner) -> Node:
    """The version that readers see."""
    address = absolute(article.get_absolute_url())
    return node(
        KINDS,
        {
            "@id": address,
            "url": address,
            "headline": revision.title,
            "description": revision.standfirst,
            **editors(revision.byline),
            **dates(article),
            **review(article, revision),
            "version": str(revision.number),
            "inLanguage": LANGUAGE,
            "isAccessibleForFree": True,
            "publisher": publisher(owner),
            "about": subjects(references),
        },
    )


def dates(article: Article) -> dict[str, str]:
    """When readers first saw it, and when they last saw a change."""
    found = {"datePublished": article.published_at, "dateModified": article.updated_at}
    return {name: localtime(moment).isoformat(timespec="seconds") for name, moment in found.items() if moment}


def review(article: Article, revision: Revision) -> dict[str, Any]:
    """Who reviewed it; and when, where the day of a check is on record. Nothing without a reviewer."""
    if not revision.reviewer:
        return {}
    checked = article.evidence_checked_on
    day = {"lastReviewed": checked.isoformat()} if checked else {}
    return {"reviewedBy": node("Person", {"name": revision.reviewer}), **day}


def publisher(owner: SiteOwner) -> Node:
    """Who runs the site; while the owner has not said, the site by its name alone."""
    if not owner.operator.strip():
        return node("Organization", {"name": settings.SITE_NAME})
    return node("Organization", {"name": owner.operator, "url": owner.web_address})


def subjects(references: Iterable[Reference]) -> list[Node]:
    """The outcomes and mechanisms that the text leads to."""
    records = filter(None, (getattr(reference, kind) for kind in ABOUT for reference in references))
    return [node("Thing", {"name": record.name, "url": absolute(record.get_absolute_url())}) for record in records]


def shared(article: Article) -> dict[str, str]:
    """What a card about the article says beside title and picture (Open Graph)."""
    days = dates(article)
    tags = {"article:published_time": days.get("datePublished"), "article:modified_time": days.get("dateModified")}
    return {"og:type": "article", **{name: day for name, day in tags.items() if day}}
