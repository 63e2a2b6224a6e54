"""PostgreSQL: a generated column of the documents with a GIN index; it can be neither forgotten nor outdated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db import connections

from mgsite.index.engines import COLUMNS, Candidate, Pick, once, read
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

    def lock(self) -> None:
        """Readers go on, writers wait."""
        with self._connection.cursor() as cursor:
            cursor.execute("LOCK TABLE site_index_document IN EXCLUSIVE MODE")

    def rebuild(self) -> None:
        """Nothing: the column is worked out from its row."""

    def faults(self) -> Iterable[str]:
        """Whether the column is there."""
        return [] if self._ready() else ["The table of documents lacks its column “vector”."]

    def candidates(self, query: Query, picks: Sequence[Pick]) -> list[Candidate]:
        """The best matches by weight, titles first."""
        parts = [part for pick in picks for part in _parts(query, pick)]
        columns = ", ".join(COLUMNS)
        found = " UNION ALL ".join(
            f"(SELECT {columns}, {place} AS place, {rank} AS score FROM site_index_document,"  # noqa: S608
            f" CAST(%s AS tsquery) AS wanted WHERE vector @@ wanted AND kind = ANY(%s) {order} LIMIT %s)"
            for place, (rank, order, _, _, _) in enumerate(parts)
        )
        sql = f"SELECT {columns} FROM ({found}) AS picked ORDER BY place, score DESC, id"  # noqa: S608
        parameters = [value for _, _, wanted, kinds, most in parts for value in (wanted, kinds, most)]
        with self._connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return once(read(cursor.fetchall()))

    def counts(self, query: Query, *, kinds: Sequence[str]) -> Mapping[str, int]:
        """Numbers by kind."""
        sql = """SELECT kind, count(*) FROM site_index_document
            WHERE vector @@ CAST(%s AS tsquery) AND kind = ANY(%s) GROUP BY kind"""
        with self._connection.cursor() as cursor:
            cursor.execute(sql, [_wanted(query), list(kinds)])
            return dict(cursor.fetchall())


def _parts(query: Query, pick: Pick) -> list[tuple[str, str, str, list[str], int]]:
    """What to select for a pick: score, order, query, kinds and number."""
    kinds = list(pick.kinds)
    if pick.ranked:
        return [(_RANK, "ORDER BY score DESC, id", _wanted(query), kinds, pick.most)]
    heads = replace(query, heads_only=True)
    return [("0", "", _wanted(each), kinds, pick.most) for each in (heads, query)]


def _wanted(query: Query) -> str:
    where = "AB" if query.heads_only else ""
    word, prefix = ("'{}':AB", "'{}':*AB") if where else ("'{}'", "'{}':*")
    return query.text(both=" & ", either=" | ", term=word, prefix=prefix)
