"""Removing what readers' replies brought with them and what nobody needs any more, each after its time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction

from articles.actions.contacts import forget_old_contacts
from articles.actions.rewording import forget_former_words
from articles.models import OutboxMail
from articles.rates import forget_old_counters

MAILS_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows of each kind were removed or emptied."""

    addresses: int
    mails: int
    counters: int
    words: int

    def __str__(self) -> str:
        names = {
            "addresses": "e-mail addresses",
            "mails": "mails in the outbox",
            "counters": "flood counters",
            "words": "replaced words",
        }
        return ", ".join(f"{names[name]} {count}" for name, count in asdict(self).items())


@transaction.atomic
def prune(*, now: datetime) -> Pruned:
    """Remove addresses, mails that were sent or given up, counters, and words that were replaced."""
    return Pruned(
        addresses=forget_old_contacts(now=now),
        mails=_forget_old_mails(now=now),
        counters=forget_old_counters(),
        words=forget_former_words(now=now),
    )


def _forget_old_mails(*, now: datetime) -> int:
    """Those that were sent or given up, a month after they were written. What still waits stays."""
    over = OutboxMail.objects.filter(next_try_at=None, created_at__lt=now - MAILS_KEPT_FOR)
    return over.delete()[0]
