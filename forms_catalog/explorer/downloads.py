"""Files of the explorer: what is in view as CSV and JSON, and its studies for reference managers."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.explorer.asking import asked
from forms_catalog.explorer.counts import numbers_of
from forms_catalog.explorer.exports import MOST_ROWS, series_of, table_of
from forms_catalog.explorer.files import csv_file, download
from forms_catalog.explorer.state import ExplorerState
from forms_catalog.exports.citation_lists import citation_lines
from forms_catalog.views.data import open_data

CITATIONS = tuple(DOWNLOADS.values())


@open_data
def table_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The view as a table."""
    return asked(request, {"csv": _csv, "json": _json}[suffix])


def _csv(request: HttpRequest, state: ExplorerState) -> HttpResponse:
    return csv_file(*series_of(state))


def _json(request: HttpRequest, state: ExplorerState) -> HttpResponse:
    return table_of(state, numbers_of(state)).answer("json")


@open_data
def citations_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The studies in view, whichever view it is, for reference managers."""
    return asked(request, partial(_citations, suffix=suffix))


def _citations(request: HttpRequest, state: ExplorerState, *, suffix: str) -> HttpResponse:
    studies = list(state.select()[:MOST_ROWS])
    text = "".join(citation_lines(suffix, [studies]))
    return download(text, name=f"{state.view}.{suffix}", content_type=DOWNLOADS[suffix].content_type)
