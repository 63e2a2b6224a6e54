"""A page of the replies to something: which ones, and where the earlier and the later ones are.

Pages are cut by number, never counted, so that a page of ten thousand replies costs what a page of ten costs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, When
from django.urls import reverse

from articles.models import Article, Reference, Reply, Thread
from articles.models.replies import ReplyQuerySet, ReplyStatus
from articles.subjects import LONGEST_NUMBER, feed_address, form_address, noun_of, thread_address

PER_PAGE = 50
ABOVE = 10
"""Replies that stand above the one an address leads to, so that it is not read out of nowhere."""


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """What the section on replies shows."""

    about: Any
    noun: str
    url: str
    form_url: str
    feed_url: str
    rows: list[Any] = field(default_factory=list)
    """In order of time; the present text's."""
    of_earlier_versions: list[Any] = field(default_factory=list)
    """Those about a marked sentence that the article no longer has."""
    earlier: str | None = None
    """Query of the page before, which is empty for the first page; None where there is none."""
    later: str | None = None
    closed: bool = False
    closed_at: datetime | None = None

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.rows or self.of_earlier_versions)


def thread_page(about: Any, *, after: str = "") -> ThreadPage:
    """The replies whose number follows `after`; from the start where that is no number.

    One query for the first page, none for what has no replies, and one more for any other page. `about` comes with
    its thread.
    """
    thread = getattr(about, "thread", None)
    closed = bool(thread and thread.closed_at) or (isinstance(about, Article) and not about.replies_open)
    shown = {
        "about": about,
        "noun": noun_of(about),
        "url": thread_address(about),
        "form_url": form_address(about),
        "feed_url": feed_address(about),
    }
    if thread is None or not thread.last_number:
        return ThreadPage(**shown, closed=closed, closed_at=thread and thread.closed_at)
    start = int(after) if after.isascii() and after.isdigit() and len(after) <= LONGEST_NUMBER else 0
    rows, later = _window(thread, after=min(start, thread.last_number))
    return ThreadPage(
        **shown,
        rows=[row for row in rows if not _outlived(row)],
        of_earlier_versions=[row for row in rows if _outlived(row)],
        earlier=_earlier(thread, rows[0].number) if rows and start else None,
        later=later,
        closed=closed,
        closed_at=thread.closed_at,
    )


def reply_place(reply: Reply) -> str:
    """Address of a public reply's place, on a page of the thread that holds it."""
    above = _numbers_before(reply.thread, reply.number, most=PER_PAGE)
    query = f"?after={above[ABOVE]}" if len(above) == PER_PAGE else ""
    return f"{thread_address(reply.about)}{query}#reply-{reply.public_id}"


def _window(thread: Thread, *, after: int) -> tuple[list[Any], str | None]:
    """Rows of one page, and the query of the next. Past the end: the last rows there are."""
    rows: list[Any] = list(_placed(thread).filter(number__gt=after).order_by("number")[: PER_PAGE + 1])
    if not rows and after:
        rows = list(reversed(_placed(thread).order_by("-number")[:PER_PAGE]))
    shown = rows[:PER_PAGE]
    here = {row.number: f"#reply-{row.public_id}" for row in shown}
    for row in shown:
        row.parent_url = here.get(row.parent_number) or _elsewhere(row.parent_public_id)
    return shown, f"?after={shown[-1].number}" if len(rows) > PER_PAGE else None


def _placed(thread: Thread) -> ReplyQuerySet:
    """A thread's rows with what a page says of each beside its words."""
    marked = Reference.objects.filter(article=OuterRef("thread__article"), claim=OuterRef("claim"))
    return (
        Reply.objects.placed()
        .filter(thread=thread)
        .annotate(
            parent_number=F("parent__number"),
            parent_public_id=Case(When(parent__status=ReplyStatus.APPROVED, then=F("parent__public_id"))),
            claim_slug=F("claim__slug"),
            phrase=Subquery(marked.values("phrase")[:1]),
            version=F("revision__number"),
        )
    )


def _elsewhere(public_id: str | None) -> str:
    """Address of a public reply on another page; empty for what is not public now."""
    return reverse("articles:reply", args=[public_id]) if public_id else ""


def _outlived(row: Any) -> bool:
    """Whether the sentence it speaks of is gone from the article."""
    return row.claim_id is not None and row.phrase is None


def _earlier(thread: Thread, first: int) -> str | None:
    """Query of the page that ends where the present one begins."""
    above = _numbers_before(thread, first, most=PER_PAGE + 1)
    if not above:
        return None
    return f"?after={above[PER_PAGE]}" if len(above) > PER_PAGE else ""


def _numbers_before(thread: Thread, number: int, *, most: int) -> list[int]:
    """Numbers of the nearest replies above one, nearest first."""
    above = Reply.objects.placed().filter(thread=thread, number__lt=number)
    return list(above.order_by("-number").values_list("number", flat=True)[:most])
