"""A table of the explorer, or of a page beside it, as a file: CSV has heading and rows, JSON also what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from forms_catalog.exports.about import about, columns_in_words
from forms_catalog.exports.columns import Table
from forms_catalog.exports.csv_format import csv_lines
from forms_catalog.exports.json_format import written
from forms_catalog.exports.links import link_header, links_of
from forms_catalog.grading.outcomes import counted

TABLES = ("csv", "json")


@dataclass(frozen=True, slots=True)
class TableFile:
    """What leaves: the rows that a page shows, and what was asked for."""

    table: Table
    rows: Sequence[Any]
    page: str
    """The page's address without its query."""
    query: str
    """What follows the question mark."""
    said: str
    """The query in words."""
    notices: Sequence[str] = ()
    complete: bool = True

    def answer(self, suffix: str) -> HttpResponse:
        """The file."""
        if suffix == "csv":
            return csv_file(self.table, self.rows)
        document = self.document()
        response = download(written(document), name=f"{self.table.name}.json", content_type="application/json")
        if header := link_header(document):
            response.headers["Link"] = header
        return response

    def document(self) -> dict[str, Any]:
        """The rows with what they are and what each column means. One query."""
        query = f"?{self.query}" if self.query else ""
        here, html = f"{self.page[:-1]}.json{query}", f"{self.page}{query}"
        said = about(title=self.table.title, address=here)
        said |= {
            "query": self.said,
            "page": f"{settings.SITE_URL}{self.page}{query}",
            "notices": list(self.notices),
            "row_count": len(self.rows),
            "complete": self.complete,
            "links": links_of(address=here, page=html),
            "columns": columns_in_words(self.table),
        }
        return {"metadata": said, "rows": self.table.rows(self.rows)}


def links(rows: int) -> list[tuple[str, str, str]]:
    """Suffix, words and how much is in it, for the files of a table."""
    return [(suffix, suffix.upper(), counted(rows, "row")) for suffix in TABLES]


def csv_file(table: Table, rows: Sequence[Any]) -> HttpResponse:
    """Rows as CSV. What was asked for is in its address alone."""
    text = "".join(csv_lines(table, [list(rows)]))
    return download(text, name=f"{table.name}.csv", content_type="text/csv; charset=utf-8")


def download(text: str, *, name: str, content_type: str) -> HttpResponse:
    """A text to be saved under a name."""
    headers = {"Content-Disposition": f'attachment; filename="magnesium-and-mind-{name}"'}
    return HttpResponse(text, content_type=content_type, headers=headers)
