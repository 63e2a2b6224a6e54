"""The site asked as a reader asks it, through its whole middleware, without a server and without a network."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIHandler
from django.http.response import HttpResponseBase

READ = ("text/html", "text/css", "text/javascript", "application/atom+xml", "application/xml", "text/plain")
"""Types whose links are looked at."""
TYPES = {".css": "text/css", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address of the site answers."""

    status: int
    type: str = ""
    body: str = ""
    """The text, where it is of a kind that has links."""
    location: str = ""
    """Where a redirect leads, as a whole address."""
    robots: str = ""
    """What robots are asked in the header of the answer."""


def ask(address: str) -> Answer:
    """The answer of a page or a file of the site; `address` is a whole one, without its place on the page."""
    path = urlsplit(address).path
    if settings.STATIC_URL and path.startswith(settings.STATIC_URL):
        return _static(unquote(path.removeprefix(settings.STATIC_URL)))
    response = application().get_response(application().request_class(_environ(address)))
    try:
        return _answer(address, response)
    finally:
        # Not response.close(): that ends a request for Django, and with it the connection to the database.
        for close in response._resource_closers:  # type: ignore[attr-defined]
            close()


@lru_cache(maxsize=1)
def application() -> WSGIHandler:
    """The server's own. Loaded late, because it loads everything, and sets up logging anew."""
    from mgsite import wsgi

    return wsgi.application


def _environ(address: str) -> dict[str, object]:
    """A request as the server hands it on, from behind the site's own proxy where it has one."""
    parts, site = urlsplit(address), urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(parts.path, encoding="latin-1"),
        "SCRIPT_NAME": "",
        "QUERY_STRING": parts.query,
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }


def _answer(address: str, response: HttpResponseBase) -> Answer:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    location = response.headers.get("Location", "")
    return Answer(
        status=response.status_code,
        type=kind,
        body=_text(response) if kind in READ else _spend(response),
        location=urljoin(address, location) if location else "",
        robots=response.headers.get("X-Robots-Tag", ""),
    )


def _text(response: HttpResponseBase) -> str:
    return b"".join(response).decode(response.charset or "utf-8", errors="replace")


def _spend(response: HttpResponseBase) -> str:
    """Let a stream run to its end: a file that breaks off on the way is dead too. Of a body made already, nothing."""
    if response.streaming:
        for _ in response:
            pass
    return ""


def _static(name: str) -> Answer:
    """A static file, collected or where the finders see it: in production WhiteNoise serves it before Django."""
    found = Path(staticfiles_storage.path(name)) if settings.STATIC_ROOT else None
    if found is None or not found.is_file():
        source = finders.find(name)
        found = Path(source) if source else None
    if found is None:
        return Answer(404)
    kind = TYPES.get(found.suffix, "")
    return Answer(200, type=kind, body=found.read_text(encoding="utf-8") if kind else "")
