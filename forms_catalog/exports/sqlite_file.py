"""The edition's database: plain tables with keys that lead from one to another, as Datasette shows them.

Written in one transaction in a fixed order, so that the same content gives the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from forms_catalog.exports.columns import Column, Holds, Table, Value
from forms_catalog.exports.lists import LIST_TABLES, Source

TYPES = {Holds.NUMBER: "NUMERIC", Holds.YES_OR_NO: "INTEGER"}
KEYS = {table.name: table.columns[0].name for table in LIST_TABLES}
"""The key of each table that others lead to."""
MEANINGS = ("columns", ("table_name", "column_name", "meaning", "holds", "unit", "words"))


def write_database(path: Path, sources: list[Source], *, said: Mapping[str, str]) -> None:
    """Write all tables, what their columns mean, and what the edition is. `path` must not exist."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            _write_about(connection, said)
            for source in sources:
                _write_table(connection, source)
                _write_meanings(connection, source.table)
    finally:
        connection.close()


def _write_about(connection: sqlite3.Connection, said: Mapping[str, str]) -> None:
    connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
    connection.executemany("INSERT INTO about VALUES (?, ?)", said.items())
    name, columns = MEANINGS
    connection.execute(f"CREATE TABLE {quoted(name)} ({', '.join(f'{quoted(column)} TEXT' for column in columns)})")


def _write_table(connection: sqlite3.Connection, source: Source) -> None:
    table = source.table
    connection.execute(f"CREATE TABLE {quoted(table.name)} ({', '.join(_declared(table, c) for c in table.columns)})")
    places = ", ".join("?" * len(table.columns))
    insert = f"INSERT INTO {quoted(table.name)} VALUES ({places})"  # noqa: S608  names are ours, quoted
    for records in source.portions():
        connection.executemany(insert, ([stored(value) for value in row.values()] for row in table.rows(records)))


def _declared(table: Table, column: Column) -> str:
    said = f"{quoted(column.name)} {TYPES.get(column.holds, 'TEXT')}"
    if KEYS.get(table.name) == column.name:
        return f"{said} PRIMARY KEY"
    if column.leads_to:
        return f"{said} REFERENCES {quoted(column.leads_to)} ({quoted(KEYS[column.leads_to])})"
    return said


def _write_meanings(connection: sqlite3.Connection, table: Table) -> None:
    rows = [
        (table.name, column.name, column.meaning, column.holds.value, column.unit or None, stored_words(column))
        for column in table.columns
    ]
    connection.executemany(f"INSERT INTO {quoted(MEANINGS[0])} VALUES (?, ?, ?, ?, ?, ?)", rows)  # noqa: S608


def stored(value: Value) -> str | int | float | None:
    """A value as SQLite keeps it: a list as JSON, which Datasette reads as one."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def stored_words(column: Column) -> str | None:
    """The words a column is limited to, as JSON; None where it is not."""
    return json.dumps(dict(column.values), ensure_ascii=False) if column.values else None


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"{}"'.format(name.replace('"', '""'))
