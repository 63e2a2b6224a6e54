"""CSV, as spreadsheets and programs read it: RFC 4180, UTF-8 with a byte order mark.

The mark is there because Excel takes a file without one for an old code page and garbles every accented name;
programs read such a file as `utf-8-sig`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from forms_catalog.exports.columns import Table, Value

MARK = "\ufeff"
BETWEEN = " | "
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so, spaces apart, would be run as a formula by a spreadsheet, the wide signs by a Japanese one."""


def csv_lines(table: Table, portions: Iterable[list[Any]]) -> Iterator[str]:
    """The file, a portion at a time."""
    yield MARK + _written([[column.name for column in table.columns]])
    for records in portions:
        yield _written([[cell(value) for value in table.row(record).values()] for record in records])


def csv_text(heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """A whole file of values that are no records."""
    return MARK + _written([list(heading), *([cell(value) for value in row] for row in rows)])


def _written(rows: list[list[Any]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def cell(value: Value) -> str | int | float:
    """A value as a cell: numbers stay numbers, a text can never be a formula, a list is joined."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return harmless(BETWEEN.join(value) if isinstance(value, list) else value)


def harmless(words: str) -> str:
    """A text that no spreadsheet runs: an apostrophe goes before a sign that would start a formula.

    A NUL goes: programs that read C strings would end the cell there.
    """
    text = words.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text
