"""The moderators' queue: what waits, the urgent first, each on a card with all that a decision needs.

Reads only. What its buttons do is in articles.admin.deciding; the page works without script, and a script adds keys,
decisions without a new page, and ten seconds to undo each (static/js/moderation).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from articles.admin.deciding import IN_BULK, bulk_view, decide_view, hold_view, last_undoable, undo_view
from articles.admin.log import log_view
from articles.admin.queue_cards import WHY_NOT, WHY_NOT_MADE, cards_of, with_surroundings
from articles.admin.queue_state import KINDS, ONLY, SHOWS, QueueState
from articles.models import Reply, Triage
from articles.policies import check_may_moderate

PER_PAGE = 25
MOST_COUNTED = 1_000
"""Beyond so many a number says no more, and counting would cost what the queue holds."""
FRESH = timedelta(seconds=10)
"""How long a notice over the page offers to undo a decision; later the strip above and the log do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that shows something else, or the same."""

    label: str
    address: str
    current: bool
    number: str = ""


def queue_urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of the moderators' desk, under that of the list of replies."""
    views = (
        ("queue/", queue_view, "queue"),
        ("queue/decide/", bulk_view, "bulk"),
        ("log/", log_view, "log"),
        ("<int:pk>/decide/", decide_view, "decide"),
        ("<int:pk>/hold/", hold_view, "hold"),
        ("undo/<int:pk>/", undo_view, "undo"),
    )
    return [path(route, site.admin_view(view), name=f"articles_reply_{name}") for route, view, name in views]


def queue_view(request: HttpRequest) -> HttpResponse:
    """One page of the queue. Only ever read."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    moderator = check_may_moderate(request.user)
    state = QueueState.from_params(request.GET)
    found = list(with_surroundings(_page(state))[: PER_PAGE + 1])
    last = last_undoable(moderator)
    context = {
        "title": "Queue of replies",
        "state": state,
        "query": urlencode(state.to_params()),
        "cards": cards_of(found[:PER_PAGE]),
        "next_page": _address(state.on_first_page(after=str(found[PER_PAGE - 1].pk))) if len(found) > PER_PAGE else "",
        "first_page": _address(state.on_first_page()) if state.after else "",
        "newest": _newest(),
        "shows": _shows(state),
        "kinds": [("", "Every kind"), *KINDS.items()],
        "only": [("", "All of them"), *ONLY.items()],
        "everything": _address(QueueState(show=state.show)),
        "last": last,
        "last_is_fresh": bool(last and timezone.now() - last.at < FRESH),
        "why_not": WHY_NOT,
        "why_not_made": WHY_NOT_MADE,
        "in_bulk": IN_BULK,
        "levels": Triage.choices,
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/articles/reply/queue.html", admin.site.each_context(request) | context)


def _page(state: QueueState) -> Any:
    """What the choice takes in, from where the page begins."""
    found = state.replies()
    last = Reply.objects.filter(pk=int(state.after)).only("rank", "created_at").first() if state.after else None
    return found.following(last) if last else found


def _shows(state: QueueState) -> list[Choice]:
    """The three lists, each with how many are in it."""
    return [
        Choice(
            label=label,
            address=_address(QueueState(show=show)),
            current=show == state.show,
            number=_counted(QueueState(show=show)),
        )
        for show, label in SHOWS.items()
    ]


def _counted(state: QueueState) -> str:
    number = state.replies().order_by()[: MOST_COUNTED + 1].count()
    return f"{number:,}" if number <= MOST_COUNTED else f"over {MOST_COUNTED:,}"


def _newest() -> int:
    """Row of the newest reply there is: what comes later is no part of a decision about everything."""
    return Reply.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _address(state: QueueState) -> str:
    query = urlencode(state.to_params())
    return reverse("admin:articles_reply_queue") + (f"?{query}" if query else "")
