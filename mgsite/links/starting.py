"""Where a walk begins: what readers and robots find without following anything."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from mgsite.links.walk import STAFF

POSTED_ONLY = {"articles:marks", "articles:theme"}
NOT_ALWAYS_THERE = {"security"}
"""Files that await an entry of the owner's; pages name them only while they are there."""


def starting_points() -> list[str]:
    """The home page, what robots are told, and every address of the list that needs no key."""
    paths = ["/", "/robots.txt", *(path for name in _names() for path in _path(name) if not path.startswith(STAFF))]
    return [f"{settings.SITE_URL}{path}" for path in dict.fromkeys(paths)]


def _names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Every name in the list of addresses, with its namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif (
            isinstance(entry, URLPattern)
            and entry.name
            and f"{namespace}{entry.name}" not in POSTED_ONLY | NOT_ALWAYS_THERE
        ):
            yield f"{namespace}{entry.name}"


def _path(name: str) -> Iterator[str]:
    try:
        yield reverse(name)
    except NoReverseMatch:
        return
