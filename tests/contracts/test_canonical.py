"""Each page says its one address, whatever else is asked, and is not to be listed where there would be too many."""

from __future__ import annotations

from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.http import Http404
from django.test import Client
from django.urls import resolve

from mgsite.canonical import UNDERSTOOD
from tests.dom import parse
from tests.pages import KINDS, one_of

SITE = "http://127.0.0.1:8000"
UNLISTED = {
    *("claim card", "outcome card", "comparison", "style guide", "search", "search unasked"),
    *("people like me", "dose answered", "dose mistaken", "dose with kidney disease"),
}
ELSEWHERE = {"claim card": "/claims/c01/", "outcome card": "/outcomes/anxiety/"}
"""A card's address is that of what it shows."""


def head(client: Client, address: str) -> tuple[list[str], bool]:
    """The addresses that a page says it has, and whether it asks not to be listed."""
    response = client.get(address, follow=True)
    page = parse(response.content.decode())
    canonical = [link.get("href") or "" for link in page.iter("link") if link.get("rel") == "canonical"]
    robots = [meta.get("content") or "" for meta in page.iter("meta") if meta.get("name") == "robots"]
    assert robots in ([], ["noindex"]), (address, robots)  # links are to be followed all the same
    return canonical, bool(robots) or "noindex" in response.headers.get("X-Robots-Tag", "")


@pytest.mark.django_db
def test_every_kind_of_page_has_one_address_and_is_listed_or_not(first_edition: None, client: Client) -> None:
    found = {kind: head(client, one_of(kind)) for kind in KINDS}
    assert {kind for kind, (_, unlisted) in found.items() if unlisted} == UNLISTED
    right = {
        kind: [f"{SITE}{ELSEWHERE.get(kind, one_of(kind))}"]
        for kind in KINDS
        if kind not in {"search", "dose mistaken"}
    }
    assert {kind: canonical for kind, (canonical, _) in found.items() if kind in right} == right


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "canonical", "unlisted"),
    [
        ("/studies/?utm_source=x&theme=dark", "/studies/", False),
        ("/studies/?design=rct&utm_source=x", "/studies/?design=rct", True),
        ("/studies/?page=2", "/studies/?page=2", True),
        ("/studies/?design=", "/studies/", False),
        ("/explore/?view=ladder&fbclid=1", "/explore/?view=ladder", False),
        ("/explore/?view=matrix", "/explore/", False),
        ("/explore/?view=ladder&form=citrate", "/explore/?view=ladder&form=citrate", True),
        ("/explore/?cell=citrate.sleep&view=studies", "/explore/?view=studies&cell=citrate.sleep", True),
        ("/claims/c28/?q=x&page=3", "/claims/c28/", False),
        ("/studies/?q=%22%3E%3Cscript%3E", "/studies/?q=%22%3E%3Cscript%3E", True),
        ("/studies/?q=" + "x" * 900, "/studies/", True),
        ("/search/", "/search/", True),
        ("/articles/magnesium-for-depression-anxiety-and-your-memory/?after=1", None, False),
    ],
)
def test_what_a_page_does_not_understand_makes_no_other_page(
    asked: str, canonical: str | None, unlisted: bool, first_edition: None, client: Client
) -> None:
    expected = canonical or urlsplit(asked).path
    assert head(client, asked) == ([f"{SITE}{expected}"], unlisted)


@pytest.mark.django_db
def test_an_error_has_no_address_and_is_not_listed(client: Client) -> None:
    client.raise_request_exception = False
    for path in ("/nowhere/", "/replies/unknown/"):
        assert head(client, path) == ([], True)
    many = client.get("/studies/", QUERY_STRING="&".join(["q=x"] * 10_000))
    assert many.status_code == 400
    assert b'rel="canonical"' not in many.content
    assert b'content="noindex"' in many.content


def keys_of(client: Client, address: str) -> set[tuple[str, str]]:
    """Names of addresses inside the site, each with the keys that this page's links and forms ask them with."""
    page = parse(client.get(address).content.decode())
    asked = {(link.get("href") or "", key) for link in page.iter("a") for key in [""]}
    found = {(urljoin(address, href), key) for href, _ in asked for key, _ in parse_qsl(urlsplit(href).query)}
    for form in page.iter("form"):
        if form.get("method", "get") == "get":
            fields = [field.get("name") for tag in ("input", "select", "textarea") for field in form.iter(tag)]
            found |= {(urljoin(address, form.get("action") or ""), key) for key in fields if key}
    return {(name, key) for href, key in found if href.startswith("/") and (name := name_of(href))}


def name_of(href: str) -> str:
    try:
        return resolve(urlsplit(href).path).view_name
    except Http404:
        return ""


IS_NO_OTHER_PAGE = {
    ("articles:article", "after"),
    ("search:search", "q"),
    ("search:search", "kind"),
    ("search:search", "page"),
}
"""A page of an article's replies; a search, which is never listed."""


@pytest.mark.django_db
def test_every_key_that_our_own_links_and_forms_use_is_understood(first_edition: None, client: Client) -> None:
    """New filter? Name it in mgsite/canonical.py, or search engines list every combination of it."""
    real = [kind for kind in KINDS if kind != "style guide"]  # whose examples lead nowhere
    used = {pair for kind in real for pair in keys_of(client, one_of(kind))}
    pages = {
        (name, key) for name, key in used if not name.startswith(("articles:reply-form", "admin:")) and is_page(name)
    }
    unknown = {(name, key) for name, key in pages if key not in UNDERSTOOD.get(name, ())}
    assert unknown - IS_NO_OTHER_PAGE == set()
    assert {("catalog:study-list", "design"), ("explorer:explore", "cell"), ("tools:dose", "amount")} <= pages


def is_page(name: str) -> bool:
    """Data files ask not to be listed whatever is asked of them."""
    return not name.endswith(
        ("-csv", "-json", "-bib", "-ris", "-csl", ":csv", ":json", ":bib", ":ris", ":csl", "forest")
    )
