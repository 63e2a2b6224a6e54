"""What a feed has to be: what RFC 4287's schema and rules accept, what a feed reader reads, and what stands alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
from django.test import Client
from lxml import etree, html

from mgsite.atom.content import KEPT

ATOM = "{http://www.w3.org/2005/Atom}"
TYPE = "application/atom+xml; charset=utf-8"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))
SCHEMES = {"http", "https", "mailto", "tel", "sms"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def read(content: bytes) -> Any:
    """The feed as feedparser reads it, once everything else about it is right."""
    root = etree.fromstring(content)
    assert SCHEMA.validate(root), SCHEMA.error_log
    _keeps_the_rules(root)
    feed = feedparser.parse(
        content, response_headers={"content-type": TYPE}, sanitize_html=False, resolve_relative_uris=False
    )
    assert not feed.bozo, feed.bozo_exception
    assert len(feed.entries) == len(root.findall(f"{ATOM}entry"))
    return feed


def feed_at(client: Client, address: str) -> Any:
    """The feed at an address, which it gives itself whatever the query."""
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, TYPE)
    assert not response.cookies
    feed = read(response.content)
    own = next(link.href for link in feed.feed.links if link.rel == "self")
    assert own == f"http://127.0.0.1:8000{address.partition('?')[0]}"
    return feed


def _keeps_the_rules(root: Any) -> None:
    """The RFC's Schematron rules, RFC 3339's dates, and that ids are used once."""
    entries = root.findall(f"{ATOM}entry")
    assert root.find(f"{ATOM}author") is not None
    assert len(root.findall(f"{ATOM}link[@rel='self']")) == len(root.findall(f"{ATOM}link[@rel='alternate']")) == 1
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == len(entries) + 1
    assert all(urlsplit(name).scheme for name in ids)
    for name in ("updated", "published"):
        assert all(MOMENT.fullmatch(element.text) for element in root.iter(ATOM + name))
    for entry in entries:
        assert entry.find(f"{ATOM}author/{ATOM}name").text
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert entry.findtext(f"{ATOM}published") <= entry.findtext(f"{ATOM}updated")
        _stands_alone(entry.findtext(f"{ATOM}content"))
    newest = max((entry.findtext(f"{ATOM}updated") for entry in entries), default=root.findtext(f"{ATOM}updated"))
    assert root.findtext(f"{ATOM}updated") == newest


def _stands_alone(content: str) -> None:
    """Nothing that runs, asks or needs our style sheet, and every address a whole one."""
    for element in html.fragment_fromstring(content or "", create_parent="div").iter(etree.Element):
        assert element.tag in KEPT or element.tag in {"a", "span"}, element.tag
        assert set(element.attrib) <= {"href", "rel", "class", *KEPT.get(element.tag, ())}, element.attrib
        for name in ("href", "src"):
            assert name not in element.attrib or urlsplit(element.attrib[name]).scheme in SCHEMES, element.attrib
