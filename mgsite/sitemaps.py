"""Sitemaps after sitemaps.org 0.9: an index of files, each of at most FILE_SIZE addresses, with truthful dates.

Not django.contrib.sitemaps: it takes the host from the request, where ours is MGSITE_URL, and loads whole records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

from django.conf import settings

FILE_SIZE = 10_000
"""A fifth of what the protocol takes, so that no file is slow to make."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and when it last changed as far as that is known."""

    path: str
    changed: date | None = None
    """A day, or a moment with its zone. None where nobody noted it: a guess would teach robots to pass over dates."""


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of a kind."""

    name: str
    """Of its files."""
    count: Callable[[], int]
    places: Callable[[int, int], Iterable[Place]]
    """Those from one number to before another, always in one order."""


def index_xml(files: Iterable[Place]) -> str:
    """The list of files."""
    return _document("sitemapindex", "sitemap", files)


def urls_xml(places: Iterable[Place]) -> str:
    """One file."""
    return _document("urlset", "url", places)


def _document(root: str, element: str, places: Iterable[Place]) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
    return f"{head}{''.join(_lines(element, places))}</{root}>\n"


def _lines(element: str, places: Iterable[Place]) -> Iterator[str]:
    for place in places:
        changed = f"<lastmod>{_written(place.changed)}</lastmod>" if place.changed else ""
        yield f"<{element}><loc>{escape(settings.SITE_URL + place.path)}</loc>{changed}</{element}>\n"


def _written(changed: date) -> str:
    """As W3C writes days and moments; of a second no parts."""
    return changed.isoformat(timespec="seconds") if isinstance(changed, datetime) else changed.isoformat()
