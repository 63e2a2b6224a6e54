"""The addresses that a text names, and the places on it that others may name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin
from xml.etree import ElementTree

from mgsite.links.asking import Answer

ATTRIBUTES = ("href", "src", "poster", "data", "cite", "xlink:href")
"""Of whatever element: each holds one address."""
META = ("og:url", "og:image", "twitter:image", "citation_pdf_url", "citation_public_url", "citation_abstract_html_url")
READERS_OWN = "ugc"
"""What a reader linked to is theirs to vouch for."""
_CSS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"""^(?:import|export)\b[^"'`;]*["'](\.[^"']+)["']""", re.MULTILINE)
_SITEMAP = re.compile(r"^Sitemap:\s*(\S+)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as a text names it, made whole."""

    url: str
    posted: bool = False
    """Whether it is where a form is sent to by POST: it need not answer a GET."""
    of_readers: bool = False
    listed: bool = False
    """Whether a sitemap names it as a page to be found."""


@dataclass
class Reading:
    """What is of interest in a text."""

    links: list[Link] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    canonical: str = ""
    """What the page says is its address."""
    unlisted: bool = False
    """Whether it asks not to be found by search engines."""


def read(answer: Answer, *, address: str) -> Reading:
    """The links and places of a text; of other files none."""
    reader = _READERS.get(answer.type)
    reading = reader(answer.body, address) if reader and answer.body else Reading()
    reading.unlisted = reading.unlisted or "noindex" in answer.robots
    return reading


class _Html(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.reading = address, Reading()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.reading.places.update(given[name] for name in ("id", "name") if given.get(name) and _names(tag, name))
        of_readers = READERS_OWN in given.get("rel", "").split()
        for url in _urls(given):
            self._add(url, of_readers=of_readers)
        if tag == "form":
            self._add(given.get("action", ""), posted=given.get("method", "").lower() == "post")
        if tag == "meta" and (given.get("property") or given.get("name")) in META:
            self._add(given.get("content", ""))
        if tag == "link" and given.get("rel") == "canonical":
            self.reading.canonical = given.get("href", "")
        if tag == "meta" and given.get("name") == "robots":
            self.reading.unlisted = "noindex" in given.get("content", "")

    def _add(self, url: str, *, posted: bool = False, of_readers: bool = False) -> None:
        self.reading.links.append(Link(_whole(self.address, url), posted=posted, of_readers=of_readers))


def _names(tag: str, attribute: str) -> bool:
    """Whether the attribute makes the element a place."""
    return attribute == "id" or tag == "a"


def _urls(given: dict[str, str]) -> Iterator[str]:
    """The addresses in an element's attributes; `data-…` ones that begin at the root are for scripts to fetch."""
    yield from (given[name] for name in ATTRIBUTES if name in given)
    yield from (entry.split()[0] for entry in given.get("srcset", "").split(",") if entry.strip())
    yield from (value for name, value in given.items() if name.startswith("data-") and re.match(r"/\w", value))


def _whole(address: str, url: str) -> str:
    try:
        return urljoin(address, url.strip())
    except ValueError:  # "http://[": no address at all; the walk says so
        return url


def _html(body: str, address: str) -> Reading:
    reader = _Html(address)
    reader.feed(body)
    reader.close()
    return reader.reading


def _css(body: str, address: str) -> Reading:
    found = (first or second for first, second in _CSS.findall(_COMMENT.sub("", body)))
    return Reading([Link(_whole(address, url)) for url in found])


def _script(body: str, address: str) -> Reading:
    return Reading([Link(_whole(address, url)) for url in _IMPORT.findall(body)])


def _xml(body: str, address: str) -> Reading:
    """A feed or a sitemap: `href` and `src` of every element, `<loc>`, and the pages inside a feed's entries."""
    reading = Reading()
    root = ElementTree.fromstring(body)  # noqa: S314  (written by this site)
    for element in root.iter():
        urls = [element.attrib[name] for name in ("href", "src") if name in element.attrib]
        reading.links += [Link(_whole(address, url)) for url in urls]
        if element.tag.endswith("}loc"):
            reading.links.append(Link(_whole(address, element.text or ""), listed="}urlset" in root.tag))
        if element.get("type") == "html":
            reading.links += _html(element.text or "", address).links
    return reading


def _plain(body: str, address: str) -> Reading:
    return Reading([Link(url) for url in _SITEMAP.findall(body)])


_READERS = {
    "text/html": _html,
    "text/css": _css,
    "text/javascript": _script,
    "application/atom+xml": _xml,
    "application/xml": _xml,
    "text/plain": _plain,
}
