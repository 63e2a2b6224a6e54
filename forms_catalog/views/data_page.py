"""What there is to take away: the page that says so, and the whole edition as one file."""

import logging
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.caching import public_page
from forms_catalog.exports.about import CAUTION, LICENCE, AsOf, as_of
from forms_catalog.exports.edition import open_edition, size_at_hand
from forms_catalog.exports.json_format import PER_PAGE
from forms_catalog.exports.lists import LIST_TABLES, edition_sources
from forms_catalog.exports.readme import NAME, how_to_cite
from forms_catalog.linked_data.datasets import catalog
from forms_catalog.views.data import open_data

logger = logging.getLogger(__name__)
SUFFIXES = {"studies": ["csv", "json", *DOWNLOADS]}


@public_page
def data_page(request: HttpRequest) -> HttpResponse:
    """Addresses, columns, terms, and the whole edition with its size."""
    state = as_of()
    edition = edition_at_hand(state)
    context = {
        "linked_data": catalog(state=state, tables=LIST_TABLES, packed=edition["can_be_made"]),
        "lists": [(table, SUFFIXES.get(table.name, ["csv", "json"])) for table in LIST_TABLES],
        "tables": [source.table for source in edition_sources()],
        **edition,
        "changed_on": state.changed_on,
        "version": state.version,
        "licence": LICENCE,
        "caution": CAUTION,
        "cite": how_to_cite(state),
        "name": NAME,
        "per_page": PER_PAGE,
    }
    return render(request, "catalog/data.html", context)


def edition_at_hand(state: AsOf) -> dict[str, Any]:
    """Whether there can be a zip, and its size if there is one: made only for who takes it, as it may take minutes."""
    try:
        return {"size": size_at_hand(state), "can_be_made": True}
    except OSError:
        logger.exception("The edition cannot be put together.")
        return {"can_be_made": False}


@open_data
def edition_zip(request: HttpRequest) -> Any:
    """The whole edition; 503 where the disk has no room for it."""
    # It is packed as tightly as it gets; to pack it again would only cost time, and its length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    try:
        file = open_edition()
    except OSError:
        logger.exception("The edition could not be put together.")
        return HttpResponse("The file cannot be put together just now.\n", status=503, content_type="text/plain")
    return FileResponse(file, as_attachment=True, filename=f"{NAME}.zip", content_type="application/zip")
