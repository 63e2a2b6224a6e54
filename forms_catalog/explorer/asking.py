"""From an address to an answer: its one spelling, what was not understood, and when it is too much."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from forms_catalog.explorer.facets import read_names
from forms_catalog.explorer.state import LONGEST_QUERY, ExplorerState, TooMuchError

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
