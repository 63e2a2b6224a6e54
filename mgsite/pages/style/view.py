"""The page /about/style/."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.caching import public_page
from mgsite.pages.style.sheets import sheets
from mgsite.pages.style.specimens import example_names, specimens
from mgsite.pages.style.tokens import read_tokens


@public_page
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every token and component, in both themes."""
    tokens = read_tokens()
    shown = set(example_names())
    context = {
        "tokens": tokens.by_kind,
        "pairs": tokens.pairs,
        "specimens": specimens(),
        "parts": [sheet for sheet in sheets() if sheet.name not in shown],
    }
    return render(request, "pages/style_guide.html", context)
