"""PostgreSQL: a generated column of the documents with a GIN index; it can be neither forgotten nor outdated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import connections

from mgsite.index.engines import COLUMNS, Candidate, read
from mgsite.index.query import Query

_WEIGHTED = " || ".join(
    f"setweight(to_tsvector('simple', {name}), '{weight}')"
    for name, weight in (("title_words", "A"), ("names_words", "B"), ("body_words", "D"))
)
_COLUMN = f"ALTER TABLE site_index_document ADD COLUMN vector tsvector GENERATED ALWAYS AS ({_WEIGHTED}) STORED"
_INDEX = "CREATE INDEX IF NOT EXISTS site_index_vector ON site_index_document USING gin (vector)"
_RANK = "ts_rank('{0.1, 0.1, 0.8, 1.0}', vector, wanted)"


class PostgresEngine:
    """See `Engine`."""

    def __init__(self, using: str) -> None:
        self._connection = connections[using]

    def prepare(self) -> bool:
        """Add column and index where they are missing."""
        if self._ready():
            return False
        with self._connection.cursor() as cursor:
            cursor.execute(_COLUMN)
            cursor.execute(_INDEX)
        return True

    def _ready(self) -> bool:
        with self._connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema()"
                " AND table_name = 'site_index_document' AND column_name = 'vector'"
            )
            return bool(cursor.fetchone()[0])

    def rebuild(self) -> None:
        """Nothing: the column is worked out from its row."""

    def faults(self) -> Iterable[str]:
        """Whether the column is there."""
        return [] if self._ready() else ["The table of documents lacks its column “vector”."]

    def candidates(self, query: Query, *, kinds: Sequence[str], most: int) -> list[Candidate]:
        """The best matches by weight, titles first."""
        sql = f"""SELECT {", ".join(COLUMNS)} FROM site_index_document, CAST(%s AS tsquery) AS wanted
            WHERE vector @@ wanted AND kind = ANY(%s) ORDER BY {_RANK} DESC, id LIMIT %s"""  # noqa: S608  no word of a reader in it
        with self._connection.cursor() as cursor:
            cursor.execute(sql, [_wanted(query), list(kinds), most])
            return list(read(cursor.fetchall()))

    def counts(self, query: Query, *, kinds: Sequence[str]) -> Mapping[str, int]:
        """Numbers by kind."""
        sql = """SELECT kind, count(*) FROM site_index_document
            WHERE vector @@ CAST(%s AS tsquery) AND kind = ANY(%s) GROUP BY kind"""
        with self._connection.cursor() as cursor:
            cursor.execute(sql, [_wanted(query), list(kinds)])
            return dict(cursor.fetchall())


def _wanted(query: Query) -> str:
    where = "AB" if query.heads_only else ""
    word, prefix = ("'{}':AB", "'{}':*AB") if where else ("'{}'", "'{}':*")
    return query.text(both=" & ", either=" | ", term=word, prefix=prefix)
