"""The search among as many documents as the site is built for: what readers type, and what they get while typing.

Runs after the table of scale, on the site that it has filled.
"""

import math
import time
from collections.abc import Callable, Sequence
from functools import partial

from django.core.handlers.wsgi import WSGIHandler
from django.utils.http import urlencode

from mgsite.index.models import Document
from tests.bench.pages import ask
from tests.bench.table import Table
from tests.content.test_search import GOLDEN

PAGE_BUDGET, SUGGESTION_BUDGET = 50, 20
COMMON = ["magnesium", "made-up study", "study of scale", "test", "nobody"]
"""Words that a hundred thousand documents hold."""
ROUNDS = 3


def measure() -> Table:
    """Milliseconds at the median, the 95th percentile and the worst, for the golden questions and for common words."""
    table = Table(
        f"Search among {Document.objects.count():,} documents "
        f"(budgets: {PAGE_BUDGET} ms for an answer, {SUGGESTION_BUDGET} ms for suggestions, 95 times in 100)",
        ("request", "questions", "median ms", "95th ms", "worst ms", "worst question"),
    )
    asked = [*GOLDEN, *COMMON]
    beginnings = sorted({typed[:length] for typed in asked for length in (2, 4, 8)})
    application = WSGIHandler()
    for name, path, questions in (
        ("answer", "/search.json", asked),
        ("page", "/search/", asked),
        ("suggestions", "/search/suggest.json", beginnings),
    ):
        add(table, name, questions, partial(seconds, application, path))
    return table


def add(table: Table, name: str, questions: Sequence[str], timed: Callable[[str], float]) -> None:
    """One row."""
    times = sorted((timed(question) * 1000, question) for question in questions)
    median, high = times[len(times) // 2][0], times[math.ceil(len(times) * 0.95) - 1][0]
    worst, question = times[-1]
    table.add(name, len(times), f"{median:.1f}", f"{high:.1f}", f"{worst:.1f}", question)


def seconds(application: WSGIHandler, path: str, question: str) -> float:
    """The best of a few: what else the machine does only ever adds."""
    return min(once(application, path, question) for _ in range(ROUNDS))


def once(application: WSGIHandler, path: str, question: str) -> float:
    """One request, through the whole middleware."""
    start = time.perf_counter()
    answer = ask(application, path, QUERY_STRING=urlencode({"q": question}))
    took = time.perf_counter() - start
    assert answer.status.startswith("200"), answer.status
    return took
