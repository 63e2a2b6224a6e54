"""What there is to take away: the page that says so, and the whole edition as one file."""

import logging
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.actions import AsOf
from forms_catalog.caching import public_page
from forms_catalog.exports.about import CAUTION, LICENCE, as_of
from forms_catalog.exports.columns import Table
from forms_catalog.exports.edition import open_edition, size_at_hand
from forms_catalog.exports.json_format import PER_PAGE
from forms_catalog.exports.lists import LIST_TABLES, edition_sources
from forms_catalog.exports.readme import NAME, how_to_cite
from forms_catalog.linked_data.datasets import catalog
from forms_catalog.twins.metadata import METADATA
from forms_catalog.twins.twin import Group, Sample, Twin, all_samples, by_group
from forms_catalog.views.data import open_data

logger = logging.getLogger(__name__)


@public_page
def data_page(request: HttpRequest) -> HttpResponse:
    """Addresses, columns, terms, and the whole edition with its size. Twelve queries at most."""
    state = as_of()
    packed = edition_at_hand(state)
    edition = [source.table for source in edition_sources()]
    context = {
        "linked_data": catalog(state=state, tables=LIST_TABLES, packed=packed["can_be_made"]),
        "groups": kinds(),
        "tables": tables_beside(edition),
        "edition": edition,
        **packed,
        "changed_on": state.changed_on,
        "version": state.version,
        "licence": LICENCE,
        "caution": CAUTION,
        "cite": how_to_cite(state),
        "name": NAME,
        "per_page": PER_PAGE,
    }
    return render(request, "catalog/data.html", context)


def kinds() -> list[tuple[Group, list[tuple[Twin, Sample | None]]]]:
    """Every kind of JSON with a real record of it, where there is one. Eight queries."""
    samples = all_samples()
    return [(group, [(twin, samples.get(twin.name)) for twin in twins]) for group, twins in by_group()]


def tables_beside(edition: list[Table]) -> list[Table]:
    """Tables that JSON has and the edition has not, each once; first the one that goes with all."""
    known = {table.name for table in edition}
    every = [METADATA, *(table for _, twins in by_group() for twin in twins for table in twin.tables)]
    return [table for name, table in {table.name: table for table in every}.items() if name not in known]


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
