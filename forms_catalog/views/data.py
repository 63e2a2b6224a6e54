"""Lists and records as data: the page's address with a suffix, and the same query string."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.caching import public_page
from forms_catalog.exports.answers import JSON_TYPE, OPEN, json_answer, preflight
from forms_catalog.exports.citation_lists import citation_lines
from forms_catalog.exports.csv_format import csv_lines
from forms_catalog.exports.json_format import list_document
from forms_catalog.exports.lists import LISTS
from forms_catalog.exports.records import record_document
from forms_catalog.exports.studies import study_series
from forms_catalog.models import Study

CSV_TYPE = "text/csv; charset=utf-8; header=present"

__all__ = ["CSV_TYPE", "JSON_TYPE", "list_csv", "list_json", "open_data", "record_json", "streamed", "study_citations"]


def open_data(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Make a view's answer cacheable like a page, and readable by scripts of other sites."""
    cached = public_page(view)

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return preflight()
        response = cached(request, *args, **kwargs)
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    answered.opens_data = True  # type: ignore[attr-defined]  # by this a page knows its twin: mgsite.twins
    return answered


@open_data
def list_csv(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """All rows of a list, however many."""
    series = LISTS[kind](request.GET)
    return streamed(csv_lines(series.table, series.portions()), content_type=CSV_TYPE, name=f"{kind}.csv")


@open_data
def list_json(request: HttpRequest, kind: str) -> HttpResponse:
    """A list with its metadata, a page at a time."""
    document = list_document(LISTS[kind](request.GET), base=f"/{kind}", page=request.GET.get("page", ""))
    return json_answer(document, name=f"{kind}.json")


@open_data
def study_citations(request: HttpRequest, suffix: str) -> StreamingHttpResponse:
    """All studies of a list for a reference manager; `suffix` names the format."""
    series = study_series(request.GET, rows=Study.objects.published())
    lines = citation_lines(suffix, series.portions())
    return streamed(lines, content_type=DOWNLOADS[suffix].content_type, name=f"studies.{suffix}")


@open_data
def record_json(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """One record with all its parts."""
    document = record_document(kind, slug)
    if document is None:
        raise Http404
    return json_answer(document, name=f"{slug}.json")


def streamed(lines: Iterator[str], *, content_type: str, name: str) -> StreamingHttpResponse:
    """A file to be saved, sent as it is made."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type=content_type, headers=headers)
