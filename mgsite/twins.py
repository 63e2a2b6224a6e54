"""The machine twin of a page: the same address with `.json`, wherever that is an address of open data.

It is looked up and not listed, so that a page has the link as soon as its twin has an address.
"""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri

from mgsite.middleware import SIGNED_IN

LONGEST_QUERY = 400
"""What follows the question mark is sent along as it came, unless somebody has made it very long."""
PAGE = re.compile(r"(^|&)page=[^&]*")
"""Left out: a page of JSON holds more rows than a page for people."""


def twin_of(request: HttpRequest) -> str:
    """Address of the page's JSON with the same query; empty where there is none, or where nobody can go back to."""
    path = request.path_info
    if request.method not in {"GET", "HEAD"} or not path.endswith("/") or path.startswith(SIGNED_IN):
        return ""
    address = f"{path[:-1]}.json"
    try:
        opens_data = getattr(resolve(address).func, "opens_data", False)
    except Resolver404:
        return ""
    return f"{address}{_query(request)}" if opens_data else ""


def _query(request: HttpRequest) -> str:
    """Not read through request.GET, which refuses very many keys: an error page has a head too."""
    query = PAGE.sub("", request.META.get("QUERY_STRING", "")).lstrip("&")
    return f"?{iri_to_uri(query)}" if query and len(query) <= LONGEST_QUERY and query.isascii() else ""
