"""Undoing what a moderator did: a new event, and only while nothing came after the one it undoes."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from articles.actions.deciding import tell_pages
from articles.actions.outbox import take_back
from articles.actions.replies import Decided, Person
from articles.models import Actor, Correction, ModerationAction, ModerationEvent, Reply, ReplyStatus
from articles.policies import CORRECTING, DECISIONS, SWAPPING, UNDOABLE, ModerationRefused, check_may_moderate

NOT_UNDOABLE = "This cannot be undone."
NOT_THE_LAST = "Something was done about this reply since, so this can no longer be undone. Nothing was changed."
NOT_KEPT = "The former words are no longer kept, so this can no longer be undone."
TAKEN_UP = "The editors have dealt with this correction, so this can no longer be undone."


@transaction.atomic
def undo(*, event: ModerationEvent, by: Person) -> ModerationEvent:
    """Undo one thing that a moderator did. Raises PermissionDenied, ModerationRefused."""
    moderator = check_may_moderate(by)
    if event.actor != Actor.MODERATOR or event.action not in UNDOABLE:
        raise ModerationRefused(NOT_UNDOABLE)
    stored = Reply.objects.select_for_update(no_key=True).get(pk=event.reply_id)
    if not _last().filter(pk=event.pk).exists():
        raise ModerationRefused(NOT_THE_LAST)
    if event.action in CORRECTING:
        _close_correction(stored)
    elif event.action not in DECISIONS:
        Reply.objects.filter(pk=stored.pk).update(**_words_back(stored, action=event.action))
    (undone,) = _lead_back([event], by=moderator, batch=None)
    return undone


@transaction.atomic
def undo_batch(*, batch: uuid.UUID, by: Person) -> Decided:
    """Undo a decision about several replies, for those of them about which nothing was done since.

    Raises PermissionDenied, and ModerationRefused when there is no such decision.
    """
    moderator = check_may_moderate(by)
    taken = ModerationEvent.objects.filter(batch=batch, action__in=DECISIONS)
    asked = taken.count()
    if not asked:
        raise ModerationRefused(NOT_UNDOABLE)
    list(Reply.objects.select_for_update(no_key=True).filter(events__in=taken).order_by("pk").values_list("pk"))
    events = list(_last().filter(pk__in=taken.values("pk")).order_by("reply"))
    undone, done = uuid.uuid4(), 0
    for start in range(0, len(events), 500):
        done += len(_lead_back(events[start : start + 500], by=moderator, batch=undone))
    return Decided(decided=done, skipped=asked - done, batch=undone if done else None)


def _last() -> QuerySet[ModerationEvent]:
    """Events that nothing came after."""
    later = ModerationEvent.objects.filter(reply=OuterRef("reply"), pk__gt=OuterRef("pk"))
    return ModerationEvent.objects.filter(~Exists(later))


def _lead_back(events: list[ModerationEvent], *, by: Any, batch: uuid.UUID | None) -> list[ModerationEvent]:
    """Give locked replies the state they had before; `events` are of one decision."""
    was, now_is = ReplyStatus(events[0].from_status), ReplyStatus(events[0].to_status)
    at = timezone.now()
    if was != now_is:
        # What this very decision had made public for the first time does not count as having been.
        first_seen = Case(When(published_at=events[0].at, then=Value(None)), default=F("published_at"))
        Reply.objects.filter(pk__in=[event.reply_id for event in events]).update(
            status=was, decided_at=None if was == ReplyStatus.PENDING else at, published_at=first_seen
        )
    take_back([event.pk for event in events])
    tell_pages([event.reply_id for event in events], was, now_is)
    return ModerationEvent.objects.bulk_create(
        ModerationEvent(
            reply_id=event.reply_id,
            action=ModerationAction.UNDO,
            from_status=now_is,
            to_status=was,
            by=by,
            undo_of=event,
            batch=batch,
            at=at,
        )
        for event in events
    )


def _words_back(stored: Reply, *, action: str) -> dict[str, Any]:
    """What gives a reply the words, or the waiting words, that it had. Raises ModerationRefused."""
    if not stored.held_html:
        raise ModerationRefused(NOT_KEPT)
    back: dict[str, Any] = {"text_version": F("text_version") + 1}
    if action in SWAPPING:
        back |= {"body": stored.held_body, "html": stored.held_html}
        back |= {"held_body": stored.body, "held_html": stored.html}
    if action != ModerationAction.REDACT:
        back["held_at"] = timezone.now()
    return back


def _close_correction(stored: Reply) -> None:
    """Forget that a correction was passed on or declined. Raises ModerationRefused once editors have dealt with it."""
    theirs = Q(outcome="") | Q(outcome="declined", resolved_at=F("opened_at"))
    if not Correction.objects.filter(theirs, reply=stored).delete()[0]:
        raise ModerationRefused(TAKEN_UP)
