"""A writer's own replies under one capability: how each stands, why, and what can still be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Prefetch
from django.utils import timezone

from articles.mail_links import PASSPORT, contact_of
from articles.models import (
    SUBJECTS,
    Contact,
    Correction,
    ModerationAction,
    ModerationEvent,
    Reason,
    Reply,
    ReplyStatus,
)
from articles.policies import DECISIONS, EDIT_FOR, NO_REASON, REASONS, is_public, writers_actions
from articles.subjects import title_of
from articles.writers import digest_of

ROWS = (
    "thread__article__live",
    *(f"thread__{name}" for name in SUBJECTS),
    *("parent", "claim", "revision", "contact", "correction__revision__article"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One reply on its writer's page."""

    reply: Reply
    events: list[ModerationEvent]
    """What was done about it, newest first, without what was undone."""
    may: frozenset[str]
    """What the writer can do with it now."""

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"reply-{self.reply.public_id}"

    @property
    def title(self) -> str:
        """What was replied to."""
        return title_of(self.reply.about)

    @property
    def public_address(self) -> str:
        """Where readers see it; empty while they do not."""
        shown = self.reply.status == ReplyStatus.APPROVED and is_public(self.reply.about)
        return self.reply.get_absolute_url() if shown else ""

    @property
    def page_address(self) -> str:
        """The page replied to; empty while it is not public."""
        return str(self.reply.about.get_absolute_url()) if is_public(self.reply.about) else ""

    @property
    def why(self) -> list[str]:
        """Why it is not public, as its writer reads it; empty when nothing was decided against it."""
        event = self._last(*DECISIONS)
        against = {ReplyStatus.REJECTED, ReplyStatus.SPAM, ReplyStatus.HIDDEN}
        return said_to_writer(event) if self.reply.status in against else []

    @property
    def edit_declined(self) -> list[str]:
        """Why the last new words were not taken over; empty when they wait, or there were none."""
        last = self._last(ModerationAction.EDIT, ModerationAction.ACCEPT_EDIT, ModerationAction.DECLINE_EDIT)
        declined = last is not None and last.action == ModerationAction.DECLINE_EDIT and not self.reply.held_at
        return said_to_writer(last) if declined else []

    @property
    def editable_until(self) -> datetime:
        """When editing ends, if nobody answers before."""
        return self.reply.created_at + EDIT_FOR

    @property
    def words(self) -> str:
        """The text as its writer last left it."""
        return self.reply.held_body if self.reply.held_at else self.reply.body

    @property
    def contact(self) -> Contact | None:
        """Where mail about it goes."""
        return getattr(self.reply, "contact", None)

    @property
    def correction(self) -> Correction | None:
        """What became of it as a correction."""
        return getattr(self.reply, "correction", None)

    @property
    def correction_reason(self) -> str:
        """Why the correction was not made."""
        reason = self.correction.reason if self.correction else ""
        return REASONS[Reason(reason)] if reason else ""

    def _last(self, *actions: ModerationAction) -> ModerationEvent | None:
        return next((event for event in self.events if event.action in actions), None)


def said_to_writer(event: ModerationEvent | None) -> list[str]:
    """The coded reason in the writer's words, and what the moderator added."""
    if event is None:
        return [NO_REASON]
    reason = REASONS[Reason(event.reason)] if event.reason else NO_REASON
    return [reason, event.message] if event.message else [reason]


def open_passport(key: str) -> list[Entry]:
    """The replies under a capability, newest first; none for whatever is no key of anybody's.

    A key is the secret that the writer was given, of which the database knows a digest, or what a mail carries
    to an address that was confirmed.
    """
    replies = Reply.objects.filter(pk__in=_keys(key)).select_related(*ROWS)
    events = ModerationEvent.objects.filter(undone_by=None).exclude(action=ModerationAction.UNDO)
    found = list(replies.prefetch_related(Prefetch("events", events)).order_by("-created_at", "-pk"))
    return list(_entries(found))


def _keys(key: str) -> Any:
    """The rows of a writer's replies."""
    writer = digest_of(key)
    if writer:
        return Reply.objects.by_writer(writer).values("pk")
    contact = _confirmed(key)
    if contact is None:
        return []
    own = Reply.objects.filter(pk=contact.reply_id)
    return (own | Reply.objects.filter(writer=contact.reply.writer).exclude(writer="")).values("pk")


def _confirmed(token: str) -> Contact | None:
    try:
        contact = contact_of(token, purpose=PASSPORT)
    except signing.BadSignature:
        return None
    return contact if contact and contact.confirmed_at else None


def _entries(replies: list[Reply]) -> Iterable[Entry]:
    now = timezone.now()
    answered = set(Reply.objects.visible().filter(parent__in=replies).values_list("parent", flat=True))
    for reply in replies:
        may = writers_actions(reply, answered=reply.pk in answered, now=now)
        yield Entry(reply=reply, events=list(reply.events.all()), may=frozenset(map(str, may)))
