"""A writer's replies as data: every column that the privacy page names, in words rather than in row numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone

from articles.models import ModerationAction, ModerationEvent, Reply
from articles.passports import Entry, said_to_writer
from articles.policies import CORRECTING, DECISIONS

PLAIN = (
    "public_id",
    "number",
    "kind",
    "level",
    "sentence",
    "source",
    "name",
    "body",
    "html",
    "text_version",
    "held_body",
    "held_html",
    "held_at",
    "writer",
    "status",
    "triage",
    "triage_since",
    "rank",
    "signals",
    "appeal",
    "appealed_at",
    "created_at",
    "decided_at",
    "published_at",
)
"""Columns that say by themselves what they mean."""
TOLD = (*DECISIONS, *CORRECTING, ModerationAction.DECLINE_EDIT)
"""What a writer is given a reason for."""


def exported(entries: Iterable[Entry]) -> dict[str, Any]:
    """Everything about these replies, their addresses and what was decided."""
    return {
        "site": settings.SITE_URL,
        "exported_at": timezone.now(),
        "meaning": f"{settings.SITE_URL}/about/privacy/",
        "replies": [_reply(entry) for entry in entries],
    }


def _reply(entry: Entry) -> dict[str, Any]:
    reply = entry.reply
    return {name: getattr(reply, name) for name in PLAIN} | {
        "address": settings.SITE_URL + reply.get_absolute_url(),
        "thread": {"kind": reply.thread.kind, "title": entry.title, "address": _full(reply.about.get_absolute_url())},
        "parent": reply.parent and reply.parent.number,
        "claim": reply.claim and reply.claim.slug,
        "revision": reply.revision and reply.revision.number,
        "e-mail": _contact(reply),
        "decisions": [_decision(event) for event in entry.events],
    }


def _full(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _contact(reply: Reply) -> dict[str, Any] | None:
    contact = getattr(reply, "contact", None)
    if contact is None:
        return None
    return {name: getattr(contact, name) for name in ("address", "confirmed_at", "notify", "created_at")}


def _decision(event: ModerationEvent) -> dict[str, Any]:
    """What was done, by which part, and what the writer was told of it."""
    found: dict[str, Any] = {"at": event.at, "action": event.action, "by": event.actor, "status": event.to_status}
    told = event.action in TOLD and (event.reason or event.message)
    return found | ({"said": said_to_writer(event)} if told else {})
