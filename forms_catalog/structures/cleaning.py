"""The door to drawings that templates trust: what is not listed here is refused, never mended.

A drawing has one spelling, so that what was loaded is exported with the same bytes. It holds lines and letters only: no
style, no address, no event, no entity, no identifier. Its colours are classes (static/css/components/structure.css).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, fromstring

MOST_CHARACTERS = 20_000
NUMBER = r"-?\d{1,4}(?:\.\d)?"
CLASSES = frozenset({"bonds", "hatch", "wedge", "atom", "small", "times"})
CHILDREN = {
    "svg": {"g"},
    "g": {"path", "text"},
    "path": set[str](),
    "text": {"tspan"},
    "tspan": set[str](),
}
PATTERNS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "viewBox": r"0 0 \d{1,4} \d{1,4}",
        "width": r"\d{1,4}",
        "height": r"\d{1,4}",
        "transform": rf"translate\({NUMBER} {NUMBER}\)",
        "d": rf"(?:M{NUMBER} {NUMBER}(?:L{NUMBER} {NUMBER})+Z?)+",
        "x": NUMBER,
        "y": NUMBER,
        "dy": NUMBER,
    }.items()
}
ATTRIBUTES = {
    "svg": ("viewBox", "width", "height"),
    "g": ("transform",),
    "path": ("class", "d"),
    "text": ("class", "x", "y"),
    "tspan": ("class", "dy"),
}
OPTIONAL = {("tspan", "class")}
LETTERS = re.compile(r"[A-Za-z0-9+\N{MINUS SIGN}]{1,3}|\d{1,3} \N{MULTIPLICATION SIGN}")


class DrawingRefused(ValueError):
    """A drawing that holds something it must not."""


@lru_cache(maxsize=256)
def clean_drawing(text: str) -> str:
    """The drawing in its one spelling. Raises DrawingRefused for anything that is not on the lists above."""
    if len(text) > MOST_CHARACTERS:
        raise DrawingRefused(f"A drawing has at most {MOST_CHARACTERS:,} characters.")
    if found := re.search(r"<[!?]|&|[\x00-\x09\x0b-\x1f]", text):
        raise DrawingRefused(f"A drawing holds no {found[0]!r}: no comments, declarations, entities or controls.")
    try:
        root = fromstring(text)  # noqa: S314  (no entities and no declarations get this far)
    except ParseError as error:
        raise DrawingRefused(f"The drawing cannot be read: {error}.") from error
    if root.tag != "svg":
        raise DrawingRefused(f"A drawing is an <svg>, not a <{root.tag}>.")
    return "\n".join(_lines(root))


def _lines(element: Element) -> Iterator[str]:
    """An element a line; letters and what is inside them stay on one."""
    inside = list(_children(element))
    opening = f"<{element.tag}{_attributes(element)}"
    if element.tag in ("text", "tspan"):
        yield f"{opening}>{_letters(element.text)}{''.join(_after(child) for child in inside)}</{element.tag}>"
        return
    _nothing_between(element)
    if not inside:
        yield f"{opening}/>"
        return
    yield f"{opening}>"
    for child in inside:
        yield from _lines(child)
    yield f"</{element.tag}>"


def _children(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag not in CHILDREN[element.tag]:
            raise DrawingRefused(f"A <{element.tag}> in a drawing holds no <{child.tag}>.")
        yield child


def _after(child: Element) -> str:
    """A tspan; letters that follow it outside of any are refused, so that each has its place."""
    if child.tail:
        raise DrawingRefused("Letters after a <tspan> stand in a <tspan> of their own.")
    return "".join(_lines(child))


def _attributes(element: Element) -> str:
    """The element's attributes in their order. Raises DrawingRefused for a strange, missing or odd one."""
    names = ATTRIBUTES[element.tag]
    strange = set(element.attrib) - set(names)
    if strange:
        raise DrawingRefused(f"A <{element.tag}> in a drawing has no {min(strange)}.")
    return "".join(_attribute(element, name) for name in names)


def _attribute(element: Element, name: str) -> str:
    value = element.get(name)
    if value is None and (element.tag, name) in OPTIONAL:
        return ""
    fits = value is not None and (
        set(value.split(" ")) <= CLASSES if name == "class" else PATTERNS[name].fullmatch(value)
    )
    if not fits:
        raise DrawingRefused(f"The {name} of a <{element.tag}> in the drawing is {value!r}.")
    return f' {name}="{value}"'


def _letters(text: str | None) -> str:
    if not LETTERS.fullmatch(text or ""):
        raise DrawingRefused(f"{text!r} is not the sign of an atom, a charge or a number.")
    return text or ""


def _nothing_between(element: Element) -> None:
    """Only line breaks stand between elements."""
    if "".join([element.text or "", *(child.tail or "" for child in element)]).strip("\n"):
        raise DrawingRefused(f"There are words in a <{element.tag}> of the drawing.")
