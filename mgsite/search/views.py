"""The addresses of the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from forms_catalog.caching import public_page
from forms_catalog.exports.answers import json_answer
from forms_catalog.queries.filters import clean_text
from forms_catalog.views.data import open_data
from mgsite.index.finding import suggest
from mgsite.search.filters import ONE_OF
from mgsite.search.page import search_for
from mgsite.search.twin import search_document


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Everything on the site that answers the words in the address."""
    return render(request, "search/search.html", {"search": search_for(request.GET)})


@open_data
def search_json(request: HttpRequest) -> HttpResponse:
    """The same as data."""
    return json_answer(search_document(search_for(request.GET)), name="search.json")


@open_data
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that go on as somebody types, best first."""
    found = suggest(clean_text(request.GET.get("q", "")))
    return _json({"suggestions": [{"title": each.title, "what": ONE_OF[each.kind], "url": each.url} for each in found]})


def _json(data: dict[str, object]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
