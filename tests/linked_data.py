"""Reading a page's blocks of JSON-LD, and holding them to the terms of schema.org that we may use."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib
import yaml

TERMS = Path(__file__).parent / "content" / "schema_org.yaml"
CONTEXT = "https://schema.org"
TYPE = "application/ld+json"
INPUT = "-input"  # schema.org's way to say what an action needs of its user


@cache
def terms() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    return found


@cache
def kinds(name: str) -> frozenset[str]:
    """A type and everything that it is a kind of; empty for a type we may not use."""
    if name not in terms()["types"]:
        return frozenset()
    return frozenset({name}).union(*map(kinds, terms()["types"][name]))


def documents(html: str) -> list[Any]:
    """The blocks of a page, read as a browser and then JSON read them."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    return [json.loads("".join(block.itertext())) for block in page.iter("script") if block.get("type") == TYPE]


def document_of(html: str, kind: str) -> dict[str, Any]:
    """The one block of a page that is of a kind."""
    (found,) = (document for document in documents(html) if kind in types_of(document))
    return dict(found)


def types_of(node: dict[str, Any]) -> list[str]:
    """The types of a node, whether it has one or several."""
    named = node.get("@type", [])
    return [named] if isinstance(named, str) else list(named)


def faults(document: dict[str, Any]) -> list[str]:
    """What schema.org would not understand."""
    context = [] if document.get("@context") == CONTEXT else [f"context is {document.get('@context')!r}"]
    return context + list(_of_node({name: value for name, value in document.items() if name != "@context"}))


def _of_node(node: dict[str, Any]) -> Iterator[str]:
    named = types_of(node)
    unknown = [name for name in named or [None] if name is None or not kinds(name)]
    if unknown:
        yield from (f"no type {name!r}" for name in unknown)
        return
    is_a = frozenset().union(*map(kinds, named))
    for name, value in node.items():
        if name == "@id":
            yield from [] if _is_address(value) else [f"@id is {value!r}"]
        elif name != "@type":
            yield from _of_property(name, value, is_a, "/".join(named))


def _of_property(name: str, value: Any, is_a: frozenset[str], place: str) -> Iterator[str]:
    for_action = "Action" in is_a and name.endswith(INPUT)
    known = terms()["properties"].get(name.removesuffix(INPUT) if for_action else name)
    if known is None or is_a.isdisjoint(known["of"]):
        yield f"{place} has no {name}"
        return
    if value == []:
        yield f"{place}.{name} is empty"
    for each in value if isinstance(value, list) else [value]:
        yield from _of_value(f"{place}.{name}", each, ["Text"] if for_action else known["holds"])


def _of_value(place: str, value: Any, ranges: list[str]) -> Iterator[str]:
    if isinstance(value, dict):
        if not any(not kinds(name).isdisjoint(ranges) for name in types_of(value)):
            yield f"{place} holds a {value.get('@type')}"
        yield from _of_node(value)
    elif not any(_FITS[kind](value) for kind in ranges if kind in _FITS):
        yield f"{place} holds {value!r}"


def _is_address(value: Any) -> bool:
    """An absolute address, without a space or a sign that would end it."""
    if not isinstance(value, str) or re.search(r"[\s<>\"{}]", value):
        return False
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _is_date(value: Any) -> bool:
    """A day, or as much of it as is known: schema.org's Date is ISO 8601's."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        return False
    return _fits(date.fromisoformat, value + "-01" * (2 - value.count("-")))


def _is_moment(value: Any) -> bool:
    """A moment with its zone: without one, nobody elsewhere knows when it was."""
    return isinstance(value, str) and "T" in value and _fits(_zoned, value)


def _zoned(text: str) -> None:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError


def _fits(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


_FITS = {
    "Text": lambda value: isinstance(value, str) and bool(value.strip()),
    "URL": _is_address,
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "Date": _is_date,
    "DateTime": _is_moment,
}
