"""How anything is done about replies: lock, compare with what was seen, change, add the event. One place for all."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict

from django.contrib.auth.models import User
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.actions.outbox import queue_mails
from articles.models import Actor, ModerationAction, ModerationEvent, Reply, ReplyStatus
from articles.models.replies import GONE
from articles.policies import ModerationRefused, status_after
from articles.search import follow_replies
from forms_catalog.actions import public_content_changed


class Words(TypedDict, total=False):
    """What goes with a decision: a coded reason and more for the writer, and a note for colleagues."""

    reason: str
    message: str
    note: str


def locked(reply: Reply, *, seen: ReplyStatus, text_version: int) -> Reply:
    """The reply as stored, locked until the transaction ends. Raises ModerationRefused unless it is as it was seen."""
    rows = Reply.objects.select_for_update(no_key=True).order_by("pk")
    stored = rows.filter(pk=reply.pk, status=seen, text_version=text_version).first()
    if stored is None:
        raise ModerationRefused(_meanwhile(reply))
    return stored


def carry_out(
    keys: Sequence[int],
    *,
    action: ModerationAction,
    seen: ReplyStatus,
    target: ReplyStatus,
    by: User | None,
    words: Words,
    batch: uuid.UUID | None = None,
    actor: Actor = Actor.MODERATOR,
    fields: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> list[ModerationEvent]:
    """Move locked replies from the state seen to another, and add their events and mails.

    The caller has locked and compared them, in the transaction that is open. `at`: one moment for all of a batch.
    """
    if not keys:
        return []
    now = at or timezone.now()
    Reply.objects.filter(pk__in=keys).update(**_dated(seen, target, now=now), **(fields or {}))
    events = ModerationEvent.objects.bulk_create(
        ModerationEvent(
            reply_id=key,
            action=action,
            actor=actor,
            from_status=seen,
            to_status=target,
            by=by,
            batch=batch,
            at=now,
            **words,
        )
        for key in keys
    )
    queue_mails(events)
    tell_pages(keys, seen, target)
    return events


def tell_pages(keys: Sequence[int], *states: ReplyStatus) -> None:
    """Note that pages show something else now: an approved reply, or the line of one that was public before."""
    if ReplyStatus.APPROVED in states:
        public_content_changed()
        follow_replies(keys)
    elif not set(GONE).isdisjoint(states) and Reply.objects.filter(pk__in=keys, published_at__isnull=False).exists():
        public_content_changed()


def _dated(seen: ReplyStatus, target: ReplyStatus, *, now: Any) -> dict[str, Any]:
    """The new state and its dates. What stays in its state keeps them."""
    if seen == target:
        return {}
    moved: dict[str, Any] = {"status": target, "decided_at": None if target == ReplyStatus.PENDING else now}
    if target == ReplyStatus.APPROVED:
        moved["published_at"] = Coalesce(F("published_at"), Value(now, output_field=DateTimeField()))
    return moved


def change_one(
    *,
    stored: Reply,
    action: ModerationAction,
    by: User | None = None,
    actor: Actor = Actor.MODERATOR,
    words: Words,
    **fields: Any,
) -> ModerationEvent:
    """Do one thing with one locked reply, as the table says. Raises ModerationRefused."""
    seen = ReplyStatus(stored.status)
    target = status_after(status=seen, action=action)
    (event,) = carry_out(
        [stored.pk], action=action, seen=seen, target=target, by=by, words=words, actor=actor, fields=fields
    )
    return event


def _meanwhile(reply: Reply) -> str:
    """Who was first, and what they did."""
    event = ModerationEvent.objects.filter(reply=reply).select_related("by").first()
    if event is None:
        return "This reply is no longer there."
    if event.actor == Actor.WRITER:
        return f"The writer was first: {event.get_action_display().lower()}. Read it again; nothing was changed."
    colleague = event.by.get_username() if event.by else "A former colleague"
    return f"{colleague} has already decided this: {event.get_to_status_display().lower()}. Nothing was changed."
