"""Pages of claims."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forms_catalog.caching import public_page
from forms_catalog.models import Claim
from forms_catalog.models.vocabulary import Topic, Verdict
from forms_catalog.queries.claim_list import SAFETY, ClaimFilter, articles_with_claims, claim_tally, without_each
from forms_catalog.queries.claims import claim_page
from forms_catalog.queries.paging import page_of


@public_page
def claim_list(request: HttpRequest) -> HttpResponse:
    """All claims, filtered by what the address says."""
    filters = ClaimFilter.from_params(request.GET)
    page = page_of(filters.select(), request.GET.get("page", ""))
    context = {
        "filters": filters,
        "page": page,
        "tally": claim_tally(article=filters.article),
        "articles": list(articles_with_claims().items()),
        "verdicts": Verdict.choices,
        "topics": Topic.choices,
        "safety": list(SAFETY.items()),
        "ways_on": without_each(filters) if not page.paginator.count else [],
    }
    return render(request, "catalog/claim_list.html", context)


@public_page
def claim_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One claim with the evidence for and against it."""
    return render(request, "catalog/claim.html", claim_page(claim=get_object_or_404(Claim, slug=slug)))
