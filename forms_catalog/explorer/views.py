"""The explorer's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from forms_catalog.caching import public_page
from forms_catalog.explorer.counts import numbers_of
from forms_catalog.explorer.facets import read_names
from forms_catalog.explorer.ladder import ladder_of
from forms_catalog.explorer.matrix import matrix_of
from forms_catalog.explorer.state import (
    LADDER,
    LONGEST_QUERY,
    MATRIX,
    STUDIES,
    VIEWS,
    ExplorerState,
    TooMuchError,
)
from forms_catalog.models.vocabulary import Rung
from forms_catalog.queries.paging import page_of
from forms_catalog.queries.study_list import listed

Answer = Callable[[HttpRequest, ExplorerState], HttpResponse]


def asked(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Answer a state; send an address in another spelling to its own, and refuse one that asks for too much.

    An address with something in it that was not understood is answered where it stands, so that it can be said.
    """
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return _refused(request)
    try:
        state = ExplorerState.from_params(request.GET, names=read_names())
    except TooMuchError:
        return _refused(request)
    if query != state.query_string and not state.notices:
        return HttpResponseRedirect(f"{request.path}?{state.query_string}" if state.query_string else request.path)
    return answer(request, state)


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "explorer/too_much.html", status=400)


@public_page
def explore(request: HttpRequest) -> HttpResponse:
    """One query of the evidence in one of three views."""
    return asked(request, _page)


def _page(request: HttpRequest, state: ExplorerState) -> HttpResponse:
    numbers = numbers_of(state)
    context = {"state": state, "numbers": numbers, "views": _views(state), **_VIEWED[state.view](state)}
    return render(request, "explorer/explore.html", context)


def _views(state: ExplorerState) -> list[tuple[str, str, bool]]:
    """Words, address and whether it is this one, for each view."""
    return [(words, state.seen_as(view).query_string, view == state.view) for view, words in VIEWS.items()]


def _studies(state: ExplorerState) -> dict[str, Any]:
    page = page_of(listed(state.select()), str(state.page))
    return {"page": page, "unpaged": replace(state, page=1).query_string}


_VIEWED: dict[str, Callable[[ExplorerState], dict[str, Any]]] = {
    MATRIX: lambda state: {"matrix": matrix_of(state)},
    LADDER: lambda state: {"ladder": ladder_of(state), "rungs": list(Rung)},
    STUDIES: _studies,
}
