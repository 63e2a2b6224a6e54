"""The words that go into the edition: what it is, its terms, and what every column means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from forms_catalog.actions import AsOf
from forms_catalog.exports.about import CAUTION, LICENCE, NULLS
from forms_catalog.exports.columns import Column
from forms_catalog.exports.lists import Source

NAME = "magnesium-and-mind"
TITLE = "Magnesium & Mind: the catalog as data"


def dated(state: AsOf) -> str:
    """The day the content last changed, in words for a file."""
    return state.changed_on.isoformat() if state.changed_on else "no date on file"


def how_to_cite(state: AsOf) -> str:
    """The edition as a reference."""
    return f"{TITLE}. Version {state.version}, {dated(state)}. {settings.SITE_URL}/data/"


def said_of(state: AsOf) -> dict[str, str]:
    """What the edition's database says of itself."""
    return {
        "title": TITLE,
        "address": f"{settings.SITE_URL}/data/",
        "edition_date": dated(state),
        "version": str(state.version),
        "licence": LICENCE,
        "cite_as": how_to_cite(state),
        "null": NULLS,
        "caution": CAUTION,
    }


def readme(sources: list[Source], state: AsOf) -> str:
    """README.md."""
    tables = "\n".join(_table(source) for source in sources)
    return f"""# {TITLE}

Version {state.version}; public content last changed {dated(state)}. From {settings.SITE_URL}/data/

{CAUTION}

- `{NAME}.db`: all tables as one SQLite file. `datasette {NAME}.db --metadata metadata.json` opens it in a browser.
- `csv/`: one file for each table; UTF-8 with a byte order mark (`utf-8-sig`), lists joined by " | ", and an apostrophe
  before a text that a spreadsheet would run as a formula.
- `studies.ris`: all studies and sources for a reference manager.
- `SHA256SUMS`: check the files with `sha256sum -c SHA256SUMS`.

{NULLS}
Licence: {LICENCE}.
Cite as: {how_to_cite(state)}

Only the public catalog is here: no reply, no account, no draft, and no study that waits to be read.
Numbers to ring in a crisis are left out on purpose: read them at {settings.SITE_URL}/about/contact/#crisis.

## Tables

{tables}"""


def _table(source: Source) -> str:
    lines = "\n".join(_column(column) for column in source.table.columns)
    return f"### {source.table.name}\n\n{source.table.title}\n\n{lines}\n"


def _column(column: Column) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    words = f" One of: {', '.join(column.values)}." if column.values else ""
    return f"- `{column.name}`, {column.holds.value}{unit}: {column.meaning}.{words}"


def datasette_metadata(sources: list[Source]) -> str:
    """metadata.json, by which Datasette names tables and explains columns."""
    tables: Mapping[str, Any] = {
        source.table.name: {
            "description": source.table.title,
            "columns": {column.name: column.meaning for column in source.table.columns},
        }
        for source in sources
    }
    said = {"title": TITLE, "license": LICENCE, "source": settings.SITE_NAME, "source_url": f"{settings.SITE_URL}/"}
    return json.dumps({**said, "databases": {NAME: {"tables": tables}}}, ensure_ascii=False, indent=1) + "\n"
