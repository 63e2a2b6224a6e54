"""What holds for every public page, whoever wrote its template."""

import re
from collections import Counter
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.test import Client

from tests.pages import KINDS, all_of, one_of

ERRORS = {
    404: "/nowhere/",
}
# What the content security policy would refuse anyway; here the template is named before a browser is.
INLINE = re.compile(r"^(style|on[a-z]+)$")
REFERS_TO_IDS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "aria-details")


def parse(html: str) -> tuple[Element, list[str]]:
    """The document and every parse error, with its place."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    return document, [f"{place}: {code} {details}" for place, code, details in parser.errors]


def words_of(element: Element | None) -> str | None:
    """The text of an element; None where there is no element. (One without children is false: `or` will not do.)"""
    return None if element is None else " ".join("".join(element.itertext()).split())


def faults(html: str) -> list[str]:
    """Everything that is wrong with a page."""
    document, found = parse(html)
    elements = [element for element in document.iter() if isinstance(element.tag, str)]
    if not re.match(r"<!doctype html>", html, re.IGNORECASE):
        found.append("no doctype")
    if document.get("lang") != "en-GB":
        found.append(f"language is {document.get('lang')!r}")
    found += [f"not exactly one <{tag}>" for tag in ("title", "h1", "main") if one(document, tag) is None]
    found += [f"<{tag}> is empty" for tag in ("title", "h1") if words_of(one(document, tag)) == ""]
    found += inline_code(elements) + broken_ids(elements) + heading_jumps(elements) + nameless(elements)
    return found


def one(document: Element, tag: str) -> Element | None:
    """The only element of its kind; None when there are none or several. An icon's <title> does not count."""
    inside_svg = {child for svg in document.iter("{http://www.w3.org/2000/svg}svg") for child in svg.iter()}
    inside_svg |= {child for svg in document.iter("svg") for child in svg.iter()}
    found = [element for element in document.iter(tag) if element not in inside_svg]
    return found[0] if len(found) == 1 else None


def inline_code(elements: list[Element]) -> list[str]:
    found = [
        f"<{element.tag} {name}>" for element in elements for name in element.attrib if INLINE.match(str(name).lower())
    ]
    found += ["<style>" for element in elements if element.tag == "style"]
    data_blocks = {"application/json", "application/ld+json"}
    found += [
        "<script> with a body"
        for element in elements
        if element.tag == "script" and element.get("type") not in data_blocks and words_of(element)
    ]
    found += [
        f"javascript: in <{element.tag}>"
        for element in elements
        for value in element.attrib.values()
        if value.strip().lower().startswith("javascript:")
    ]
    return found


def broken_ids(elements: list[Element]) -> list[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    found = [f"id {name!r} is used {count} times" for name, count in ids.items() if count > 1]
    for element in elements:
        wanted = [name for attribute in REFERS_TO_IDS for name in (element.get(attribute) or "").split()]
        link = element.get("href") or ""
        if element.tag == "a" and link.startswith("#") and len(link) > 1:
            wanted.append(link[1:])
        found += [f"<{element.tag}> refers to #{name}, which is not there" for name in wanted if name not in ids]
    return found


def heading_jumps(elements: list[Element]) -> list[str]:
    levels = [int(element.tag[1]) for element in elements if re.fullmatch(r"h[1-6]", str(element.tag))]
    return [f"h{deep} after h{before}" for before, deep in pairwise(levels) if deep > before + 1]


def nameless(elements: list[Element]) -> list[str]:
    found = ["<img> without alt" for element in elements if element.tag == "img" and element.get("alt") is None]
    found += [
        f"<a href={element.get('href')}> without words"
        for element in elements
        if element.tag == "a" and element.get("href") and not (words_of(element) or element.get("aria-label"))
    ]
    # Markdown has no caption; in running text the heading and the sentence before a table are its name.
    texts = [element for element in elements if "prose" in element.get("class", "").split()]
    in_text = {table for text in texts for table in text.iter("table")}
    tables = [element for element in elements if element.tag == "table"]
    found += ["<table> without caption" for table in tables if table not in in_text and not has_name(table)]
    found += ["<table> without headings" for table in tables if table.find(".//th") is None]
    return found


def has_name(table: Element) -> bool:
    return table.find("caption") is not None or bool(table.get("aria-labelledby") or table.get("aria-label"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_valid_and_has_its_own_title(kind: str, first_edition: None, client: Client) -> None:
    pages = {address: client.get(address).content.decode() for address in all_of(kind)}
    assert {address: wrong for address, html in pages.items() if (wrong := faults(html))} == {}
    titles = Counter(html.partition("<title>")[2].partition("</title>")[0].strip() for html in pages.values())
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_asks_a_third_party_for_anything(kind: str, first_edition: None, client: Client) -> None:
    document, _ = parse(client.get(one_of(kind)).content.decode())
    loading = ["script", "img", "iframe", "source", "video", "audio", "embed", "object", "link", "use", "image"]
    asked = [
        element.get(attribute) or ""
        for element in document.iter()
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in loading
        for attribute in ("src", "srcset", "href", "data")
        if element.get("rel") not in {"canonical", "alternate", "license"}
    ]
    assert [address for address in asked if re.match(r"(https?:)?//", address)] == []


@pytest.mark.parametrize("path", ERRORS.values())
def test_error_pages_are_valid_too(path: str, client: Client, db: None) -> None:
    assert faults(client.get(path).content.decode()) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p style='x'>", "<p style>"),
        ("<p onclick='x'>", "<p onclick>"),
        ("<script>x</script>", "<script> with a body"),
        ("<a href='javascript:x'>x</a>", "javascript: in <a>"),
        ("<a href='#gone'>x</a>", "<a> refers to #gone, which is not there"),
        ("<b id='a'></b><b id='a'></b>", "id 'a' is used 2 times"),
        ("<h1>x</h1><h3>y</h3>", "h3 after h1"),
        ("<img>", "<img> without alt"),
        ("<a href='/x'></a>", "<a href=/x> without words"),
        ("<table><tr><th>x</table>", "<table> without caption"),
        ("<table><caption>c</caption><tr><td>x</table>", "<table> without headings"),
        ("<p>x</div>", "end-tag-too-early"),
    ],
)
def test_the_contract_notices(html: str, fault: str) -> None:
    page = f"<!doctype html><html lang=en-GB><title>t</title><main>{html}</main></html>"
    assert any(fault in found for found in faults(page))
