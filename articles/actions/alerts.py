"""Tell moderators that urgent replies wait, without a word of them, a name, or the page they are about.

Nothing is written when a reply is sent: which ones nobody was told of follows from the replies themselves, so a reply
that becomes urgent in any other way is found too. What could not be sent is tried again; a mail that goes out twice
does less harm than one that never goes. What stays undecided past its time is told of once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import Reply, ReplyStatus, Triage, UrgentAlert
from articles.models.owner import site_owner
from articles.models.replies import CALM
from articles.policies import MODERATE, WITHIN

LEASE = timedelta(minutes=5)
"""How long a process may take to send an alert before another takes it over."""
MOST_AT_ONCE = 100
BACKEND = "django.contrib.auth.backends.ModelBackend"

Send = Callable[[str, str, str], None]
"""Sends a mail: to an address, its subject, its text."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an attempt to tell moderators came to."""

    waiting: int
    """Urgent replies that it was about."""
    addresses: int
    """To how many a mail went out. If none while replies wait, nobody has left an address."""


def tell_moderators(*, now: datetime, send: Send) -> Told:
    """Send one mail to each moderator about the urgent replies that none was sent about, and one about the overdue.

    What `send` raises passes through once every address was tried; the next call tries again if none was reached.
    """
    late = overdue(now=now)  # asked first: of what is told of only now, nobody is reminded in the same breath
    told = [
        _tell(untold(now=now), reminder=False, now=now, send=send),
        _tell(late, reminder=True, now=now, send=send),
    ]
    return Told(waiting=sum(each.waiting for each in told), addresses=max(each.addresses for each in told))


def _tell(waiting: list[Reply], *, reminder: bool, now: datetime, send: Send) -> Told:
    addresses = moderators_addresses() if waiting else []
    if not addresses:
        return Told(waiting=len(waiting), addresses=0)
    mine = [reply for reply in waiting if _claimed(reply, reminder=reminder, now=now)]
    if mine:
        _send_to_all(addresses, words_for(mine, reminder=reminder), send=send)
        alerts = UrgentAlert.objects.filter(reply__in=mine, reminder=reminder, sent_at__isnull=True)
        alerts.update(sent_at=now)
    return Told(waiting=len(mine), addresses=len(addresses) if mine else 0)


def untold(*, now: datetime) -> list[Reply]:
    """Urgent replies, or urgent new words of public ones, that no alert of their level was sent about."""
    return _urgent(Reply.objects.filter(~Exists(_told(reminder=False, now=now))))


def overdue(*, now: datetime) -> list[Reply]:
    """Those that moderators know of and that nobody decided in time, if no reminder of their level was sent."""
    late = reduce(or_, (Q(triage=level, triage_since__lte=now - within) for level, within in WITHIN.items()))
    known = UrgentAlert.objects.filter(reply=OuterRef("pk"), level=OuterRef("triage"), sent_at__isnull=False)
    known = known.filter(reminder=False)
    return _urgent(Reply.objects.filter(late, Exists(known), ~Exists(_told(reminder=True, now=now))))


def _told(*, reminder: bool, now: datetime) -> QuerySet[UrgentAlert]:
    """What was sent about a reply at its level, or is being sent just now."""
    alerts = UrgentAlert.objects.filter(reply=OuterRef("pk"), level=OuterRef("triage"), reminder=reminder)
    return alerts.filter(Q(sent_at__isnull=False) | Q(claimed_at__gt=now - LEASE))


def _urgent(replies: QuerySet[Reply]) -> list[Reply]:
    rows = replies.only("pk", "triage", "triage_since")
    return [
        *rows.filter(status=ReplyStatus.PENDING, rank__lt=CALM).order_by("rank", "created_at")[:MOST_AT_ONCE],
        *rows.filter(status=ReplyStatus.APPROVED, held_at__isnull=False).exclude(triage="")[:MOST_AT_ONCE],
    ]


def moderators_addresses() -> list[str]:
    """Addresses of all who may decide about replies, and of the owner; each once."""
    staff = User.objects.with_perm(MODERATE, backend=BACKEND).filter(is_staff=True).exclude(email="")
    return sorted({*staff.values_list("email", flat=True), site_owner().mail_address} - {""})


def _claimed(reply: Reply, *, reminder: bool, now: datetime) -> bool:
    """Whether this process is the one to send the alert."""
    alerts = UrgentAlert.objects.filter(reply=reply, level=reply.triage, reminder=reminder)
    if alerts.filter(sent_at__isnull=True, claimed_at__lte=now - LEASE).update(claimed_at=now):
        return True
    return alerts.get_or_create(reply=reply, level=reply.triage, reminder=reminder, defaults={"claimed_at": now})[1]


def _send_to_all(addresses: list[str], words: tuple[str, str], *, send: Send) -> None:
    """A mail to each address. Raises what the last failure raised if nobody could be reached."""
    subject, text = words
    reached = 0
    failure: Exception | None = None
    for address in addresses:
        try:
            send(address, subject, text)
        except (OSError, ValueError) as error:  # a server's errors are OSErrors; an odd address is a ValueError
            failure = error
        else:
            reached += 1
    if failure and not reached:
        raise failure


def words_for(replies: list[Reply], *, reminder: bool) -> tuple[str, str]:
    """Subject and text: how many, how urgent, since when, and where to look."""
    counted = Counter(reply.triage for reply in replies)
    levels = [(level.label, counted[level], _since(replies, level)) for level in Triage if counted[level]]
    noun = "reply waits" if len(replies) == 1 else "replies wait"
    queue = settings.SITE_URL + reverse("admin:articles_reply_queue")
    text = render_to_string("mail/urgent.txt", {"levels": levels, "reminder": reminder, "queue": queue})
    return f"{'Overdue' if reminder else 'Urgent'}: {len(replies)} {noun} for a moderator", text


def _since(replies: list[Reply], level: Triage) -> datetime:
    return min(reply.triage_since for reply in replies if reply.triage == level and reply.triage_since)
