"""The one address of each page, and which pages search engines are asked not to list.

A query string that a page does not understand makes no other page: its address is that of the page without it. What
narrows, orders or pages a list does make another, one of endlessly many: it keeps its address, its links are followed,
and it is not listed, because every record of a list is in the sitemap. A view of the explorer is a page of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils.http import urlencode

LONGEST = 480
LIST = frozenset({"q", "order", "page"})
PERSON = frozenset({"age", "sex", "condition", "magnesium", "form"})
UNDERSTOOD: Mapping[str, frozenset[str]] = {
    "articles:article-list": LIST | {"claims"},
    "catalog:form-list": LIST | {"outcome", "structure"},
    "catalog:mechanism-list": LIST | {"reach", "article"},
    "catalog:outcome-list": LIST | {"kind", "family", "studies", "certainty"},
    "catalog:outcome": frozenset({"comparator", "without"}),
    "catalog:study-list": LIST | {"design", "species", "outcome", "form", "year", "status"},
    "catalog:claim-list": LIST | {"article", "verdict", "certainty", "topic", "safety"},
    "catalog:term-list": frozenset({"q"}),
    "diet:page": frozenset({"order"}),
    "explorer:explore": PERSON
    | {"view", "outcome", "mechanism", "species", "design", "bias", "funding", "direction", "cell", "rung"}
    | {"from", "to", "page"},
    "compare:forms": frozenset({"form"}),
    "compare:people": PERSON,
    "compare:pathways": frozenset({"form", "outcome"}),
    "tools:dose": frozenset({"form", "hydrate", "amount", "unit", "basis", "per_day", "whole", "age", "who", "kidney"}),
    "about:corrections": frozenset({"page"}),
}
"""What each page that takes a query string understands, by the name of its address."""
OWN_PAGES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "explorer:explore": (("view", "ladder"), ("view", "studies")),
}
"""What makes a page that is to be listed too, while nothing else is asked."""


def canonical_url(request: HttpRequest) -> str:
    """The whole address of this page, with as much of its query string as makes it another page."""
    query = urlencode(asked_of(request))
    return f"{settings.SITE_URL}{request.path}{f'?{query}' if query and len(query) <= LONGEST else ''}"


def is_one_of_many(request: HttpRequest) -> bool:
    """Whether search engines are asked not to list it."""
    asked = asked_of(request)
    return bool(asked) and not (len(asked) == 1 and asked[0] in OWN_PAGES.get(_name(request), ()))


def asked_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What of the query string the page understands, in its order."""
    understood = UNDERSTOOD.get(_name(request))
    if not understood:
        return []
    try:
        given = request.GET
    except SuspiciousOperation:  # more keys than anybody reads: that page says so, and says no more
        return []
    return [(name, value) for name, values in given.lists() if name in understood for value in values if value]


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
