"""Tell moderators that urgent replies wait, without a word of them, a name, or the page they are about.

Nothing is written when a reply is sent: which ones nobody was told of follows from the replies themselves, so a reply
that becomes urgent in any other way is found too. What could not be sent is tried again; a mail that goes out twice
does less harm than one that never goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import Reply, ReplyStatus, Triage, UrgentAlert
from articles.models.owner import site_owner
from articles.models.replies import CALM
from articles.policies import MODERATE

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
    """Send one mail to each moderator about the urgent replies that none was sent about.

    What `send` raises passes through once every address was tried; the next call tries again if none was reached.
    """
    waiting = untold(now=now)
    addresses = moderators_addresses() if waiting else []
    if not addresses:
        return Told(waiting=len(waiting), addresses=0)
    mine = [reply for reply in waiting if _claimed(reply, now=now)]
    if mine:
        _send_to_all(addresses, mine, send=send)
        alerts = UrgentAlert.objects.filter(reply__in=mine, sent_at__isnull=True)
        alerts.update(sent_at=now)
    return Told(waiting=len(mine), addresses=len(addresses) if mine else 0)


def untold(*, now: datetime) -> list[Reply]:
    """Urgent replies, or urgent new words of public ones, that no alert of their level was sent about."""
    told = UrgentAlert.objects.filter(reply=OuterRef("pk"), level=OuterRef("triage"))
    told = told.filter(Q(sent_at__isnull=False) | Q(claimed_at__gt=now - LEASE))
    rows = Reply.objects.filter(~Exists(told)).only("pk", "triage", "triage_since")
    return [
        *rows.filter(status=ReplyStatus.PENDING, rank__lt=CALM).order_by("rank", "created_at")[:MOST_AT_ONCE],
        *rows.filter(status=ReplyStatus.APPROVED, held_at__isnull=False).exclude(triage="")[:MOST_AT_ONCE],
    ]


def moderators_addresses() -> list[str]:
    """Addresses of all who may decide about replies, and of the owner; each once."""
    staff = User.objects.with_perm(MODERATE, backend=BACKEND).filter(is_staff=True).exclude(email="")
    return sorted({*staff.values_list("email", flat=True), site_owner().mail_address} - {""})


def _claimed(reply: Reply, *, now: datetime) -> bool:
    """Whether this process is the one to send the alert."""
    alerts = UrgentAlert.objects.filter(reply=reply, level=reply.triage)
    if alerts.filter(sent_at__isnull=True, claimed_at__lte=now - LEASE).update(claimed_at=now):
        return True
    return UrgentAlert.objects.get_or_create(reply=reply, level=reply.triage, defaults={"claimed_at": now})[1]


def _send_to_all(addresses: list[str], replies: list[Reply], *, send: Send) -> None:
    """A mail to each address. Raises what the last failure raised if nobody could be reached."""
    subject, text = words_for(replies)
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


def words_for(replies: list[Reply]) -> tuple[str, str]:
    """Subject and text: how many, how urgent, since when, and where to look."""
    counted = Counter(reply.triage for reply in replies)
    levels = [(level.label, counted[level], _since(replies, level)) for level in Triage if counted[level]]
    noun = "reply waits" if len(replies) == 1 else "replies wait"
    shown = {"levels": levels, "queue": settings.SITE_URL + reverse("admin:articles_reply_queue")}
    return f"Urgent: {len(replies)} {noun} for a moderator", render_to_string("mail/urgent.txt", shown)


def _since(replies: list[Reply], level: Triage) -> datetime:
    return min(reply.triage_since for reply in replies if reply.triage == level and reply.triage_since)
