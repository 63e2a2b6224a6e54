"""A page as the translators ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib


@dataclass(frozen=True)
class Page:
    """A document and where it was found."""

    html: str
    url: str

    @cached_property
    def document(self) -> Element:
        return html5lib.parse(self.html, namespaceHTMLElements=False)

    def metas(self) -> Iterator[tuple[str, str]]:
        """Name and content of every <meta>, anywhere; an empty one says nothing."""
        for meta in self.document.iter("meta"):
            name, content = meta.get("name") or meta.get("property"), meta.get("content")
            if name and content:
                yield name, content

    def contents(self, name: str) -> list[str]:
        """Contents of the head's <meta>s whose name ends so: bepress puts a prefix before it."""
        metas = self.document.iterfind("head/meta")
        return [meta.get("content") or "" for meta in metas if (meta.get("name") or "").endswith(name)]

    def content(self, name: str) -> str:
        """The first of them; empty: there is none."""
        return next(iter(self.contents(name)), "")

    def first(self, path: str, attribute: str) -> str:
        """An attribute of the first element at a path."""
        found = self.document.find(path)
        return "" if found is None else found.get(attribute, "")

    @property
    def title(self) -> str:
        found = self.document.find("head/title")
        return "" if found is None else " ".join("".join(found.itertext()).split())
