"""A thread, the queue and a post with 300 replies, and with 300,000 made-up ones: what grows, and how much.

Runs after the other measurements: it fills the scratch site.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial

from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Reply
from articles.synthetic import make_synthetic_replies
from tests.bench.pages import ask, reply
from tests.bench.table import Table

FEW, MANY = 300, 300_000
MOST_TIMES = 3
MOST_QUERIES_OF_A_POST = 6
ROUNDS = 5
HOST = "127.0.0.1:8000"


def measure() -> Table:
    """Each request with few and with many replies, its median time and its queries."""
    table = Table(
        f"Replies (budget: at most {MOST_TIMES} times the time, no more queries; {MOST_QUERIES_OF_A_POST} for a post)",
        ("request", f"ms, {FEW:,} replies", f"ms, {MANY:,} replies", "times", "queries", "queries then"),
    )
    few, many = _at(FEW), _at(MANY)
    for name, (before, asked) in few.items():
        after, asked_then = many[name]
        table.add(name, f"{before * 1000:.1f}", f"{after * 1000:.1f}", f"{after / before:.1f}", asked, asked_then)
    return table


def _at(number: int) -> dict[str, tuple[float, int]]:
    make_synthetic_replies(number=number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {name: _timed(request) for name, request in _requests().items()}


def _requests() -> dict[str, Callable[[], object]]:
    """What readers and moderators ask for. A page that was asked for before is not answered from a cache here."""
    application, article, desk = WSGIHandler(), Article.objects.published().order_by("pk")[0], _desk()
    address = article.get_absolute_url()
    middle = Reply.objects.waiting()[Reply.objects.waiting().count() // 2]
    thread = Reply.objects.placed().filter(thread=article.thread).order_by("number")
    return {
        "article with its thread": partial(ask, application, address),
        "article, last page of its thread": partial(ask, application, address, QUERY_STRING="replies=200"),
        "thread, 50 further on": lambda: list(thread.filter(number__gt=article.thread.last_number // 2)[:50]),
        "newest 50 of the site": lambda: list(Reply.objects.visible().order_by("-published_at")[:50]),
        "queue, first 50": lambda: list(Reply.objects.waiting()[:50]),
        "queue, 50 further on": lambda: list(Reply.objects.waiting().following(middle)[:50]),
        "queue in the admin": lambda: desk.get("/admin/articles/reply/", headers={"host": HOST}),
        "queue of cards": lambda: desk.get("/admin/articles/reply/queue/", headers={"host": HOST}),
        "corrections to pass on": lambda: desk.get(
            "/admin/articles/reply/queue/?show=corrections", headers={"host": HOST}
        ),
        "reply, sent": reply(application, {}),
    }


def _desk() -> Client:
    """The browser of somebody who may see the queue."""
    person, _ = get_user_model().objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    desk = Client()
    desk.force_login(person)
    return desk


def _timed(request: Callable[[], object]) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as queries:
        request()
    # BEGIN and COMMIT are the transaction's own; the hidden tidying of the counters is the bench's.
    asked = [query["sql"] for query in queries if query["sql"] not in {"BEGIN", "BEGIN IMMEDIATE", "COMMIT"}]
    asked = [sql for sql in asked if not sql.startswith('DELETE FROM "articles_ratebucket"')]
    return statistics.median(_seconds(request) for _ in range(ROUNDS)), len(asked)


def _seconds(request: Callable[[], object]) -> float:
    start = time.perf_counter()
    request()
    return time.perf_counter() - start
