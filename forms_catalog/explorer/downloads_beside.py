"""Files of the pages beside the explorer: the page's address with a suffix, and the same query string."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from forms_catalog.explorer.chosen_forms import ChosenForms
from forms_catalog.explorer.compare import comparison
from forms_catalog.explorer.exports_beside import PATHWAYS, PEOPLE, band_rows, people_said, person_rows
from forms_catalog.explorer.exports_compare import COMPARISON, compared_cells
from forms_catalog.explorer.files import TableFile
from forms_catalog.explorer.pathways import PathwayFilter, pathway_facets, pathways
from forms_catalog.explorer.people import Person, forms_by_slug, likeness
from forms_catalog.explorer.views_compare import at, is_written_otherwise
from forms_catalog.views.data import open_data
from mgsite.templatetags.ui import in_series


@open_data
def compare_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The forms side by side; with fewer than two there are no rows, as there is no table on the page."""
    names = forms_by_slug()
    chosen = ChosenForms.from_params(request.GET, names=names)
    if not chosen.is_written_as(request.GET):
        return at(request, chosen.query_string)
    found = comparison(chosen.slugs) if chosen.is_enough else {"sides": [], "rows": []}
    return TableFile(
        COMPARISON,
        compared_cells(found["sides"], found["rows"]),
        page=reverse("compare:forms"),
        query=chosen.query_string,
        said=f"Side by side: {in_series([names[slug] for slug in chosen.slugs]) or 'no form was chosen'}.",
        notices=chosen.notices,
    ).answer(suffix)


@open_data
def people_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The trials beside the person whom the address describes."""
    person = Person.from_params(request.GET, forms=forms_by_slug())
    if is_written_otherwise(request, person):
        return at(request, person.query_string)
    found = likeness(person)
    return TableFile(
        PEOPLE,
        person_rows(person, found),
        page=reverse("compare:people"),
        query=person.query_string,
        said=people_said(person, found),
        notices=person.notices,
    ).answer(suffix)


@open_data
def pathways_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The bands of the picture."""
    filters = PathwayFilter.read(request.GET, facets=pathway_facets())
    if is_written_otherwise(request, filters):
        return at(request, filters.query_string)
    series = pathways(filters)
    return TableFile(
        PATHWAYS,
        band_rows(series),
        page=reverse("compare:pathways"),
        query=filters.query_string,
        said=series.finding,
        notices=filters.notices,
    ).answer(suffix)
