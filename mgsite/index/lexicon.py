"""What readers call the site's records: every name, so that a question may use any of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mgsite.index.models import Document
from mgsite.index.words import core, words

NAMED = ("form", "mechanism", "outcome", "term")
LONGEST_PHRASE = 5


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

    def __init__(self) -> None:
        self._records: dict[str, list[Named]] = defaultdict(list)
        rows = Document.objects.filter(kind__in=NAMED).order_by("kind", "key")
        columns = ("kind", "record", "key", "title", "title_words", "names_words")
        for kind, record, key, title, words_of_title, names in rows.values_list(*columns):
            for name in {phrase_of(line.split()) for line in (words_of_title, *names.split("\n"))}:
                self._records[name].append(Named(kind, record, key, title))

    def named(self, phrase: Sequence[str]) -> list[Named]:
        """The records that go by this name."""
        return self._records.get("".join(phrase), [])

    def longest_at(self, sequence: Sequence[str], start: int) -> int:
        """How many words from `start` on are one name; 0 for none."""
        lengths = range(min(LONGEST_PHRASE, len(sequence) - start), 0, -1)
        return next((length for length in lengths if self.named(sequence[start : start + length])), 0)


def phrase_of(found: Sequence[str]) -> str:
    """A name or a question without its empty words, as phrases are compared."""
    return "".join(core(found))
