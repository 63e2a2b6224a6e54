"""Pages of mechanisms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forms_catalog.caching import public_page
from forms_catalog.models import Mechanism
from forms_catalog.queries.mechanism_list import mechanism_list_page
from forms_catalog.queries.mechanisms import mechanism_page


@public_page
def mechanism_list(request: HttpRequest) -> HttpResponse:
    """All mechanisms, each with how far up its ladder the evidence reaches."""
    return render(request, "catalog/mechanism_list.html", mechanism_list_page(request.GET))


@public_page
def mechanism_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One mechanism with its ladder."""
    mechanism = get_object_or_404(Mechanism, slug=slug)
    return render(request, "catalog/mechanism.html", mechanism_page(mechanism=mechanism))
