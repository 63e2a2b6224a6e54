"""The pages about the site are written so that most people can read them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
import textstat
from django.test import Client

from mgsite.pages.about.index import PAGES
from tests.dom import parse

HARDEST = 11.0
"""SMOG: years of school it takes."""


def sentences(html: str) -> Iterator[str]:
    """Paragraphs and list items of a page's main part, each ended like a sentence. Sources are names."""
    main = html.partition('<main id="main">')[2].partition("</main>")[0]
    for element in parse(main).iter():
        if element.tag in {"p", "li"} and element.get("class") != "sources" and not holds_blocks(element):
            words = " ".join("".join(element.itertext()).split())
            if words:
                yield words if words[-1] in ".!?" else f"{words}."


def holds_blocks(element: Element) -> bool:
    return any(inner.tag in {"p", "ul", "ol"} for inner in element)


@pytest.mark.parametrize("address", ["/about/", *(f"/about/{page.name}/" for page in PAGES)])
def test_page_about_the_site_is_plain_english(client: Client, first_edition: None, address: str) -> None:
    words = " ".join(sentences(client.get(address).content.decode()))
    assert len(words) > 500
    assert textstat.smog_index(words) <= HARDEST


def test_the_measure_tells_plain_from_learned() -> None:
    learned = "Pharmacokinetic heterogeneity necessitates individualised therapeutic considerations. " * 30
    assert textstat.smog_index(learned) > HARDEST
