"""Whose request this is, as far as the network says."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address; forwarded headers count only as far as our own proxies wrote them.

    With MGSITE_PROXY_COUNT proxies of ours in front, the last that many entries of X-Forwarded-For
    are theirs, and the first of those is the client. Without proxies the header is anybody's word.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    count = settings.PROXY_COUNT
    if not count:
        return direct
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return forwarded[-count] if len(forwarded) >= count else direct
