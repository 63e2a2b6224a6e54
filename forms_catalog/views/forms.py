"""Pages of forms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forms_catalog.caching import public_page
from forms_catalog.models import Form
from forms_catalog.queries.form_list import form_list_page
from forms_catalog.queries.forms import form_page


@public_page
def form_list(request: HttpRequest) -> HttpResponse:
    """All forms, by the share of their weight that is magnesium."""
    return render(request, "catalog/form_list.html", form_list_page(request.GET))


@public_page
def form_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One form with its structures and evidence."""
    return render(request, "catalog/form.html", form_page(form=get_object_or_404(Form, slug=slug)))
