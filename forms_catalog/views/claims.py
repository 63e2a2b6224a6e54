"""Pages of claims."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forms_catalog.caching import public_page
from forms_catalog.models import Claim
from forms_catalog.queries.claim_list import ClaimFilter, claim_tally
from forms_catalog.queries.claims import claim_page
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
    return render(request, "catalog/claim.html", claim_page(claim=get_object_or_404(Claim, slug=slug)))
