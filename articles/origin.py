"""Whether a post comes from a page of this site.

Public pages set no cookie, so there is no CSRF cookie to compare; the browser's own word does instead.
A post that carries neither header comes from a very old browser or from no browser at all: it has no
cookie of ours to abuse, and the signed form token still applies.
"""

from django.conf import settings
from django.http import HttpRequest

OWN_PAGES = {"same-origin", "none"}


class CrossOriginRefused(Exception):
    """The post was made by a page of another site."""


def check_same_origin(request: HttpRequest, *, sends_no_referrer: bool = False) -> None:
    """Raise CrossOriginRefused when the browser says that another site's page sent this.

    A page that sends no referrer names its own origin "null" (Fetch, "append a request Origin header"), which over
    plain HTTP is all there is. Only a form whose very address is a secret may take that for its own.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin == "null" and sends_no_referrer:
        return
    if site is not None and site not in OWN_PAGES:
        raise CrossOriginRefused
    if site is None and origin is not None and origin not in _own_origins(request):
        raise CrossOriginRefused


def _own_origins(request: HttpRequest) -> set[str]:
    return {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}
