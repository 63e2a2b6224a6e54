"""Whose request this is, as far as the network says."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address; forwarded headers count only as far as our own proxies wrote them.

    With MGSITE_PROXY_COUNT proxies of ours in front, the last that many entries of X-Forwarded-For
    are theirs, and the first of those is the client. Without proxies the header is anybody's word. A proxy may
    write a port behind the address, or no address at all, which then counts as its own.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    count = settings.PROXY_COUNT
    if not count:
        return direct
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return _address_in(forwarded[-count]) or direct if len(forwarded) >= count else direct


def _address_in(entry: str) -> str:
    """The address of an entry such as `192.0.2.1:4711` or `[2001:db8::1]:4711`; empty when it has none."""
    bracketed, _, _ = entry.removeprefix("[").partition("]")
    for address in (entry, bracketed, entry.rpartition(":")[0]):
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            continue
    return ""
