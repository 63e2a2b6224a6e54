"""JSON as an answer: a document, or the reason why there is none, both open to scripts of other sites."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from forms_catalog.exports.json_format import written
from forms_catalog.exports.links import full, link_header

JSON_TYPE = "application/json"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
"""Any page may read it: there is nothing personal in it, and no cookie opens more."""
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
"""A browser asks before it sends a script's own If-None-Match to another site."""


def json_answer(document: dict[str, Any], *, name: str) -> HttpResponse:
    """A document for reading in the browser too, so it is not forced to be saved."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    if links := link_header(document):
        headers["Link"] = links
    return HttpResponse(written(document), content_type=JSON_TYPE, headers=headers)


def asks_for_json(request: HttpRequest) -> bool:
    """Whether an address ends as those of our JSON do, so that even a refusal should be one."""
    return request.path.endswith(".json")


def refused(sentence: str, *, status: int) -> HttpResponse:
    """Why there is no document."""
    said = {"error": sentence, "status": status, "documentation": full("/data/")}
    return HttpResponse(written(said), status=status, content_type=JSON_TYPE, headers=OPEN)


def preflight() -> HttpResponse:
    """What a browser may send from another site."""
    return HttpResponse(status=204, headers=PREFLIGHT | OPEN)
