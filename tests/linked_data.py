"""Reading a page's block of JSON-LD, and holding it to the terms of schema.org that we may use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import yaml

TERMS = Path(__file__).parent / "content" / "schema_org.yaml"
CONTEXT = "https://schema.org"
TYPE = "application/ld+json"


@cache
def types() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(TERMS.read_text(encoding="utf-8"))["types"]
    return found


def documents(html: str) -> list[Any]:
    """The blocks of a page, read as a browser and then JSON read them."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    return [json.loads("".join(block.itertext())) for block in page.iter("script") if block.get("type") == TYPE]


def faults(document: dict[str, Any]) -> list[str]:
    """What schema.org would not understand."""
    context = [] if document.get("@context") == CONTEXT else [f"context is {document.get('@context')!r}"]
    return context + list(_of_node({name: value for name, value in document.items() if name != "@context"}))


def _of_node(node: dict[str, Any]) -> Iterator[str]:
    known = types().get(node.get("@type", ""))
    if known is None:
        yield f"no type {node.get('@type')!r}"
        return
    for name, value in node.items():
        if name in {"@type", "@id"}:
            continue
        if name not in known:
            yield f"{node['@type']} has no {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from _of_value(f"{node['@type']}.{name}", each, known[name])


def _of_value(place: str, value: Any, ranges: list[str]) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("@type") not in ranges:
            yield f"{place} holds a {value.get('@type')}"
        yield from _of_node(value)
    elif not any(_FITS[kind](value) for kind in ranges if kind in _FITS):
        yield f"{place} holds {value!r}"


_FITS = {
    "Text": lambda value: isinstance(value, str) and bool(value.strip()),
    "URL": lambda value: isinstance(value, str) and value.startswith(("http://", "https://")),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
}
