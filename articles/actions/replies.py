"""What readers and moderators do with replies. Every decision is one transaction and leaves an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone

from articles.models import Article, ModerationAction, ModerationEvent, Reply, ReplyStatus
from articles.policies import ModerationRefused, check_may_moderate, check_reply_allowed, status_after
from articles.rates import take_room
from articles.search import follow_replies
from articles.spam import Circumstances, signals_of
from articles.tokens import reply_id
from forms_catalog.actions import public_content_changed
from mgsite.markup import render_reply

REPEATED_WITHIN = timedelta(days=1)
BATCH = 500
"""Replies locked and changed by one statement: every database takes that many parameters."""

Person = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision about several replies."""

    decided: int
    skipped: int
    """Replies that were no longer as the moderator saw them; nothing was changed about these."""


def submit_reply(
    *, article: Article, token: str, name: str, email: str, body: str, circumstances: Circumstances
) -> Reply:
    """Keep a reader's reply, to wait for a moderator. Raises ReplyRefused, NoRoomError.

    What one form (its token, from one network) sends twice gives the first reply again: a double click is not
    two replies. The same words from anywhere else are another reply.
    """
    html = render_reply(body).html  # before the transaction: writers must not wait for a parser
    public_id = reply_id(token=token, network=circumstances.network, name=name, email=email, body=body)
    now = timezone.now()
    with transaction.atomic():
        # The lock makes two equal posts at once come one after the other.
        locked = Article.objects.select_for_update(no_key=True).only("status", "replies_open").get(pk=article.pk)
        check_reply_allowed(locked)
        earlier = _earlier(public_id=public_id, body=body, now=now)
        if earlier is not None and earlier.public_id == public_id:
            return earlier
        crowded = take_room(network=circumstances.network)
        signals = signals_of(
            name=name,
            body=body,
            html=html,
            circumstances=circumstances,
            repeated=earlier is not None,
            crowded=crowded,
        )
        return Reply.objects.create(
            article=article,
            public_id=public_id,
            name=name,
            email=email,
            body=body,
            html=html,
            created_at=now,
            signals=signals,
        )


def _earlier(*, public_id: str, body: str, now: datetime) -> Reply | None:
    """This very reply if it was sent before, else one with the same text from the last day, if any."""
    # Naming every status lets the index on status and date find the day's replies.
    alike = Q(status__in=ReplyStatus.values, created_at__gte=now - REPEATED_WITHIN, body=body)
    same_first = Case(When(public_id=public_id, then=0), default=1)
    return Reply.objects.filter(Q(public_id=public_id) | alike).order_by(same_first).first()


def approve_reply(*, reply: Reply, by: Person, note: str = "") -> None:
    """Publish a waiting reply. Raises PermissionDenied, ModerationRefused."""
    decide(reply=reply, seen=ReplyStatus(reply.status), action=ModerationAction.APPROVE, by=by, note=note)


def reject_reply(*, reply: Reply, by: Person, note: str = "") -> None:
    """Decide against a reply, or take it down. Raises PermissionDenied, ModerationRefused."""
    decide(reply=reply, seen=ReplyStatus(reply.status), action=ModerationAction.REJECT, by=by, note=note)


def mark_reply_as_spam(*, reply: Reply, by: Person, note: str = "") -> None:
    """Put a reply among the spam, where it is kept. Raises PermissionDenied, ModerationRefused."""
    decide(reply=reply, seen=ReplyStatus(reply.status), action=ModerationAction.MARK_SPAM, by=by, note=note)


def reopen_reply(*, reply: Reply, by: Person, note: str = "") -> None:
    """Take a decision back: the reply waits again. Raises PermissionDenied, ModerationRefused."""
    decide(reply=reply, seen=ReplyStatus(reply.status), action=ModerationAction.REOPEN, by=by, note=note)


def decide(*, reply: Reply, seen: ReplyStatus, action: ModerationAction, by: Person, note: str = "") -> None:
    """Take one decision about a reply that the moderator saw in the state `seen`.

    Raises PermissionDenied, and ModerationRefused when the table refuses or a colleague was first.
    """
    if not moderate(ids=[reply.pk], action=action, by=by, seen=seen, note=note).decided:
        raise ModerationRefused(_decided_meanwhile(reply))
    reply.refresh_from_db(fields=["status", "decided_at"])


def moderate(*, ids: Iterable[int], action: ModerationAction, by: Person, seen: ReplyStatus, note: str = "") -> Decided:
    """Take one decision about replies that were all seen in one state, all of them or none on error.

    A reply that has left that state meanwhile is skipped: a colleague's decision is never overwritten.
    Raises PermissionDenied, ModerationRefused.
    """
    moderator = check_may_moderate(by)
    target = status_after(status=seen, action=action)
    wanted = sorted(set(ids))
    now = timezone.now()
    decided = 0
    with transaction.atomic():
        for batch in _batches(wanted):
            # Locked in one order, so that two moderators never wait for each other in a circle.
            queue = Reply.objects.select_for_update().order_by("pk")
            keys = list(queue.filter(pk__in=batch, status=seen).values_list("pk", flat=True))
            decided += Reply.objects.filter(pk__in=keys, status=seen).update(
                status=target, decided_at=None if target == ReplyStatus.PENDING else now
            )
            ModerationEvent.objects.bulk_create(
                ModerationEvent(
                    reply_id=key, action=action, from_status=seen, to_status=target, by=moderator, note=note, at=now
                )
                for key in keys
            )
        if decided and ReplyStatus.APPROVED in (seen, target):
            public_content_changed()
            follow_replies(wanted)
    return Decided(decided=decided, skipped=len(wanted) - decided)


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _decided_meanwhile(reply: Reply) -> str:
    """Who was first, and what they decided."""
    event = ModerationEvent.objects.filter(reply=reply).select_related("by").first()
    if event is None:
        return "This reply is no longer there."
    colleague = event.by.get_username() if event.by else "A former colleague"
    return f"{colleague} has already decided this: {event.get_to_status_display().lower()}. Nothing was changed."
