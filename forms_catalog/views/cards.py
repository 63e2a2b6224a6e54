"""Small pages for other sites to show in a frame: a claim or an outcome with its grade, its date and its caution.

They alone may be framed. They hold no form, no script and nothing personal, so there is nothing a frame could trick
anybody into.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt

from forms_catalog.caching import public_page
from forms_catalog.exports.about import as_of
from forms_catalog.models import Claim
from forms_catalog.queries.outcome_list import outcome_rows
from mgsite.middleware import CONTENT_SECURITY_POLICY

NOWHERE, ANYWHERE = "frame-ancestors 'none'", "frame-ancestors *"
FRAMED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY.replace(NOWHERE, ANYWHERE),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}


def frameable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Make a view a public page that any site may show in a frame."""
    cached = public_page(view)

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = cached(request, *args, **kwargs)
        for name, value in FRAMED.items():
            response.headers[name] = value
        return response

    return xframe_options_exempt(answered)


@frameable
def claim_card(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim with its verdict."""
    claim = get_object_or_404(Claim, slug=slug)
    return render(request, "catalog/card_claim.html", {"claim": claim, "as_of": as_of().changed_on})


@frameable
def outcome_card(request: HttpRequest, slug: str) -> HttpResponse:
    """An outcome with its grade, read off the row that the list of outcomes shows."""
    row = next((row for row in outcome_rows() if row.outcome.slug == slug), None)
    if row is None:
        raise Http404
    context = {"outcome": row.outcome, "picture": row.picture, "as_of": as_of().changed_on}
    return render(request, "catalog/card_outcome.html", context)
