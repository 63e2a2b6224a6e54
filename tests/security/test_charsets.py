"""What a client says of its encoding, through the application the server runs: the test client has its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_started
from django.db import close_old_connections

from mgsite.wsgi import application


@pytest.fixture(autouse=True)
def _open_connection(db: None) -> Iterator[None]:
    """A real request begins by closing what the last one left open; here that is the test's own transaction."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def answer(method: str, path: str, query: str, *, charset: str, data: bytes = b"") -> tuple[str, str]:
    """Status and page of one request."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": f"application/x-www-form-urlencoded; charset={charset}",
        "CONTENT_LENGTH": str(len(data)),
        "wsgi.input": io.BytesIO(data),
    }
    setup_testing_defaults(environ)
    statuses: list[str] = []
    page = application(environ, lambda status, *headers: statuses.append(status))  # type: ignore[arg-type]
    return statuses[0], b"".join(page).decode()


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "base64", "hex", "rot13", "idna", "undefined", "no-such"])
def test_an_address_is_read_as_utf_8_whatever_a_client_says_of_itself(charset: str) -> None:
    status, page = answer("GET", "/studies/", "design=%2BAGE-caf%C3%A9", charset=charset)
    assert status == "200 OK"
    assert "no value “+AGE-café”" in page


@pytest.mark.parametrize("charset", ["utf-16", "base64", "rot13"])
def test_so_is_what_it_posts(charset: str) -> None:
    status, _ = answer("POST", "/preferences/theme/", "x=1", charset=charset, data=b"theme=dark&next=/forms/")
    assert status == "303 See Other"
