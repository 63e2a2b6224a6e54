"""Files of the explorer: what is in view as CSV and JSON, and its studies for reference managers."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.caching import public_page
from forms_catalog.explorer.asking import asked
from forms_catalog.explorer.exports import MOST_ROWS, document, series_of
from forms_catalog.explorer.state import ExplorerState
from forms_catalog.exports.citation_lists import citation_lines
from forms_catalog.exports.csv_format import csv_lines
from forms_catalog.exports.json_format import written
from forms_catalog.index.studies import study_index

TABLES = ("csv", "json")
CITATIONS = tuple(DOWNLOADS.values())


@public_page
def table_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The view as a table."""
    return asked(request, {"csv": _csv, "json": _json}[suffix])


def _csv(request: HttpRequest, state: ExplorerState) -> HttpResponse:
    table, rows = series_of(state, study_index())
    return _file(state, "".join(csv_lines(table, [rows])), suffix="csv", content_type="text/csv; charset=utf-8")


def _json(request: HttpRequest, state: ExplorerState) -> HttpResponse:
    text = written(document(state))
    return _file(state, text, suffix="json", content_type="application/json")


@public_page
def citations_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The studies in view, whichever view it is, for reference managers."""
    return asked(request, partial(_citations, suffix=suffix))


def _citations(request: HttpRequest, state: ExplorerState, *, suffix: str) -> HttpResponse:
    studies = list(state.select()[:MOST_ROWS])
    text = "".join(citation_lines(suffix, [studies]))
    return _file(state, text, suffix=suffix, content_type=DOWNLOADS[suffix].content_type)


def _file(state: ExplorerState, text: str, *, suffix: str, content_type: str) -> HttpResponse:
    name = f"magnesium-and-mind-{state.view}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type=content_type, headers=headers)
