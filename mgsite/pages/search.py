"""The pages that are no record's, handed in to the search: found by their headings, and by what people call them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import reverse

from mgsite.index.keeping import RULE_FILES
from mgsite.index.sources import Entry, ListSource, contribute_list
from mgsite.pages.about import index
from mgsite.pages.about.index import PAGES

LISTED = Path(__file__).parent / "findable.yaml"


@dataclass(frozen=True, slots=True)
class FindablePage:
    """A page, or a place on one."""

    pk: int
    address: str
    """Name of its address, with the place after a number sign."""
    title: str
    text: str
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How results name it: `diet-page-foods`."""
        return self.address.replace(":", "-").replace("#", "-")

    @property
    def url(self) -> str:
        """Where it is."""
        name, sign, place = self.address.partition("#")
        return f"{reverse(name)}{sign}{place}"


def hand_in() -> None:
    """Let the index know the pages. What they are is said in two files; a change of either makes it anew."""
    RULE_FILES.update({LISTED, Path(__file__), Path(index.__file__)})
    contribute_list(ListSource("page", findable_pages, _entries))


@lru_cache(maxsize=1)
def findable_pages() -> tuple[FindablePage, ...]:
    """All of them, each with its number."""
    return tuple(FindablePage(pk=number, **each) for number, each in enumerate(_stated(), start=1))


def _stated() -> Iterator[dict[str, Any]]:
    read = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    for page in read["pages"]:
        stated = {name: tuple(map(str, page.pop(word, ()))) for name, word in (("names", "names"), ("tags", "with"))}
        yield page | stated
    for about in PAGES:
        names = tuple(map(str, read["about"][about.name]))
        yield {
            "address": f"about:{about.name}",
            "title": about.title,
            "text": about.line,
            "names": (about.label, *names),
        }


def _entries(page: FindablePage) -> Iterator[Entry]:
    yield Entry(key=page.key, url=page.url, title=page.title, names=page.names, tags=page.tags, body=page.text)
