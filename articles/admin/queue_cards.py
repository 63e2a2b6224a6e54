"""What a card of the queue shows: a reply, what it speaks of, why it is held, and what is known of its writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from articles.models import SUBJECTS, Article, Correction, ModerationAction, Reason, Reply, ReplyStatus, Triage
from articles.models.replies import QUOTING, ReplyQuerySet
from articles.policies import WITHIN, allowed_actions
from articles.spam import signals_of_text
from articles.waiting import time_since
from forms_catalog.models import UpperLevel

NAMED = ("id", "title", "slug", "status")
"""What moderators may know of an article, whose text may be a draft."""
WHY_NOT = (
    Reason.SELLING,
    Reason.UNKIND,
    Reason.EXPOSES,
    Reason.MEDICAL_ADVICE,
    Reason.OFF_TOPIC,
    Reason.SAID_ALREADY,
    Reason.UNREADABLE,
    Reason.OTHER,
)
"""Reasons not to publish, in the order of their keys 1 to 8."""
WHY_NOT_MADE = (Reason.NOT_SHOWN, Reason.STANDS, Reason.SAID_ALREADY, Reason.OTHER)
"""Reasons not to make a correction."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How urgent somebody found a reply, and since when it has waited for a person."""

    level: str
    waited: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class History:
    """What else was sent under the same proved capability."""

    proved: bool
    counts: tuple[tuple[str, int], ...] = ()
    """State in words, and how many."""
    public: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One reply on the moderators' desk."""

    reply: Reply
    clock: Clock | None
    history: History
    decisions: tuple[ModerationAction, ...]
    signals: list[dict[str, str | int]]
    """Of the words that wait to be read: its own, or new ones in their place."""
    to_pass_on: bool
    """A public correction that was neither passed on to the editors nor declined."""


def with_surroundings(replies: ReplyQuerySet) -> ReplyQuerySet:
    """With all that a card names, in the one query."""
    unnamed = [field.name for field in Article._meta.concrete_fields if field.name not in NAMED]
    about = [f"thread__{name}" for name in SUBJECTS]
    found = replies.select_related(*about, "claim", "parent", "correction")
    left_out = [f"thread__article__{name}" for name in unnamed]
    return found.defer(*left_out, "parent__html", "parent__held_html", "parent__signals")


def cards_of(replies: Sequence[Reply]) -> list[Card]:
    """Their cards, with a query for what is known of the writers, and one more where new words wait."""
    now, histories = timezone.now(), _histories(reply.writer for reply in replies)
    upper_level = UpperLevel.objects.lowest_for_adults().first() if any(reply.held_at for reply in replies) else None
    return [
        Card(
            reply=reply,
            clock=clock_of(reply, now=now),
            history=_without(reply, histories.get(reply.writer)),
            decisions=tuple(allowed_actions(ReplyStatus(reply.status))),
            signals=_signals(reply, upper_level=upper_level),
            to_pass_on=waits_to_be_passed_on(reply),
        )
        for reply in replies
    ]


def _signals(reply: Reply, *, upper_level: int | None) -> list[dict[str, str | int]]:
    if not reply.held_at:
        return list(reply.signals)
    new = {"body": reply.held_body, "html": reply.held_html}
    return signals_of_text(reply.signals, name=reply.name, upper_level=upper_level, **new)


def clock_of(reply: Reply, *, now: datetime) -> Clock | None:
    """How long an urgent reply has waited, and whether that is too long. Nothing for one that is not."""
    if not reply.triage or reply.triage_since is None:
        return None
    overdue = now - reply.triage_since > WITHIN[Triage(reply.triage)]
    return Clock(level=reply.get_triage_display(), waited=time_since(reply.triage_since, now=now), overdue=overdue)


def waits_to_be_passed_on(reply: Reply) -> bool:
    """Whether a public correction still has to go to the editors, or be declined."""
    if reply.status != ReplyStatus.APPROVED or reply.kind not in QUOTING:
        return False
    try:
        return not reply.correction
    except Correction.DoesNotExist:
        return True


def _histories(writers: Iterable[str]) -> dict[str, Counter[str]]:
    rows = Reply.objects.filter(writer__in=set(writers) - {""}).order_by().values_list("writer", "status")
    found: dict[str, Counter[str]] = {}
    for writer, status, number in rows.annotate(number=Count("pk")):
        found.setdefault(writer, Counter())[status] = number
    return found


def _without(reply: Reply, theirs: Counter[str] | None) -> History:
    """The others of its writer."""
    if not reply.writer or theirs is None:
        return History(proved=False)
    others: Any = theirs - Counter([reply.status])
    counts = tuple((status.label.lower(), others[status.value]) for status in ReplyStatus if others[status.value])
    return History(proved=True, counts=counts, public=theirs[ReplyStatus.APPROVED.value])
