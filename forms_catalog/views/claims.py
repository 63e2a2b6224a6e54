"""Pages of claims."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.caching import public_page
from forms_catalog.queries.claim_list import ClaimFilter, claim_tally
from forms_catalog.queries.claims import claim_page, claim_with_history
from forms_catalog.queries.paging import page_of


@public_page
def claim_list(request: HttpRequest) -> HttpResponse:
    """All claims, filtered by what the address says."""
    filters = ClaimFilter.from_params(request.GET)
    page = page_of(filters.select(), request.GET.get("page", ""))
    context = {
        "listing": filters.listing(count=page.paginator.count),
        "page": page,
        "tally": claim_tally(article=filters.article),
    }
    return render(request, "catalog/claim_list.html", context)


@public_page
def claim_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One claim with the evidence for and against it."""
    claim, changes = claim_with_history(slug)
    if claim is None:
        raise Http404
    return render(request, "catalog/claim.html", claim_page(claim=claim, changes=changes))
