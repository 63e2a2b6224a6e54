"""Ways from one JSON answer to others: in its metadata for whoever reads it, and as RFC 8288's header for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

PAGES = ("first", "prev", "next", "last")
"""Relations between the pages of a list, by the names that RFC 8288 registers."""
LONGEST_HEADER = 3000
"""Proxies give up on answers with more than a few thousand characters of headers; the body says it all anyway."""
Links = dict[str, str | None]


def full(address: str) -> str:
    """An address of this site as others write it."""
    return f"{settings.SITE_URL}{address}"


def links_of(*, address: str, page: str, **others: str | None) -> Links:
    """Where an answer stands, the page that shows the same to people, and what else it leads to."""
    found: Links = {"self": full(address), "html": full(page)}
    return found | {name: full(where) if where is not None else None for name, where in others.items()}


def page_links(address: Callable[[int], str], *, number: int, last: int) -> Links:
    """The other pages of a numbered list; None where there is none."""
    return {
        "first": full(address(1)),
        "prev": full(address(number - 1)) if number > 1 else None,
        "next": full(address(number + 1)) if number < last else None,
        "last": full(address(last)),
    }


def link_header(document: Mapping[str, Any]) -> str:
    """The Link header of an answer; empty where it would be too long to send."""
    links: Mapping[str, str | None] = document["metadata"].get("links", {})
    said = [f'<{links[name]}>; rel="{name}"' for name in PAGES if links.get(name)]
    if links.get("html"):
        said.append(f'<{links["html"]}>; rel="alternate"; type="text/html"')
    said.append(f'<{full("/data/")}>; rel="describedby"; type="text/html"')
    header = ", ".join(said)
    return header if len(header) <= LONGEST_HEADER else ""
