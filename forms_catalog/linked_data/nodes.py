"""Nodes of JSON-LD, and how they are written into a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

CONTEXT = "https://schema.org"
EDITORS = "The editors"
"""The byline of the first edition, and of every article that names nobody."""
LANGUAGE = "en-GB"
Node = dict[str, Any]
ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""Inside a <script> only these could end it, open a comment in it or be read as something else. JSON takes them so."""


def node(kind: str | list[str], properties: Mapping[str, Any]) -> Node:
    """A thing of a kind, or of several. What is not known is left out: a machine takes an empty text for an answer."""
    known = {name: value for name, value in properties.items() if value not in (None, "", [], {})}
    return {"@type": kind, **known}


def absolute(address: str) -> str:
    """An address of this site in full."""
    return f"{settings.SITE_URL}{address}"


def written(thing: Node) -> str:
    """A node as text that may stand inside a <script>, whatever its values hold."""
    document = {"@context": CONTEXT, **thing}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


def editors(byline: str) -> Node:
    """Who wrote something, by its byline: the editors as a body, or the words as they are.

    Nobody can tell which of them are a person's name; so they are passed on as words, and nobody is invented.
    """
    return {"author": node("Organization", {"name": byline})} if byline == EDITORS else {"creditText": byline}


def this_site() -> Node:
    """The site as a body that makes something. Who runs it is for the owner to say."""
    return node("Organization", {"name": settings.SITE_NAME, "url": absolute("/")})
