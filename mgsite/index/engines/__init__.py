"""Two databases, one interface: which one answers is decided here and known nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connections

from mgsite.index.query import Query


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that matches, with what ranking needs."""

    id: int
    kind: str
    record: int
    key: str
    part: str
    url: str
    title: str
    title_words: str
    names_words: str


@dataclass(frozen=True, slots=True)
class Pick:
    """Some of the documents to be looked among."""

    kinds: tuple[str, ...]
    most: int
    ranked: bool = True
    """Off where very many match: to weigh them all would take longer than anybody waits. Titles still come first."""


COLUMNS = ("id", "kind", "record", "key", "part", "url", "title", "title_words", "names_words")


class Engine(Protocol):
    """What the index asks of a database."""

    def prepare(self) -> bool:
        """Make what follows the documents, where it is missing. Returns whether anything was."""

    def lock(self) -> None:
        """Let no other change of the documents begin before this transaction ends."""

    def rebuild(self) -> None:
        """Make it anew from the documents."""

    def faults(self) -> Iterable[str]:
        """What is wrong with it, in sentences."""

    def candidates(self, query: Query, picks: Sequence[Pick]) -> list[Candidate]:
        """The best matches of each pick, one after the other. One query."""

    def counts(self, query: Query, *, kinds: Sequence[str]) -> Mapping[str, int]:
        """How many documents of each kind match. One query."""


def engine_of(using: str) -> Engine:
    """The engine of a database."""
    from mgsite.index.engines.postgres import PostgresEngine
    from mgsite.index.engines.sqlite import SqliteEngine

    vendor = connections[using].vendor
    return PostgresEngine(using) if vendor == "postgresql" else SqliteEngine(using)


def read(rows: Iterable[tuple[object, ...]]) -> Iterator[Candidate]:
    """Rows of COLUMNS as candidates."""
    return (Candidate(*row) for row in rows)  # type: ignore[arg-type]


def once(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each document at its first place."""
    return list({candidate.id: candidate for candidate in reversed(list(candidates))}.values())[::-1]
