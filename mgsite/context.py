"""What every template may use. Nothing personal: public pages are cached for everybody.

The theme is one of three words, and forms_catalog.caching names each page by it.
"""

from django.conf import settings
from django.http import HttpRequest

from mgsite.canonical import canonical_url, is_one_of_many
from mgsite.preferences import THEME, choice_of
from mgsite.twins import twin_of

LONGEST_ADDRESS = 480
"""A little less than articles.views.preferences takes: a switch adds the name of its place."""


def site(request: HttpRequest) -> dict[str, object]:
    """Site name and address, the colours chosen, the one address of this page, and whether it is one of very many.

    `here` is where a switch leads back to: see `place_to_come_back_to`. `twin` is the same as JSON.
    """
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "canonical_url": canonical_url(request),
        "noindex": is_one_of_many(request),
        "theme": choice_of(request, THEME),
        "here": place_to_come_back_to(request),
        "twin": twin_of(request),
    }


def place_to_come_back_to(request: HttpRequest) -> str:
    """The address of this page, without a very long query; empty in the answer to a post: nobody can go back there."""
    if request.method not in {"GET", "HEAD"}:
        return ""
    address = request.get_full_path()
    return address if len(address) <= LONGEST_ADDRESS else request.path
