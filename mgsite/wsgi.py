"""The WSGI application the server runs."""

import os

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mgsite.settings")


class Utf8Request(WSGIRequest):
    """Addresses and forms are read as UTF-8, whatever charset a client claims.

    Django believes the claim: one address would give several pages to a shared cache, and a charset that is none for
    texts, such as base64, would fail before there is an error page to show.
    """

    @property
    def encoding(self) -> str:
        """Always the same."""
        return "utf-8"

    @encoding.setter
    def encoding(self, claimed: str) -> None:
        """Passed over."""


application = get_wsgi_application()
application.request_class = Utf8Request
