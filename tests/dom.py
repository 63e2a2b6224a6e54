"""HTML as browsers read it, for assertions on elements instead of strings."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib


def parse(html: str) -> Element:
    """The tree of a piece of HTML."""
    return html5lib.HTMLParser(namespaceHTMLElements=False).parseFragment(html)


def parse_strictly(html: str) -> Element:
    """The tree, or html5lib's ParseError where a browser would have to mend something."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)


def elements(html: str) -> Iterator[Element]:
    """Every element, in order. Comments, which have no tag name, are kept."""
    yield from (element for element in parse(html).iter() if element.tag != "DOCUMENT_FRAGMENT")


def find(html: str, path: str) -> Element:
    """The one element at a path of ElementTree."""
    found = parse(html).findall(path)
    assert len(found) == 1, f"{len(found)} elements at {path} in {html}"
    return found[0]


def text(html: str) -> str:
    """What is read, white space made single. A block of data is read by machines alone."""
    return " ".join("".join(_read(parse(html))).split())


def _read(element: Element) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag != "script":
        yield element.text or ""
        for child in element:
            yield from _read(child)
            yield child.tail or ""
