"""What readers call the site's records: every name, so that a question may use any of them; and the words it knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Value

from mgsite.index.models import Document, Word
from mgsite.index.vocabulary import is_word
from mgsite.index.words import core, words

NAMED = ("form", "mechanism", "outcome", "term")
LONGEST_PHRASE = 5
COLUMNS = ("kind", "record", "key", "title", "title_words", "names_words")
ORDER = ("kind", "key")
WORD = "word"
"""Stands where a row tells of a known word and not of a record."""


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a phrase names."""

    kind: str
    record: int
    key: str
    title: str

    @property
    def words(self) -> list[str]:
        """The words of its key, which every document that belongs to it holds."""
        return words(self.key)


class Lexicon:
    """Names as phrases. A phrase is compared without spaces: "bis-glycinate" and "bis glycinate" are "bisglycinate"."""

    def __init__(self, asked: Collection[str]) -> None:
        """One query: of names, and of which of the words asked stand in a text of the site."""
        self.known = set(filterfalse(is_word, asked))
        self._records: dict[str, list[Named]] = defaultdict(list)
        names_of = Document.objects.filter(kind__in=NAMED).order_by().values_list(*COLUMNS)
        for kind, record, key, title, words_of_title, names in names_of.union(_known(asked), all=True).order_by(*ORDER):
            if kind == WORD:
                self.known.add(key)
                continue
            for name in {phrase_of(line.split()) for line in (words_of_title, *names.split("\n"))}:
                self._records[name].append(Named(kind, record, key, title))

    def named(self, phrase: Sequence[str]) -> list[Named]:
        """The records that go by this name."""
        return self._records.get("".join(phrase), [])

    def longest_at(self, sequence: Sequence[str], start: int) -> int:
        """How many words from `start` on are one name; 0 for none."""
        lengths = range(min(LONGEST_PHRASE, len(sequence) - start), 0, -1)
        return next((length for length in lengths if self.named(sequence[start : start + length])), 0)


def _known(asked: Collection[str]) -> QuerySet[Any, Any]:
    """Words of the vocabulary in the shape of names, so that one query asks for both."""
    filled = {"kind": Value(WORD), "record": Value(0, BigIntegerField()), "key": F("word")}
    empty = {name: Value("") for name in ("title", "title_words", "names_words")}
    rows = Word.objects.filter(word__in=list(filter(is_word, asked))).order_by()
    return rows.annotate(**{f"said_{name}": value for name, value in {**filled, **empty}.items()}).values_list(
        *(f"said_{name}" for name in COLUMNS)
    )


def phrase_of(found: Sequence[str]) -> str:
    """A name or a question without its empty words, as phrases are compared."""
    return "".join(core(found))
