"""What the apps hand in: which rows can be found, and the documents each of them makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db.models import Model, QuerySet

from mgsite.index.models import Document
from mgsite.index.words import Token, joined, tokens

SECTION = "section"
"""A part of an article: found with it, never counted beside it."""
MOST_WORDS = 40_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as an app states it, in its own words."""

    key: str
    url: str
    title: str
    body: str = ""
    names: tuple[str, ...] = ()
    """Every name people may ask for it by, the title's parts among them."""
    tags: tuple[str, ...] = ()
    """Keys of records it belongs to. They find it and are not shown; keys, as a record's name may change."""
    line: dict[str, Any] = field(default_factory=dict)
    updated: date | None = None
    part: str = ""


class Source(Protocol):
    """What can be found: rows of a table, or a list in the code."""

    @property
    def kind(self) -> str:
        """Kind of its documents."""

    @property
    def kinds(self) -> list[str]:
        """Kinds of its documents, parts included."""

    @property
    def teaches(self) -> bool:
        """Whether its words may be suggested to readers."""

    @property
    def entries(self) -> Callable[[Any], Iterable[Entry]]:
        """The documents of one row, the whole of it first."""

    def number(self) -> int:
        """How many rows readers may see."""

    def keys(self) -> list[int]:
        """Keys of all of them."""

    def every(self) -> Iterable[Any]:
        """All of them, with all that their documents need."""

    def some(self, keys: Iterable[int]) -> Iterable[Any]:
        """Those among them that have these keys."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table whose public rows can be found."""

    kind: str
    model: type[Model]
    rows: Callable[[], QuerySet[Any]]
    """The rows readers may see, with all that their documents need."""
    entries: Callable[[Any], Iterable[Entry]]
    """The documents of one row, the whole of it first."""
    teaches: bool = True
    """Whether its words may be suggested to readers."""

    @property
    def kinds(self) -> list[str]:
        """Kinds of its documents."""
        return [self.kind, SECTION] if self.kind == "article" else [self.kind]

    def number(self) -> int:
        """How many rows readers may see."""
        return self.rows().count()

    def keys(self) -> list[int]:
        """Keys of all of them."""
        return list(self.rows().order_by("pk").values_list("pk", flat=True))

    def every(self) -> Iterable[Any]:
        """All of them."""
        return self.rows()

    def some(self, keys: Iterable[int]) -> Iterable[Any]:
        """Those that have these keys."""
        return self.rows().filter(pk__in=keys)


class Stated(Protocol):
    """One row of a list in the code."""

    @property
    def pk(self) -> int:
        """Its number in the list."""


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list in the code. Nothing follows it: where its file is one of RULE_FILES, a change makes the index anew."""

    kind: str
    stated: Callable[[], Sequence[Stated]]
    entries: Callable[[Any], Iterable[Entry]]
    teaches: bool = True

    @property
    def kinds(self) -> list[str]:
        """Kinds of its documents."""
        return [self.kind]

    def number(self) -> int:
        """How many there are."""
        return len(self.stated())

    def keys(self) -> list[int]:
        """Numbers of all."""
        return [row.pk for row in self.stated()]

    def every(self) -> Iterable[Any]:
        """All of them."""
        return self.stated()

    def some(self, keys: Iterable[int]) -> Iterable[Any]:
        """Those with these numbers."""
        wanted = set(keys)
        return [row for row in self.stated() if row.pk in wanted]


SOURCES: dict[type[Model], TableSource] = {}
LISTS: list[ListSource] = []


def contribute(*sources: TableSource) -> None:
    """Hand in tables. Called once, when an app is ready."""
    SOURCES.update((source.model, source) for source in sources)


def contribute_list(source: ListSource) -> None:
    """Hand in a list of the code's own. Called once, like the other."""
    LISTS.append(source)


def every_source() -> list[Source]:
    """All that was handed in."""
    return [*SOURCES.values(), *LISTS]


def documents_of(source: Source, row: Any) -> Iterator[tuple[Document, dict[str, str]]]:
    """The documents of a row, each with its words and how the text writes them."""
    for entry in source.entries(row):
        yield _document(source, row, entry)


def _document(source: Source, row: Any, entry: Entry) -> tuple[Document, dict[str, str]]:
    read = {text: list(tokens(text)) for text in (entry.title, *entry.names, entry.body, *entry.tags)}
    glued = [(text, token) for text, found in read.items() for token in joined(found)]
    body = [token.word for text in (entry.body, *entry.tags) for token in read[text]]
    shown = {token.word: text[token.start : token.end].lower() for text, token in (*_pairs(read), *glued)}
    document = Document(
        kind=SECTION if entry.part else source.kind,
        record=row.pk,
        part=entry.part,
        key=entry.key,
        url=entry.url,
        title=entry.title,
        body=entry.body,
        line=entry.line,
        updated=entry.updated,
        title_words=_line(read[entry.title]),
        names_words="\n".join(_line(read[name]) for name in entry.names),
        body_words=" ".join([*body[:MOST_WORDS], *(token.word for _, token in glued)]),
    )
    return document, shown


def _pairs(read: dict[str, list[Token]]) -> list[tuple[str, Token]]:
    return [(text, token) for text, found in read.items() for token in found]


def _line(found: list[Token]) -> str:
    return " ".join(token.word for token in found)
