"""What readers send and moderators decide. Every decision is one transaction and leaves an event."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Unpack

from django.contrib.auth.models import AnonymousUser, User
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.actions.deciding import Words, carry_out, locked
from articles.actions.numbers import take_number
from articles.models import Contact, ModerationAction, ModerationEvent, Reply, ReplyStatus
from articles.places import NOWHERE, Place
from articles.policies import DECISIONS, ModerationRefused, check_may_moderate, status_after
from articles.rates import NoRoomError, take_room
from articles.spam import Circumstances, signals_of
from articles.tokens import reply_id
from mgsite.markup import render_reply

BATCH = 500
"""Replies locked and changed by one statement: every database takes that many parameters."""

Person = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision about several replies."""

    decided: int
    skipped: int
    """Replies that were no longer as the moderator saw them; nothing was changed about these."""
    urgent: int = 0
    """Of those skipped: replies that have to be decided one by one."""
    batch: uuid.UUID | None = None
    """To undo it by (`articles.actions.undoing.undo_batch`); None when nothing was decided."""


def submit_reply(
    *,
    about: Any,
    token: str,
    name: str,
    body: str,
    circumstances: Circumstances,
    email: str = "",
    kind: str = "",
    sentence: str = "",
    source: str = "",
    place: Place = NOWHERE,
    writer: str = "",
    triage: str = "",
) -> Reply:
    """Keep a reader's reply to an article or record, to wait for a moderator. Raises ReplyRefused, NoRoomError.

    What one form (its token, from one network) sends twice gives the first reply again: a double click is not
    two replies. The same words from anywhere else are another reply. `place` comes from `articles.places`, `writer` is
    the digest of the writer's capability.
    """
    html = render_reply(body).html  # before the transaction: writers must not wait for a parser
    typed = {"name": name, "body": body, "kind": kind, "sentence": sentence, "source": source}
    network = circumstances.network
    public_id = reply_id(token=token, network=network, email=email, place=place.as_text, **typed)
    reply = Reply(public_id=public_id, html=html, writer=writer, triage=triage, **typed, **place.columns)
    try:
        return _keep(reply, about=about, email=email, circumstances=circumstances)
    except (IntegrityError, NoRoomError):
        earlier = Reply.objects.filter(public_id=public_id).first()
        if earlier is None:
            raise
        return earlier


@transaction.atomic
def _keep(reply: Reply, *, about: Any, email: str, circumstances: Circumstances) -> Reply:
    """Number the reply and store it. Where it is refused, number and room go back with the transaction."""
    taken = take_number(about=about, body=reply.body, kind=reply.kind)
    crowded = take_room(network=circumstances.network)
    reply.thread_id, reply.number = taken.thread_id, taken.number
    reply.created_at = timezone.now()
    reply.triage_since = reply.created_at if reply.triage else None
    reply.signals = signals_of(
        name=reply.name,
        body=reply.body,
        html=reply.html,
        circumstances=circumstances,
        repeated=taken.repeated,
        crowded=crowded,
        upper_level=taken.upper_level,
    )
    reply.save(force_insert=True)
    if email:
        Contact.objects.create(reply=reply, address=email, created_at=reply.created_at)
    return reply


def approve_reply(*, reply: Reply, by: Person, **words: Unpack[Words]) -> ModerationEvent:
    """Publish a waiting reply. Raises PermissionDenied, ModerationRefused."""
    return decide(reply=reply, action=ModerationAction.APPROVE, by=by, **words)


def reject_reply(*, reply: Reply, by: Person, **words: Unpack[Words]) -> ModerationEvent:
    """Decide against a reply, or take it down for good. Raises PermissionDenied, ModerationRefused."""
    return decide(reply=reply, action=ModerationAction.REJECT, by=by, **words)


def mark_reply_as_spam(*, reply: Reply, by: Person, **words: Unpack[Words]) -> ModerationEvent:
    """Put a reply among the spam, where it is kept. Raises PermissionDenied, ModerationRefused."""
    return decide(reply=reply, action=ModerationAction.MARK_SPAM, by=by, **words)


def hide_reply(*, reply: Reply, by: Person, **words: Unpack[Words]) -> ModerationEvent:
    """Take a public reply down for now; it keeps its place. Raises PermissionDenied, ModerationRefused."""
    return decide(reply=reply, action=ModerationAction.HIDE, by=by, **words)


def reopen_reply(*, reply: Reply, by: Person, **words: Unpack[Words]) -> ModerationEvent:
    """Take a decision back: the reply waits again. Raises PermissionDenied, ModerationRefused."""
    return decide(reply=reply, action=ModerationAction.REOPEN, by=by, **words)


def decide(
    *,
    reply: Reply,
    action: ModerationAction,
    by: Person,
    seen: ReplyStatus | None = None,
    text_version: int | None = None,
    **words: Unpack[Words],
) -> ModerationEvent:
    """Take one decision about a reply that the moderator saw in the state `seen`, with its text of `text_version`.

    Left out, both are the reply's own, as it was loaded. Raises PermissionDenied, and ModerationRefused when the
    table refuses, or when a colleague or the writer was first.
    """
    moderator = check_may_moderate(by)
    state = ReplyStatus(reply.status) if seen is None else seen
    target = check_decision(status=state, action=action)
    with transaction.atomic():
        stored = locked(reply, seen=state, text_version=text_version or reply.text_version)
        (event,) = carry_out([stored.pk], action=action, seen=state, target=target, by=moderator, words=words)
    reply.refresh_from_db(fields=["status", "decided_at", "published_at"])
    return event


def check_decision(*, status: ReplyStatus, action: ModerationAction) -> ReplyStatus:
    """The state a moderator's decision leads to. Raises ModerationRefused."""
    if action not in DECISIONS:
        raise ModerationRefused(f"“{action.label}” is not a decision about a reply as it stands.")
    return status_after(status=status, action=action)


def moderate(
    *,
    ids: Iterable[int],
    action: ModerationAction,
    by: Person,
    seen: ReplyStatus,
    texts: Mapping[int, int] | None = None,
    **words: Unpack[Words],
) -> Decided:
    """Take one decision about replies that were all seen in one state, all of them or none on error.

    A reply that has left that state meanwhile, or is urgent, is skipped: a colleague's decision is never overwritten,
    and nobody in danger is dealt with by the dozen. `texts`: the `text_version` seen of each; without it, a reply whose
    words have changed since it was sent cannot be published. Raises PermissionDenied, ModerationRefused.
    """
    moderator = check_may_moderate(by)
    target = check_decision(status=seen, action=action)
    wanted = sorted(set(ids))
    batch = uuid.uuid4()
    decision: Any = {"action": action, "seen": seen, "target": target, "by": moderator, "batch": batch}
    decision["at"] = timezone.now()
    decided = urgent = 0
    with transaction.atomic():
        for keys in _batches(wanted):
            free, held_back = _as_seen(keys, seen=seen, texts=texts, publishing=target == ReplyStatus.APPROVED)
            urgent += held_back
            decided += len(carry_out(free, words=words, **decision))
    return Decided(decided=decided, skipped=len(wanted) - decided, urgent=urgent, batch=batch if decided else None)


def _as_seen(
    keys: list[int], *, seen: ReplyStatus, texts: Mapping[int, int] | None, publishing: bool
) -> tuple[list[int], int]:
    """Which of these replies are as the moderator saw them, locked; and how many are urgent.

    Locked in one order, so that two moderators never wait for each other in a circle.
    """
    queue = Reply.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=keys, status=seen)
    rows = list(queue.values_list("pk", "text_version", "triage"))
    expected = texts if texts is not None else ({} if publishing else {key: version for key, version, _ in rows})
    free = [key for key, version, triage in rows if not triage and expected.get(key, 1) == version]
    return free, sum(bool(triage) for *_, triage in rows)


def moderate_writer(
    *, writer: str, action: ModerationAction, by: Person, seen: ReplyStatus, **words: Unpack[Words]
) -> Decided:
    """Take one decision about all replies of one capability that are in one state, the urgent left out.

    Never one that publishes: nobody has read them all. Raises PermissionDenied, ModerationRefused.
    """
    check_may_moderate(by)
    if check_decision(status=seen, action=action) == ReplyStatus.APPROVED:
        raise ModerationRefused("Replies are approved one by one, or those you have selected.")
    theirs = Reply.objects.by_writer(writer).filter(status=seen).order_by("pk")
    return moderate(ids=theirs.values_list("pk", flat=True), action=action, by=by, seen=seen, **words)


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
