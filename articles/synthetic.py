"""Made-up replies in any number, to see how threads and the queue bear scale. They say what they are.

Their mixture is drawn from a fixed seed, so that two measurements are of the same replies.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from articles.actions.threads import thread_of
from articles.models import Article, Reply, ReplyKind, ReplyStatus, Thread, Triage
from articles.models.replies import QUOTING, SOURCED, ReplyQuerySet
from articles.search import follow_replies
from forms_catalog.actions import public_content_changed
from forms_catalog.models import Claim, Form, Study

PREFIX = "syn-"
BATCH = 1000
LONGEST = 10_000
"""Replies in the longest thread, an article's; half of the made-up ones go there until it has so many."""
AROUND = 20
"""Claims, forms and studies of each kind that get some of the rest."""
STATUSES = {
    ReplyStatus.APPROVED: 60,
    ReplyStatus.PENDING: 12,
    ReplyStatus.REJECTED: 8,
    ReplyStatus.SPAM: 16,
    ReplyStatus.HIDDEN: 2,
    ReplyStatus.WITHDRAWN: 2,
}
KINDS = {"": 4, ReplyKind.QUESTION: 40, ReplyKind.EXPERIENCE: 30, ReplyKind.EVIDENCE: 10, ReplyKind.CORRECTION: 10}
KINDS |= {ReplyKind.TYPO: 6}
ONCE_PUBLIC = {ReplyStatus.APPROVED, ReplyStatus.HIDDEN, ReplyStatus.WITHDRAWN}
URGENT_SHARE = 0.002


def made_up() -> ReplyQuerySet:
    """All of them."""
    return Reply.objects.filter(public_id__startswith=PREFIX)


@transaction.atomic
def make_synthetic_replies(*, number: int, seed: int = 1) -> int:
    """Bring the number of made-up replies to `number`. Returns how many were added.

    They go to the first published article and to records around it; without such an article there are none.
    """
    article = Article.objects.published().order_by("pk").first()
    if article is None:
        return 0
    have = made_up().count()
    draw = random.Random(f"{seed}-{have}")  # noqa: S311  no secret is drawn
    longest, others = thread_of(article), _others()
    for start in range(have, number, BATCH):
        places = range(start, min(start + BATCH, number))
        Reply.objects.bulk_create(_reply(place, _thread(draw, longest, others), draw) for place in places)
    Thread.objects.bulk_update([longest, *others], ["last_number"], batch_size=100)
    public_content_changed()
    follow_replies(made_up().values_list("pk", flat=True))
    return max(number - have, 0)


@transaction.atomic
def remove_synthetic_replies() -> int:
    """Take them all away. Returns how many there were; their threads keep their numbers."""
    gone = list(made_up().values_list("pk", flat=True))
    made_up().delete()
    public_content_changed()
    follow_replies(gone)
    return len(gone)


def _others() -> list[Thread]:
    records = [*Claim.objects.all()[:AROUND], *Form.objects.all()[:AROUND], *Study.objects.published()[:AROUND]]
    return [thread_of(record) for record in records]


def _thread(draw: random.Random, longest: Thread, others: list[Thread]) -> Thread:
    """The thread of the next reply, its number taken."""
    full = longest.last_number >= LONGEST
    thread = longest if not others or (not full and draw.random() < 0.5) else draw.choice(others)
    thread.last_number += 1
    return thread


def _reply(place: int, thread: Thread, draw: random.Random) -> Reply:
    (status,) = draw.choices(list(STATUSES), list(STATUSES.values()))
    (kind,) = draw.choices(list(KINDS), list(KINDS.values()))
    sent = timezone.now() - timedelta(minutes=draw.randrange(600_000))
    urgent = draw.choice(Triage.values) if draw.random() < URGENT_SHARE else ""
    return Reply(
        public_id=f"{PREFIX}{place + 1:07}",
        thread=thread,
        number=thread.last_number,
        kind=kind,
        sentence="A made-up sentence." if kind in QUOTING else "",
        source="https://example.org/made-up" if kind in SOURCED else "",
        name=f"Made-up reader {draw.randrange(2_000)}",
        body=f"A made-up reply, number {place + 1}.",
        html=f"<p>A made-up reply, number {place + 1}.</p>\n",
        writer=f"{draw.randrange(2_000):064x}",
        status=status,
        triage=urgent,
        triage_since=sent if urgent else None,
        created_at=sent,
        **_dates(ReplyStatus(status), sent=sent),
    )


def _dates(status: ReplyStatus, *, sent: datetime) -> dict[str, datetime | None]:
    decided = sent + timedelta(hours=5) if status != ReplyStatus.PENDING else None
    return {"decided_at": decided, "published_at": decided if status in ONCE_PUBLIC else None}
