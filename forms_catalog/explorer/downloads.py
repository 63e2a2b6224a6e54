"""Files of the explorer: what is in view as CSV and JSON, and its studies for reference managers."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.bibliography.formats import CSL
from forms_catalog.bibliography.studies import work_of
from forms_catalog.caching import public_page
from forms_catalog.explorer.asking import asked
from forms_catalog.explorer.counts import numbers_of
from forms_catalog.explorer.exports import MOST_ROWS, about, table_of
from forms_catalog.explorer.state import ExplorerState

TABLES = ("csv", "json")
CITATIONS = tuple(DOWNLOADS.values())


@public_page
def table_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The view as a table."""
    return asked(request, {"csv": _csv, "json": _json}[suffix])


def _csv(request: HttpRequest, state: ExplorerState) -> HttpResponse:
    return _file(state, table_of(state).as_csv(), suffix="csv", content_type="text/csv; charset=utf-8")


def _json(request: HttpRequest, state: ExplorerState) -> HttpResponse:
    document = {"about": about(state, numbers_of(state)), **table_of(state).as_data()}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return _file(state, text, suffix="json", content_type="application/json")


@public_page
def citations_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The studies in view, whichever view it is, for reference managers."""
    return asked(request, partial(_citations, suffix=suffix))


def _citations(request: HttpRequest, state: ExplorerState, *, suffix: str) -> HttpResponse:
    download = DOWNLOADS[suffix]
    written = [download.write(work_of(study)) for study in state.select()[:MOST_ROWS]]
    join: Callable[[list[str]], str] = _one_list if download is CSL else "".join
    return _file(state, join(written), suffix=suffix, content_type=download.content_type)


def _one_list(lists: list[str]) -> str:
    return json.dumps([item for text in lists for item in json.loads(text)], ensure_ascii=False, indent=1)


def _file(state: ExplorerState, text: str, *, suffix: str, content_type: str) -> HttpResponse:
    name = f"magnesium-and-mind-{state.view}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type=content_type, headers=headers)
