"""Numbers for replies: one statement makes the thread when it is first needed, locks it, and takes the next number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.models import SUBJECTS, Article, Reply, ReplyStatus, Status
from articles.policies import check_thread_takes
from forms_catalog.models import Study, UpperLevel

REPEATED_WITHIN = timedelta(days=1)

# Reading what the rules ask for in the same statement saves a query; the lock is on the thread's row alone, which is
# enough: a page that closes or goes in the same moment may get one reply more, which waits for a moderator anyway.
TAKE = """
INSERT INTO articles_thread ("{subject}_id", "last_number") VALUES (%s, 1)
ON CONFLICT ("{subject}_id") DO UPDATE SET "last_number" = articles_thread."last_number" + 1
RETURNING "id", "last_number", "closed_at" IS NOT NULL, EXISTS ({public}), EXISTS ({open}), EXISTS ({repeated}),
    ({upper_level})
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """A place in a thread that is locked until the transaction ends."""

    thread_id: int
    number: int
    repeated: bool
    """The same words were sent before, within a day."""
    upper_level: int | None = None
    """The lowest of the catalog's for adults, in mg a day: read in passing, for articles.spam."""


def take_number(*, about: Any, body: str, kind: str) -> Taken:
    """The next number in the thread about something. Raises ReplyRefused.

    Call it in a transaction: a number that is rolled back is given to the next reply.
    """
    subject = str(about._meta.model_name)
    if subject not in SUBJECTS:
        raise ValueError(f"There are no replies to a {subject}.")
    statement, values = _statement(about, subject=subject, body=body)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        thread_id, number, closed, public, takes, repeated, upper_level = cursor.fetchone()
    check_thread_takes(noun=subject, public=bool(public), closed=bool(closed) or not takes, kind=kind)
    return Taken(thread_id=thread_id, number=number, repeated=bool(repeated), upper_level=upper_level)


def _statement(about: Any, *, subject: str, body: str) -> tuple[str, list[Any]]:
    rows = type(about)._default_manager.filter(pk=about.pk).order_by()
    public, takes = rows, rows
    if isinstance(about, Article):
        public, takes = rows.filter(status=Status.PUBLISHED), rows.filter(replies_open=True)
    elif isinstance(about, Study):
        public = rows.filter(is_public=True)
    # Naming every status lets the index on status and date find the day's replies.
    since = timezone.now() - REPEATED_WITHIN
    repeated = Reply.objects.filter(status__in=ReplyStatus.values, created_at__gte=since, body=body).order_by()
    asked = [query.values("pk").query.sql_with_params() for query in (public, takes, repeated)]
    asked.append(UpperLevel.objects.lowest_for_adults().query.sql_with_params())
    names = dict(zip(("public", "open", "repeated", "upper_level"), (sql for sql, _ in asked), strict=True))
    return TAKE.format(subject=subject, **names), [about.pk, *(value for _, values in asked for value in values)]
