"""Nodes of JSON-LD, and how they are written into a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

CONTEXT = "https://schema.org"
Node = dict[str, Any]
ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""Inside a <script> only these could end it, open a comment in it or be read as something else. JSON takes them so."""


def node(kind: str, properties: Mapping[str, Any]) -> Node:
    """A thing of a kind. What is not known is left out: a machine takes an empty text for an answer."""
    known = {name: value for name, value in properties.items() if value not in (None, "", [], {})}
    return {"@type": kind, **known}


def absolute(address: str) -> str:
    """An address of this site in full."""
    return f"{settings.SITE_URL}{address}"


def written(thing: Node) -> str:
    """A node as text that may stand inside a <script>, whatever its values hold."""
    document = {"@context": CONTEXT, **thing}
    return json.dumps(document, ensure_ascii=False).translate(ESCAPES)
