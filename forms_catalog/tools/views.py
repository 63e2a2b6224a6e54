"""The page that lists the tools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.caching import public_page
from forms_catalog.tools.index import TOOLS


@public_page
def tools(request: HttpRequest) -> HttpResponse:
    """What can be worked out here."""
    return render(request, "tools/index.html", {"tools": TOOLS})
