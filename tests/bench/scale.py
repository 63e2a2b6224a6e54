"""The list of studies and its downloads with 100 studies, and with 100,000 made-up ones: what grows, and how much.

Runs last: it fills the scratch site.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms_catalog.models import Study
from forms_catalog.synthetic import PREFIX, make_synthetic_studies
from tests.bench.pages import Answer, ask
from tests.bench.table import Table

FEW, MANY = 100, 100_000
MOST_TIMES = 10
ROUNDS = 3
REQUESTS = {
    "list": ("/studies/", ""),
    "list, narrowed": ("/studies/", "design=rct&species=human&order=people"),
    "list, words": ("/studies/", "q=synthetic"),
    "list, last page": ("/studies/", "page=999999"),
    "list as JSON": ("/studies.json", ""),
    "one study": (f"/studies/{PREFIX}0000001/", ""),
    "one study as JSON": (f"/studies/{PREFIX}0000001.json", ""),
    "forms": ("/forms/", ""),
    "outcomes": ("/outcomes/", ""),
}


def measure() -> Table:
    """Each request with few and with many studies, its median time and its queries."""
    table = Table(
        f"Scale (budget: at most {MOST_TIMES} times the time, and no more queries)",
        ("request", f"ms, {FEW:,} studies", f"ms, {MANY:,} studies", "times", "queries", "queries then"),
    )
    few, many = _at(FEW), _at(MANY)
    for name in REQUESTS:
        (before, asked), (after, asked_then) = few[name], many[name]
        table.add(name, f"{before * 1000:.1f}", f"{after * 1000:.1f}", f"{after / before:.1f}", asked, asked_then)
    return table


def _at(number: int) -> dict[str, tuple[float, int]]:
    """Median seconds and queries of each request once the site has this many studies, made-up ones included."""
    make_synthetic_studies(number=max(2, number - Study.objects.exclude(slug__startswith=PREFIX).count()))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    application = WSGIHandler()
    return {
        name: _timed(partial(ask, application, path, QUERY_STRING=query)) for name, (path, query) in REQUESTS.items()
    }


def _timed(request: Callable[[], Answer]) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as queries:
        answer = request()
    assert answer.status.startswith("200"), answer.status
    asked = len(queries)
    return statistics.median(_seconds(request) for _ in range(ROUNDS)), asked


def _seconds(request: Callable[[], Answer]) -> float:
    start = time.perf_counter()
    request()
    return time.perf_counter() - start
