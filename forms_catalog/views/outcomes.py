"""Pages of outcomes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.caching import public_page
from forms_catalog.charts.forest_csv import forest_csv
from forms_catalog.charts.query import ForestQuery
from forms_catalog.charts.series import forest_series
from forms_catalog.queries.outcome_list import outcome_list_page
from forms_catalog.queries.outcomes import outcome_at, outcome_page
from forms_catalog.views.data import open_data


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
    return render(request, "catalog/outcome.html", outcome_page(outcome=outcome, narrower=narrower, params=request.GET))


@open_data
def outcome_forest(request: HttpRequest, slug: str) -> HttpResponse:
    """The forest plot of one outcome as rows of data, narrowed by what the address says."""
    series = forest_series([slug]).get(slug)
    if series is None:
        raise Http404
    query = ForestQuery.from_params(slug, request.GET)
    name = "-".join(filter(None, [slug, query.comparator.replace("_", "-"), query.without and "without-flagged"]))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    text = forest_csv(series.narrowed(query))
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
