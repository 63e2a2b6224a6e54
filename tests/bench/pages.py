"""Pages through the whole middleware, in this process: time, queries, weight of the HTML."""

import gzip
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from articles.models import RateBucket
from tests.bench.table import Table, best_seconds
from tests.pages import one_of

HTML_BUDGET = 35_000
QUERY_BUDGET = 12
REPLY = {
    "kind": "question",
    "name": "Bench",
    "email": "",
    "body": "Does *citrate* count as much as oxide?\n\n> It depends on the dose.",
}


@dataclass(frozen=True)
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes


def ask(
    application: Callable[..., Iterable[bytes]], path: str, *, form: dict[str, str] | None = None, **headers: str
) -> Answer:
    """One request as a server would hand it to the site."""
    body = urlencode(form).encode() if form else b""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST" if form else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **headers,
    }
    answered: dict[str, Any] = {}

    def start(status: str, sent: list[tuple[str, str]], exc_info: object = None) -> None:
        answered.update(status=status, headers={name.lower(): value for name, value in sent})

    response = application(environ, start)
    body = b"".join(response)
    response.close()  # type: ignore[attr-defined]
    return Answer(answered["status"], answered["headers"], body)


def hello_world_seconds() -> float:
    """A Django view that says hello, without middleware."""
    with override_settings(ROOT_URLCONF="tests.bench.hello", MIDDLEWARE=[]):
        application = WSGIHandler()
        return best_seconds(lambda: ask(application, "/"))


def measure(hello: float) -> Table:
    """Every kind of page a reader meets first, a page seen before, and a reply."""
    table = Table(
        f"Pages (budgets: at most {QUERY_BUDGET} queries; {HTML_BUDGET / 1000:.0f} kB of HTML for the first article)",
        ("page", "status", "ms", "× hello", "a second", "queries", "HTML gzip kB"),
    )
    application = WSGIHandler()
    for kind in ("home", "article", "form", "study", "claim", "form list", "study list", "claim list"):
        row(table, kind, hello, partial(ask, application, one_of(kind)))
    article = one_of("article")
    etag = ask(application, article).headers["etag"]
    row(table, "article seen before", hello, partial(ask, application, article, HTTP_IF_NONE_MATCH=etag))
    row(table, "reply, preview", hello, reply(application, {"preview": "1"}))
    row(table, "reply, sent", hello, reply(application, {}))
    return table


def row(table: Table, name: str, hello: float, request: Callable[[], Answer]) -> None:
    """Measure a request and add its row."""
    with CaptureQueriesContext(connection) as queries:
        answer = request()
    asked = len(queries)  # now: the next request empties Django's log
    seconds = best_seconds(request)
    weight = len(answer.body) if answer.headers.get("content-encoding") == "gzip" else len(gzip.compress(answer.body))
    table.add(
        name,
        answer.status.split()[0],
        f"{seconds * 1000:.2f}",
        f"{seconds / hello:.1f}",
        f"{1 / seconds:,.0f}",
        asked,
        f"{weight / 1000:.1f}" if answer.body else "-",
    )


def reply(application: Callable[..., Iterable[bytes]], button: dict[str, str]) -> Callable[[], Answer]:
    """A post of the reply form, as a browser with a fresh page sends it; the limits on floods forget each one."""
    page = one_of("article")
    html = gzip.decompress(ask(application, f"{page}replies/").body).decode()
    form = re.search(r"<form[^>]*/replies/[^>]*>.*?</form>", html, re.DOTALL)
    assert form is not None
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))

    def send() -> Answer:
        RateBucket.objects.all().delete()
        origin = {"HTTP_ORIGIN": "http://127.0.0.1:8000", "HTTP_SEC_FETCH_SITE": "same-origin"}
        return ask(application, f"{page}replies/", form={**hidden, **REPLY, **button}, **origin)

    return send
