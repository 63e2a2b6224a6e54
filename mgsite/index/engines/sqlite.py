"""SQLite: an FTS5 table that reads its text from the documents and follows them by triggers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db import connections
from django.db.backends.utils import CursorWrapper

from mgsite.index.engines import COLUMNS, Candidate, Pick, once, read
from mgsite.index.query import Query

_TEXT = ("title_words", "names_words", "body_words")
_INDEXED = (*_TEXT, "kind")
_LIST = ", ".join(_INDEXED)
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in ("id", *_INDEXED)) for row in ("old", "new"))
_ADD = f"INSERT INTO site_index_fts (rowid, {_LIST}) VALUES ({_NEW});"  # noqa: S608  our own names
_TAKE = f"INSERT INTO site_index_fts (site_index_fts, rowid, {_LIST}) VALUES ('delete', {_OLD});"  # noqa: S608
# `words.py` has done the spelling; the prefixes are what suggestions look up at every key.
_TABLE = f"""CREATE VIRTUAL TABLE site_index_fts USING fts5({_LIST}, content='site_index_document',
content_rowid='id', tokenize='ascii', prefix='2 3 4')"""
# A migration that rebuilds the table of documents drops its triggers: they are looked for after each.
_TRIGGERS = {
    "site_index_added": f"AFTER INSERT ON site_index_document BEGIN {_ADD} END",
    "site_index_removed": f"AFTER DELETE ON site_index_document BEGIN {_TAKE} END",
    "site_index_changed": f"AFTER UPDATE ON site_index_document BEGIN {_TAKE} {_ADD} END",
}
_NUMBERS = "SELECT (SELECT count(*) FROM site_index_fts_docsize), (SELECT count(*) FROM site_index_document)"
_WEIGHTS = "10.0, 8.0, 1.0, 0.0"


class SqliteEngine:
    """See `Engine`."""

    def __init__(self, using: str) -> None:
        self._connection = connections[using]

    def prepare(self) -> bool:
        """Make the table and the triggers that are missing."""
        with self._connection.cursor() as cursor:
            missing = self._missing(cursor)
            for name in missing:
                cursor.execute(_TABLE if name == "site_index_fts" else f"CREATE TRIGGER {name} {_TRIGGERS[name]}")
        if missing:
            self.rebuild()
        return bool(missing)

    def _missing(self, cursor: CursorWrapper) -> list[str]:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'site_index_%%'", [])
        there = {name for (name,) in cursor.fetchall()}
        return [name for name in ("site_index_fts", *_TRIGGERS) if name not in there]

    def lock(self) -> None:
        """Nothing: the site's transactions are the only writer from their first statement on (ADR 1)."""

    def rebuild(self) -> None:
        """Read all documents again, and join what many small changes have left in pieces."""
        with self._connection.cursor() as cursor:
            for command in ("rebuild", "optimize"):
                cursor.execute("INSERT INTO site_index_fts (site_index_fts) VALUES (%s)", [command])

    def faults(self) -> Iterable[str]:
        """Whether table and triggers are there, and as many rows as documents."""
        with self._connection.cursor() as cursor:
            missing = self._missing(cursor)
            if missing:
                return [f"The database lacks {', '.join(missing)}."]
            cursor.execute(_NUMBERS)
            rows, documents = cursor.fetchone()
        return [] if rows == documents else [f"The full-text table has {rows:,} rows for {documents:,} documents."]

    def candidates(self, query: Query, picks: Sequence[Pick]) -> list[Candidate]:
        """The best matches by BM25, titles first."""
        parts = [part for pick in picks for part in _parts(query, pick)]
        columns = ", ".join(f"d.{name}" for name in COLUMNS)
        found = " UNION ALL ".join(
            f"SELECT * FROM (SELECT rowid AS found, {place} AS place, {score} AS score FROM site_index_fts"  # noqa: S608
            f" WHERE site_index_fts MATCH %s {order} LIMIT %s)"
            for place, (score, order, _, _) in enumerate(parts)
        )
        sql = f"SELECT {columns} FROM ({found}) JOIN site_index_document d ON d.id = found ORDER BY place, score, d.id"  # noqa: S608
        parameters = [value for _, _, match, most in parts for value in (match, most)]
        with self._connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return once(read(cursor.fetchall()))

    def counts(self, query: Query, *, kinds: Sequence[str]) -> Mapping[str, int]:
        """Numbers by kind."""
        one = "SELECT %s, (SELECT count(*) FROM site_index_fts WHERE site_index_fts MATCH %s)"
        parameters = [value for kind in kinds for value in (kind, _match(query, [kind]))]
        with self._connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(kinds)), parameters)
            return dict(cursor.fetchall())


def _parts(query: Query, pick: Pick) -> list[tuple[str, str, str, int]]:
    """What to select for a pick: score, order, match and number."""
    if pick.ranked:
        return [(f"bm25(site_index_fts, {_WEIGHTS})", "ORDER BY score", _match(query, pick.kinds), pick.most)]
    heads = replace(query, heads_only=True)
    return [("0", "", _match(each, pick.kinds), pick.most) for each in (heads, query)]


def _match(query: Query, kinds: Sequence[str]) -> str:
    columns = " ".join(_TEXT[:2] if query.heads_only else _TEXT)
    words = query.text(both=" AND ", either=" OR ", term='"{}"', prefix='"{}" *')
    of_kind = " OR ".join(f'"{kind}"' for kind in kinds)
    return f"(kind : ({of_kind})) AND {{{columns}}} : {words}"
