"""Every view with 100 studies, and with 100,000 made-up ones: what grows, and how much.

Runs last: it fills the scratch site. `cold` is the first answer after public content has changed, when nothing that is
remembered holds any more.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from forms_catalog.actions import public_content_changed
from forms_catalog.synthetic import PREFIX, make_synthetic_studies
from tests.bench.pages import Answer, ask
from tests.bench.table import Table

FEW, MANY = 100, 100_000
MOST_TIMES = 10
ROUNDS = 5
REQUESTS = {
    "explore: matrix": ("/explore/", ""),
    "explore: matrix, narrowed": ("/explore/", "form=citrate&outcome=sleep&design=rct"),
    "explore: ladder": ("/explore/", "view=ladder"),
    "explore: studies": ("/explore/", "view=studies"),
    "explore: studies, narrowed": (
        "/explore/",
        "view=studies&outcome=depression&species=human&age=adults&direction=favours_magnesium&from=1990",
    ),
    "explore: studies, last page": ("/explore/", "view=studies&page=999999"),
    "pathways": ("/explore/pathways/", ""),
    "people like me": ("/explore/people/", ""),
    "people like me, asked": ("/explore/people/", "age=40-59&sex=women&condition=depression"),
    "compare forms": ("/forms/compare/", "form=citrate&form=oxide"),
    "studies": ("/studies/", ""),
    "studies, narrowed": ("/studies/", "design=rct&species=human&order=people"),
    "studies, form and outcome": ("/studies/", "outcome=sleep&form=oxide"),
    "studies, words": ("/studies/", "q=synthetic"),
    "studies, last page": ("/studies/", "page=999999"),
    "studies as JSON": ("/studies.json", ""),
    "one study": (f"/studies/{PREFIX}0000001/", ""),
    "one study as JSON": (f"/studies/{PREFIX}0000001.json", ""),
    "feed of studies": ("/feeds/studies.atom", ""),
    "feed of verdicts": ("/feeds/verdicts.atom", ""),
    "sitemap": ("/sitemap.xml", ""),
    "data": ("/data/", ""),
    "forms": ("/forms/", ""),
    "one form": ("/forms/oxide/", ""),
    "mechanisms": ("/mechanisms/", ""),
    "one mechanism": ("/mechanisms/nmda/", ""),
    "outcomes": ("/outcomes/", ""),
    "one outcome": ("/outcomes/depression/", ""),
    "home": ("/", ""),
}
Measured = tuple[float, float, int]
"""Seconds, seconds cold, and queries cold."""


def measure() -> Table:
    """Each request with few and with many studies: its median time, its time cold, and its queries."""
    table = Table(
        f"Scale on {connection.display_name} (budget: at most {MOST_TIMES} times the time, and no more queries)",
        (
            "request",
            f"ms, {FEW:,}",
            f"ms, {MANY:,}",
            "times",
            "",
            "cold, few",
            "cold, many",
            "times",
            "queries",
            "then",
        ),
    )
    few, many = _at(FEW), _at(MANY)
    for name in REQUESTS:
        (before, cold, asked), (after, cold_then, asked_then) = few[name], many[name]
        kept = after <= MOST_TIMES * before and asked_then <= asked
        table.add(
            name,
            *(f"{seconds * 1000:.1f}" for seconds in (before, after)),
            f"{after / before:.1f}",
            "PASS" if kept else "over",
            *(f"{seconds * 1000:.0f}" for seconds in (cold, cold_then)),
            f"{cold_then / cold:.1f}",
            asked,
            asked_then,
        )
    return table


def _at(number: int) -> dict[str, Measured]:
    """What each request costs once there are this many made-up studies beside those of the first edition."""
    make_synthetic_studies(number=number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return dict(_measured(WSGIHandler()))


def _measured(application: WSGIHandler) -> Iterator[tuple[str, Measured]]:
    for name, (path, query) in REQUESTS.items():
        request = partial(ask, application, path, QUERY_STRING=query)
        assert request().status.startswith("200"), f"{path}?{query}"
        yield name, _timed(request)


def _timed(request: Callable[[], Answer]) -> Measured:
    with transaction.atomic():
        public_content_changed()
    with CaptureQueriesContext(connection) as queries:
        cold = _seconds(request)
    asked = len(queries)
    return statistics.median(_seconds(request) for _ in range(ROUNDS)), cold, asked


def _seconds(request: Callable[[], Answer]) -> float:
    start = time.perf_counter()
    request()
    return time.perf_counter() - start
