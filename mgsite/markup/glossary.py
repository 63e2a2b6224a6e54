"""Finding the glossary's words in running text.

A spelling matches whole words only, with any space or hyphen between its parts, with or without a plural s. One with
two capitals in a row (GRADE, NMDA) matches as written; any other in either case. Where several fit, the longest wins.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

_GAP = re.compile(r"[\s\u00a0\u2010\u2011-]+")
_ANY_GAP = r"[\s\u00a0\u2010\u2011-]+"
_ACRONYM = re.compile(r"[A-Z]{2}")
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
        self._by_spelling = {
            _plain(spelling): term for term in self.terms.values() for spelling in term.spellings if _plain(spelling)
        }
        spellings = {spelling for term in self.terms.values() for spelling in term.spellings if _plain(spelling)}
        self._pattern = _pattern(tuple(sorted(spellings, key=lambda spelling: (-len(spelling), spelling))))

    def find(self, text: str) -> Iterator[Found]:
        """Every term in a text, in order, none inside another."""
        for match in self._pattern.finditer(text) if self._by_spelling else ():
            yield Found(match.start(), match.end(), self._term(match[0]))

    def _term(self, words: str) -> Term:
        plain = _plain(words)
        return self._by_spelling.get(plain) or self._by_spelling[plain.removesuffix("s")]


def _plain(spelling: str) -> str:
    """A spelling as it is looked up: lower case, one space between its parts."""
    return _GAP.sub(" ", spelling).strip().lower()


@lru_cache(maxsize=4)
def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all spellings, the longest first. Remembered: most texts are read with the same glossary."""
    return re.compile(f"{_BEFORE}(?:{'|'.join(map(_one, spellings))}){_AFTER}")


def _one(spelling: str) -> str:
    parts = _ANY_GAP.join(re.escape(part) for part in _GAP.split(spelling.strip()) if part)
    plural = "s?" if spelling.rstrip()[-1].isalpha() and not spelling.lower().rstrip().endswith("s") else ""
    return f"{parts}{plural}" if _ACRONYM.search(spelling) else f"(?i:{parts}{plural})"


NO_GLOSSARY = Glossary()
