"""What every JSON says about itself, beside its rows: the part called `metadata`."""

from __future__ import annotations

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.exports.columns import Column, Table, date, number, parts, text, texts, yes_no


def _link(name: str, where: str) -> Column:
    return text(f"links.{name}", where)


METADATA = Table(
    "metadata",
    "What each JSON says about itself",
    (
        text("title", "What it is"),
        text("site", "Name of this site"),
        text("address", "Its own address"),
        text("page", "The page that shows the same to people"),
        text("licence", "On what terms it may be used"),
        date("edition.date", "When the public content last changed"),
        number("edition.version", "Number of the public content: another number means that something has changed"),
        text("documentation", "This page"),
        text("null", "What null means"),
        text("caution", "What it is not"),
        text("note", "For replies: how they stand to the evidence"),
        text("about.kind", "For replies: what sort of thing they are about"),
        text("about.key", "For replies: its key"),
        text("about.address", "For replies: its page"),
        text("about.json", "For replies: the same as JSON"),
        text("query", "For lists: what the address asked for, in words"),
        texts("notices", "For lists: what of the address was not understood, and was left out"),
        number("row_count", "For lists: all rows, on every page", "rows"),
        number("rows_on_this_page", "For lists: rows in this answer", "rows"),
        number("page_number", "For lists: which page this is", "from 1"),
        number("page_size", "For lists: most rows on a page", "rows"),
        number("page_count", "For lists: how many pages there are", "pages"),
        yes_no("complete", "For the explorer: whether these are all rows"),
        text("previous", "For lists: the page before, as links.prev"),
        text("next", "For lists: the page after, as links.next"),
        text("all_rows", "For lists: every row in one CSV file; null: there is none"),
        _link("self", "Its own address"),
        _link("html", "The page that shows the same to people"),
        _link("first", "For lists: the first page"),
        _link("prev", "For lists: the page before; null on the first"),
        _link("next", "For lists: the page after; null on the last"),
        _link("last", "For numbered lists: the last page"),
        _link("list", "For records: the list they stand in"),
        _link("replies", "For records: what readers wrote about it; null: it takes no replies"),
        _link("history", "For articles: their versions"),
        *(_link(suffix, f"For articles: how to cite it, as {each.name}") for suffix, each in DOWNLOADS.items()),
        _link("thread", "For a reply: the others beside it"),
        parts("columns", "For tables: name, meaning, holds, unit, values and leads_to of each column; no empty ones"),
        parts("fields", "For the safety check: what its parts mean"),
    ),
)
