"""Feeds of the catalog. A reader of feeds that names what it has gets an empty 304."""

from django.http import HttpRequest, HttpResponse

from forms_catalog import feeds
from forms_catalog.caching import public_page
from mgsite.atom import TYPE


@public_page
def verdicts_feed(request: HttpRequest) -> HttpResponse:
    """The newest changes of verdicts."""
    return HttpResponse(str(feeds.verdicts_feed()), content_type=TYPE)


@public_page
def studies_feed(request: HttpRequest) -> HttpResponse:
    """The newest studies."""
    return HttpResponse(str(feeds.studies_feed()), content_type=TYPE)
