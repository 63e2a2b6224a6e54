"""The translator "COinS": every <span class="Z3988"> of a page is a work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote

from tests.zotero.names import clean_author
from tests.zotero.page import Page
from tests.zotero.saving import Item

FORMAT = "info:ofi/fmt:kev:mtx:"
GENRES = {"bookitem": "bookSection", "conference": "conferencePaper", "proceeding": "conferencePaper"}
GENRES |= {"report": "report", "document": "document"}
PLAIN = {
    "rft.stitle": "journalAbbreviation",
    "rft.date": "date",
    "rft.volume": "volume",
    "rft.issue": "issue",
    "rft.issn": "ISSN",
    "rft.pub": "publisher",
    "rft.publisher": "publisher",
    "rft.place": "place",
    "rft.language": "language",
}
IN_SOMETHING = {"journalArticle", "bookSection", "conferencePaper"}


def spans(page: Page) -> list[str]:
    """Hidden or not: nobody asks what is seen."""
    found = page.document.iter("span")
    return [
        span.get("title", "")
        for span in found
        if "Z3988" in (span.get("class") or "").split() and span.get("title") is not None
    ]


def coins(page: Page) -> list[Item]:
    """The works of a page that have a title; without one Zotero would have to ask elsewhere."""
    found = [parsed(title) for title in spans(page)]
    return [item for item in found if item is not None and item["title"]]


def parsed(context: str) -> Item | None:
    """A ContextObject. None: of no format that Zotero knows."""
    parts = context.split("&")
    item = Item(type_of(parts))
    if not item.type:
        return None
    for key, value in pairs(parts):
        name = PLAIN.get(key)
        if name:
            item.fields[name] = value
        else:
            _READ.get(key, _ignore)(item, value)
    return item


def pairs(parts: list[str]) -> Iterator[tuple[str, str]]:
    """A plus is a space, and so is one written out as %2B: Zotero's own slip. After a second '=' all is lost."""
    for part in parts:
        key, *values = part.split("=")
        value = unquote(values[0].replace("+", " ").replace("%2B", " ").replace("%2b", " "), errors="strict")
        if value:
            yield key, value


def type_of(parts: list[str]) -> str:
    """By the first format given. Dublin Core's is left alone: one version of the reader stops at it."""
    formats = [unquote(part[12:]) for part in parts if part.startswith("rft_val_fmt=")]
    kind = formats[0].removeprefix(FORMAT) if formats else ""
    assert kind not in {"dc", "patent"}, "not mirrored"
    if kind == "book":
        return next((item for genre, item in GENRES.items() if f"rft.genre={genre}" in parts), "book")
    return {"journal": "journalArticle", "dissertation": "thesis"}.get(kind, "")


def _identifier(item: Item, value: str) -> None:
    """A PMID is not read."""
    if value.lower().startswith("info:doi"):
        item.fields["DOI"] = value[9:]
    elif value.startswith(("http://", "https://")):
        item.fields["url"] = value


def _title(item: Item, value: str) -> None:
    item.fields["publicationTitle" if item.type in IN_SOMETHING else "title"] = value


def _article_title(item: Item, value: str) -> None:
    if item.type in IN_SOMETHING:
        item.fields["title"] = value


def _book_title(item: Item, value: str) -> None:
    if item.type in {"book", "report"}:
        item.fields["title"] = value


def _journal_title(item: Item, value: str) -> None:
    if item.type == "journalArticle":
        item.fields["publicationTitle"] = value


def _pages(item: Item, value: str) -> None:
    item.fields["pages"] = value


def _last_page(item: Item, value: str) -> None:
    item.fields["pages"] = "-".join(dict.fromkeys(filter(None, [item["pages"], value])))


def _author(item: Item, value: str) -> None:
    item.creators.append(clean_author(value, comma="," in value))


def _first_author(item: Item, value: str) -> None:
    raise AssertionError("aulast and aufirst are merged with rft.au in ways that lose namesakes: write rft.au alone")


def _ignore(item: Item, value: str) -> None:
    """A key that Zotero does not read."""


_READ: dict[str, Callable[[Item, str], None]] = {
    "rft_id": _identifier,
    "rft.title": _title,
    "rft.atitle": _article_title,
    "rft.btitle": _book_title,
    "rft.jtitle": _journal_title,
    "rft.pages": _pages,
    "rft.spage": _pages,
    "rft.epage": _last_page,
    "rft.au": _author,
    **dict.fromkeys(["rft.aulast", "rft.aufirst", "rft.aucorp"], _first_author),
}
