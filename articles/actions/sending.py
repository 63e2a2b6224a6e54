"""Sending what waits in the outbox. May run twice at once, may die at any moment, may meet a dead mail server.

A mail is taken by moving its next try into the future with a compare-and-set, so that two runs never send the same
one, and no lock is held while a server is spoken to: on SQLite that would stop every writer. A run that dies after
the server has taken a mail, and before that is noted, sends it again after the lease, under the same Message-ID.
"""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet
from django.utils import timezone

from articles.mail import NEEDED, compose
from articles.models import OutboxMail

LEASE = timedelta(minutes=10)
"""For how long a mail that was taken is left alone."""
FIRST_RETRY = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=12)
MOST_ATTEMPTS = 16
"""Refusals of one mail, over about five days, until it is left to the operator."""

REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException, ValueError)
"""What a server says of one mail, or Python of an address that no mail can go to; others may still be sent."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Delivery:
    """What one run did."""

    sent: int = 0
    dropped: int = 0
    """Were no longer true or wanted."""
    failed: int = 0
    """Will be tried again."""
    given_up: int = 0
    outage: str = ""
    """Why the server could not be used at all; then the rest was left as it was."""


def is_set_up() -> bool:
    """Whether there is a server to send by."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def deliver(*, now: datetime | None = None) -> Delivery:
    """Send all that is due, oldest first."""
    done, at = Delivery(), now or timezone.now()
    if not due(now=at).exists():
        return done
    connection = get_connection()
    try:
        connection.open()
        while (mail := _take_next(now=at)) is not None:
            _send(mail, connection=connection, done=done, now=at)
    except (OSError, smtplib.SMTPException) as error:
        done.outage = _described(error)
    finally:
        _close(connection)
    return done


def due(*, now: datetime) -> QuerySet[OutboxMail]:
    """Mails whose time has come."""
    return OutboxMail.objects.filter(next_try_at__lte=now).order_by("next_try_at", "pk")


def try_again(*, now: datetime) -> int:
    """Make mails due that were given up. Returns how many."""
    return given_up().update(next_try_at=now, attempts=1)


def given_up() -> QuerySet[OutboxMail]:
    """Mails that the server refused too often."""
    return OutboxMail.objects.filter(next_try_at=None, sent_at=None)


def _take_next(*, now: datetime) -> OutboxMail | None:
    """The next mail that is due, for this run alone."""
    until = max(now, timezone.now()) + LEASE
    while (row := due(now=now).values_list("pk", "next_try_at").first()) is not None:
        key, was = row
        taken = OutboxMail.objects.filter(pk=key, next_try_at=was).update(next_try_at=until, attempts=F("attempts") + 1)
        mail = OutboxMail.objects.select_related(*NEEDED).filter(pk=key).first() if taken else None
        if mail is not None:
            return mail
    return None


def _send(mail: OutboxMail, *, connection: BaseEmailBackend, done: Delivery, now: datetime) -> None:
    """Send one mail, and note what became of it. Raises what says that the server cannot be used at all."""
    message = compose(mail)
    if message is None:
        mail.delete()
        done.dropped += 1
        return
    try:
        connection.send_messages([message])
    except REFUSED as error:
        _put_off(mail, error=error, done=done, now=now, finally_=mail.attempts >= MOST_ATTEMPTS)
    except (OSError, smtplib.SMTPException) as error:
        _put_off(mail, error=error, done=done, now=now)
        raise
    else:
        _note(mail, sent_at=timezone.now(), next_try_at=None, failure="")
        done.sent += 1


def _put_off(mail: OutboxMail, *, error: Exception, done: Delivery, now: datetime, finally_: bool = False) -> None:
    """Try later, each time after twice as long; or no more, which the operator can change."""
    wait = min(FIRST_RETRY * 2 ** min(mail.attempts - 1, 10), LONGEST_WAIT)
    _note(mail, next_try_at=None if finally_ else max(now, timezone.now()) + wait, failure=_described(error))
    if finally_:
        done.given_up += 1
    else:
        done.failed += 1


def _note(mail: OutboxMail, **fields: Any) -> None:
    OutboxMail.objects.filter(pk=mail.pk).update(**fields)


def _described(error: Exception) -> str:
    """What failed, without the server's words, which often repeat an address."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((code for code, _ in error.recipients.values()), None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _close(connection: BaseEmailBackend) -> None:
    """End the talk; what is sent is sent, whatever a server says to goodbye."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.warning("The mail server did not end the connection in order.")
