"""Error pages: ours, helpful, and free of anything that could fail again.

Only the page for an address that leads nowhere asks the database, and shows less where that fails.
They show the reader's colours, and a cache may keep a 404 that says nothing about it: so each says that it may not.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from forms_catalog.exports.answers import asks_for_json, refused
from mgsite.search.address import meant_by

UNLISTED = {"canonical_url": "", "noindex": True}
"""No error has an address of its own, and none is to be listed."""
UNREADABLE = "We could not read that request."
NOTHING_THERE = "There is nothing for readers at this address."
BROKEN = "Something broke on our side."


@never_cache
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    if asks_for_json(request):
        return refused(UNREADABLE, status=400)
    return render(request, "errors/400.html", UNLISTED, status=400)


@never_cache
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "errors/403.html", UNLISTED, status=403)


@never_cache
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with what the words of the address may have been meant for."""
    if asks_for_json(request):
        return refused(NOTHING_THERE, status=404)
    return render(request, "errors/404.html", UNLISTED | meant_by(request.path), status=404)


@never_cache
def server_error(request: HttpRequest) -> HttpResponse:
    """500: asks the database for nothing."""
    if asks_for_json(request):
        return refused(BROKEN, status=500)
    return render(request, "errors/500.html", UNLISTED, status=500)


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token no longer fits; gives the typed text back, as another tab may have signed in again."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and "password" not in name.lower() and not name.startswith(("csrf", "_"))
    ]
    return render(request, "errors/csrf.html", UNLISTED | {"typed": typed}, status=403)
