"""Pages beside the explorer: forms side by side, people like the reader, pathways."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from forms_catalog.caching import public_page
from forms_catalog.explorer.chosen_forms import ChosenForms
from forms_catalog.explorer.compare import comparison
from forms_catalog.explorer.exports_compare import compared_cells
from forms_catalog.explorer.files import links
from forms_catalog.explorer.pathways import PathwayFilter, grouped, pathway_facets, pathways
from forms_catalog.explorer.pathways_drawing import draw_pathways
from forms_catalog.explorer.people import Person, forms_by_slug, likeness
from forms_catalog.queries.facets import Filters


@public_page
def compare_forms(request: HttpRequest) -> HttpResponse:
    """Up to four forms side by side; with fewer than two, the choice of them."""
    names = forms_by_slug()
    chosen = ChosenForms.from_params(request.GET, names=names)
    if not chosen.is_written_as(request.GET):
        return at(request, chosen.query_string)
    context: dict[str, Any] = {"chosen": chosen, "names": names.items()}
    if chosen.is_enough:
        context |= comparison(chosen.slugs)
        context["files"] = links(len(compared_cells(context["sides"], context["rows"])))
    return render(request, "explorer/compare.html", context)


@public_page
def people_like_me(request: HttpRequest) -> HttpResponse:
    """How many people in the trials were like the one whom the address describes."""
    person = Person.from_params(request.GET, forms=forms_by_slug())
    if is_written_otherwise(request, person):
        return at(request, person.query_string)
    found = likeness(person)
    context = {"person": person, "likeness": found, "files": links(found.trials)}
    return render(request, "explorer/people.html", context)


@public_page
def pathways_page(request: HttpRequest) -> HttpResponse:
    """From form over mechanism to outcome, drawn and listed."""
    filters = PathwayFilter.read(request.GET, facets=pathway_facets())
    if is_written_otherwise(request, filters):
        return at(request, filters.query_string)
    series = pathways(filters)
    context = {
        "filters": filters,
        "series": series,
        "drawing": draw_pathways(series),
        "files": links(len(series.left) + len(series.right)),
        "lists": [
            ("From form to mechanism", grouped(series.left)),
            ("From mechanism to outcome", grouped(series.right)),
        ],
    }
    return render(request, "explorer/pathways.html", context)


def is_written_otherwise(request: HttpRequest, filters: Filters) -> bool:
    """Whether the view has another address than this. One with a notice stays: the notice speaks of its words."""
    return not filters.notices and request.GET.urlencode() != filters.query_string


def at(request: HttpRequest, query_string: str) -> HttpResponse:
    """The way to the same view at its own address."""
    return redirect(f"{request.path}?{query_string}" if query_string else request.path)
