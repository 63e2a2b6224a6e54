"""The log of what moderators and writers did with replies, newest first, with a button to undo what can be undone.

What was decided at once is one line, and is undone at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse

from articles.models import SUBJECTS, Actor, ModerationEvent, Reply
from articles.policies import UNDOABLE, check_may_moderate

PER_PAGE = 50
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log."""

    event: ModerationEvent
    number: int
    """Of replies that were decided about at once."""
    can_undo: bool
    undone: ModerationEvent | None

    @property
    def whole(self) -> bool:
        """Whether undoing it undoes it for all of them."""
        return self.number > 1


def log_view(request: HttpRequest) -> HttpResponse:
    """A page of the log. Only ever read."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    check_may_moderate(request.user)
    events = _one_of_each_batch(ModerationEvent.objects.filter(*_from(request.GET.get("before", ""))))
    shown = list(events.order_by("-pk")[: PER_PAGE + 1])
    context = {
        "title": "Log of decisions about replies",
        "lines": lines_of(shown[:PER_PAGE], batches=True),
        "before": shown[PER_PAGE - 1].pk if len(shown) > PER_PAGE else None,
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/articles/reply/log.html", admin.site.each_context(request) | context)


def log_of(reply: Reply) -> list[Line]:
    """Everything done about one reply, each line undone by itself."""
    return lines_of(with_people(reply.events.all()), batches=False)


def with_people(events: QuerySet[ModerationEvent]) -> QuerySet[ModerationEvent]:
    """With who did it, who undid it, and whether anything came after."""
    later = ModerationEvent.objects.filter(reply=OuterRef("reply"), pk__gt=OuterRef("pk"))
    return events.select_related("by", "undone_by__by").annotate(overtaken=Exists(later))


def lines_of(events: Iterable[ModerationEvent], *, batches: bool) -> list[Line]:
    """Lines with, for what was decided at once, how many: one query more."""
    shown = list(events)
    sizes = _sizes(shown) if batches else {}
    return [_line(event, number=sizes.get(event.batch, 1)) for event in shown]


def _line(event: Any, *, number: int) -> Line:
    undone = getattr(event, "undone_by", None)
    by_a_moderator = event.actor == Actor.MODERATOR and event.action in UNDOABLE
    # Of many, some may have been decided anew and others not: those can be undone still.
    return Line(event, number, by_a_moderator and undone is None and (number > 1 or not event.overtaken), undone)


def _sizes(events: list[ModerationEvent]) -> dict[Any, int]:
    batches = {event.batch for event in events} - {None}
    if not batches:
        return {}
    counted = ModerationEvent.objects.filter(batch__in=batches).order_by().values_list("batch")
    return dict(counted.annotate(number=Count("pk")))


def _one_of_each_batch(events: QuerySet[ModerationEvent]) -> QuerySet[ModerationEvent]:
    """The last event of what was decided at once stands for all."""
    sisters = ModerationEvent.objects.filter(batch=OuterRef("batch"), pk__gt=OuterRef("pk"))
    lasts = events.filter(Q(batch__isnull=True) | ~Exists(sisters))
    subjects = [f"reply__thread__{name}" for name in SUBJECTS]
    return with_people(lasts).select_related("by", "undone_by__by", *subjects)


def _from(before: str) -> list[Q]:
    """Where a page of the log begins; a row that is none begins at the end."""
    is_row = before.isascii() and before.isdigit() and len(before) <= MOST_DIGITS
    return [Q(pk__lt=int(before))] if is_row else []
