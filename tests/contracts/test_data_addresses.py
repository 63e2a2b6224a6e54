"""Every address that ends as a file of data does may be read by other sites' scripts, and bears any query string."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.contracts.test_urls import patterns
from tests.pages import FIRST_ARTICLE

SUFFIX = re.compile(r"\.(csv|json|bib|ris|zip)$")
PRIVATE = {"articles:passport-export"}
"""What its writer alone may read."""
SLUGS = (FIRST_ARTICLE, "tarleton2017", "oxide", "nmda", "depression", "c28", "nmda-receptor")
"""One record of each kind."""
NEEDS_MORE = {"articles:replies-json-about": "/claims/c28/replies.json"}
"""Addresses that name no record by its slug alone."""
NAMES = sorted(
    {name for name, entry in patterns(get_resolver()) if SUFFIX.search(str(entry.pattern)) and name not in PRIVATE}
)
PAGES = (
    *("/explore/", "/forms/compare/", "/explore/people/", "/explore/pathways/"),
    *("/claims/c28/card/", "/outcomes/sleep/card/"),
)
KEYS = ("form", "outcome", "view", "page", "cell", "from", "age", "magnesium", "q", "comparator", "without")
ANYTHING = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def candidates(name: str) -> list[str]:
    if name in NEEDS_MORE:
        return [NEEDS_MORE[name]]
    if name == "articles:reply-json":
        return [f"{make.make_sent_reply(status='approved').get_absolute_url()[:-1]}.json"]
    try:
        return [reverse(name)]
    except NoReverseMatch:
        return [reverse(name, args=[slug]) for slug in SLUGS]


def address_of(client: Client, name: str) -> str:
    """The address of a record that exists."""
    return next(address for address in candidates(name) if client.head(address).status_code == 200)


@pytest.mark.parametrize("name", NAMES)
def test_data_may_be_read_by_scripts_of_other_sites(name: str, client: Client, first_edition: None) -> None:
    response = client.get(address_of(client, name), headers={"Origin": "https://elsewhere.example"})

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert not response.cookies


@pytest.fixture
def every_address(client: Client, first_edition: None) -> list[str]:
    return [*PAGES, *(address_of(client, name) for name in NAMES if name != "data-edition")]


@ANYTHING
@given(data=st.data(), raw=st.binary(max_size=80), key=st.sampled_from(("", *(f"{key}=" for key in KEYS))))
def test_no_bytes_break_a_page_or_its_file(
    client: Client, every_address: list[str], data: st.DataObject, raw: bytes, key: str
) -> None:
    address = data.draw(st.sampled_from(every_address))

    response = client.get(address, QUERY_STRING=key + raw.decode("latin-1"))

    assert response.status_code in {200, 302, 400}, address
    response.getvalue()


def test_ten_thousand_keys_are_a_400_that_says_so_everywhere(client: Client, every_address: list[str]) -> None:
    for address in every_address:
        response = client.get(address, QUERY_STRING="&".join(["form=oxide"] * 10_000))
        assert response.status_code == 400, address
        said = "more than one view can take" if "/explore" in address else "We could not read that request"
        assert said in response.content.decode() or "/explore/p" in address, address
