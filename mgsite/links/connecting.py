"""One request to another site, that cannot be led to a machine of this network.

A name is looked up once, every address it has must be a public one, and the connection goes to that very address: what
is looked up again later may be answered otherwise.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, urlsplit

SECONDS, SECONDS_IN_ALL = 10, 30
"""How long a server may be silent, and how long its whole answer may take."""
MOST_BYTES = 65_536
PORTS = {"http": 80, "https": 443}
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
UNICAST = ipaddress.ip_network("2000::/3")
"""All of version 6 that is given out to the internet; old ways to write an address of version 4 lie outside."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class RefusedError(Exception):
    """An address that is not asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a server said."""

    status: int
    location: str = ""


def is_public(address: Address) -> bool:
    """Whether it is one of the open internet, also inside an address of version 6 that stands for one of version 4."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in UNICAST:
            return False
    return address.is_global and not address.is_multicast


def request(method: str, url: str, *, headers: Mapping[str, str], allowed: Callable[[Address], bool]) -> Heard:
    """Ask once. Raises RefusedError, or OSError and HTTPException where nothing can be heard."""
    parts = _parts(url)
    connection = _connection(parts, _address(parts, allowed))
    connection.connect()
    timer = Timer(SECONDS_IN_ALL, _hang_up, args=[connection.sock])
    timer.start()
    try:
        connection.request(method, _target(parts), headers={**headers, "Host": parts.netloc.rpartition("@")[2]})
        response = connection.getresponse()
        response.read(MOST_BYTES)
        return Heard(response.status, response.headers.get("Location", ""))
    finally:
        timer.cancel()
        connection.close()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # read only now
    except ValueError as error:
        raise RefusedError("is no address") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise RefusedError("is no address of http or https")
    return parts


def _address(parts: SplitResult, allowed: Callable[[Address], bool]) -> str:
    """The address to connect to, when all that the name stands for are allowed."""
    name = (parts.hostname or "").encode("idna").decode()
    found = socket.getaddrinfo(name, parts.port or PORTS[parts.scheme], type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses or not all(allowed(ipaddress.ip_address(address)) for address in addresses):
        raise RefusedError("is in a private network")
    return addresses[0]


def _target(parts: SplitResult) -> str:
    """Path and query in ASCII, as a browser sends them."""
    return urlsplit(parts._replace(scheme="", netloc="").geturl() or "/").geturl().encode("ascii", "replace").decode()


def _connection(parts: SplitResult, address: str) -> http.client.HTTPConnection:
    secure = parts.scheme == "https"
    return (_PinnedSecure if secure else _Pinned)(parts.hostname or "", parts.port or PORTS[parts.scheme], address)


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked up already."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.address = address

    def connect(self) -> None:
        """To that address, whatever the name stands for by now."""
        self.sock = socket.create_connection((self.address, self.port), SECONDS)


class _PinnedSecure(_Pinned):
    """The same with TLS, for the name."""

    def connect(self) -> None:
        """Certificates are checked as browsers do."""
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
