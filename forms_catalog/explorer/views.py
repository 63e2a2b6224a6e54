"""The explorer's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.caching import public_page, version_shown
from forms_catalog.explorer.asking import asked
from forms_catalog.explorer.counts import Numbers, found_in, numbers_of
from forms_catalog.explorer.downloads import CITATIONS
from forms_catalog.explorer.exports import MOST_ROWS, row_count
from forms_catalog.explorer.files import links
from forms_catalog.explorer.ladder import ladder_of
from forms_catalog.explorer.matrix import matrix_of
from forms_catalog.explorer.state import LADDER, MATRIX, STUDIES, VIEWS, ExplorerState
from forms_catalog.grading.outcomes import counted
from forms_catalog.index.pages import Found, page_of_found
from forms_catalog.index.studies import StudyIndex, study_index
from forms_catalog.linked_data.datasets import view_of
from forms_catalog.models import Study
from forms_catalog.models.vocabulary import Rung
from forms_catalog.queries.study_list import listed


@public_page
def explore(request: HttpRequest) -> HttpResponse:
    """One query of the evidence in one of three views."""
    return asked(request, _page)


def _page(request: HttpRequest, state: ExplorerState) -> HttpResponse:
    index = study_index()
    numbers = numbers_of(state, index)
    shown = _VIEWED[state.view](state, index)
    unpaged = replace(state, page=1).query_string
    told = view_of(state=state, query=unpaged, said=numbers.said, version=version_shown(request))
    context = {
        "state": state,
        "unpaged": unpaged,
        "numbers": numbers,
        "linked_data": told if numbers.found else None,
        "views": _views(state),
        "files": _files(numbers, rows=row_count(numbers, **shown)),
    }
    return render(request, "explorer/explore.html", context | shown)


def _files(numbers: Numbers, *, rows: int) -> list[tuple[str, str, str]]:
    """Suffix, words and how much is in it, for each file that the view can be taken away as."""
    first = "the first " if numbers.found > MOST_ROWS else ""
    records = f"{first}{counted(min(numbers.found, MOST_ROWS), 'record')}"
    return links(rows) + [(each.suffix, each.label, records) for each in CITATIONS]


def _views(state: ExplorerState) -> list[tuple[str, str, bool]]:
    """Words, address and whether it is this one, for each view."""
    return [(words, state.seen_as(view).query_string, view == state.view) for view, words in VIEWS.items()]


def _studies(state: ExplorerState, index: StudyIndex) -> dict[str, Any]:
    found = Found(index, found_in(state, index))
    return {"page": page_of_found(found, listed(Study.objects.all()), str(state.page))}


_VIEWED: dict[str, Callable[[ExplorerState, StudyIndex], dict[str, Any]]] = {
    MATRIX: lambda state, index: {"matrix": matrix_of(state, index)},
    LADDER: lambda state, index: {"ladder": ladder_of(state, index), "rungs": list(Rung)},
    STUDIES: _studies,
}
