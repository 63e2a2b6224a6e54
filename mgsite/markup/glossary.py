"""Finding the glossary's words in running text.

A spelling matches whole words only, with any space or hyphen between its parts, with or without a plural s. One with
two capitals in a row (GRADE, NMDA) matches as written; any other in either case. Where several fit, the longest wins.
A spelling begins with a letter or a digit.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

_GAP = re.compile(r"[\s\u00a0\u2010\u2011-]+")
_ANY_GAP = r"[\s\u00a0\u2010\u2011-]+"
_ACRONYM = re.compile(r"[A-Z]{2}")
_WORD = re.compile(r"\w+")
# A hyphen, full stop, slash or at sign may hold a longer word or an address together.
_BEFORE, _AFTER = r"(?<!\w)(?<!\w[-\u2011./@])", r"(?!\w)(?![-\u2011./@]\w)"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary. `spellings`: every way in which a text may write it, its name included."""

    key: str
    name: str
    definition: str
    url: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text: from which character to which."""

    start: int
    end: int
    term: Term


class Glossary:
    """All terms, and where they stand in a text."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms: Mapping[str, Term] = MappingProxyType({term.key: term for term in terms})
        self._by_first_word: dict[str, list[_Spelling]] = {}
        spellings = ((spelling.strip(), term) for term in self.terms.values() for spelling in term.spellings)
        for spelling, term in sorted(spellings, key=lambda pair: (-len(pair[0]), pair[0])):
            if first := _WORD.match(spelling):
                self._by_first_word.setdefault(first[0].lower(), []).append(_Spelling(_pattern(spelling), term))

    def find(self, text: str) -> Iterator[Found]:
        """Every term in a text, in order, none inside another. The cost does not grow with the glossary."""
        end = 0
        for word in _WORD.finditer(text):
            found = self._at(text, word) if word.start() >= end else None
            if found:
                end = found.end
                yield found

    def _at(self, text: str, word: re.Match[str]) -> Found | None:
        """The longest term that begins with a word, which may be a plural."""
        first = word[0].lower()
        for begins_with in dict.fromkeys((first, first.removesuffix("s"))):
            for pattern, term in self._by_first_word.get(begins_with, ()):
                if match := pattern.match(text, word.start()):
                    return Found(match.start(), match.end(), term)
        return None


class _Spelling(NamedTuple):
    pattern: re.Pattern[str]
    term: Term


@lru_cache(maxsize=4096)
def _pattern(spelling: str) -> re.Pattern[str]:
    """The pattern of one spelling. Remembered: most texts are read with the same glossary."""
    parts = _ANY_GAP.join(re.escape(part) for part in _GAP.split(spelling) if part)
    plural = "s?" if spelling[-1].isalpha() and not spelling.lower().endswith("s") else ""
    case = re.NOFLAG if _ACRONYM.search(spelling) else re.IGNORECASE
    return re.compile(f"{_BEFORE}{parts}{plural}{_AFTER}", case)


NO_GLOSSARY = Glossary()
