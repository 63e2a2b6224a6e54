"""Pages of the glossary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forms_catalog.caching import public_page
from forms_catalog.models import GlossaryTerm
from forms_catalog.queries.glossary import GlossaryFilter, by_letter, term_page


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms from A to Z, or those that hold the words asked for."""
    filters = GlossaryFilter.from_params(request.GET)
    terms = list(filters.select())
    ways_on = [(choice, GlossaryTerm.objects.count()) for choice in filters.describe()] if not terms else []
    taken = {"filters": filters, "count": len(terms)}
    context = taken | {"taken": taken, "letters": by_letter(terms), "ways_on": ways_on}
    return render(request, "glossary/glossary.html", context)


@public_page
def term_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One term with what it means and where it is used."""
    return render(request, "glossary/term.html", term_page(term=get_object_or_404(GlossaryTerm, slug=slug)))
