"""Pages of outcomes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.caching import public_page
from forms_catalog.queries.outcome_list import outcome_list_page
from forms_catalog.queries.outcomes import outcome_at, outcome_page


@public_page
def outcome_list(request: HttpRequest) -> HttpResponse:
    """All outcomes, the ones this site is about first."""
    return render(request, "catalog/outcome_list.html", outcome_list_page(request.GET))


@public_page
def outcome_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One outcome with all that was measured of it."""
    found = outcome_at(slug)
    if found is None:
        raise Http404
    outcome, narrower = found
    return render(request, "catalog/outcome.html", outcome_page(outcome=outcome, narrower=narrower))
