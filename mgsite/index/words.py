"""How the index spells: texts and questions go through the same mill, so neither engine needs a grammar of its own.

Accents fall away, Greek letters are named, a plural is its singular, British and American spellings are one. What
comes out is only a-z and 0-9, so that no question can hold a word of a query language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

LONGEST = 40
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HYPHENS = "-\u2010\u2011\u2012\u2013"
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda", "π": "pi",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "ω": "omega",
}  # fmt: skip
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th", "ð": "d"}
# British to American, as far as a rule can tell. Wrong now and then, but in the same way on both sides.
_SPELLINGS = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"sulph", "sulf"),
        (r"[ao]e", "e"),
        (r"(?<=..)is(?=(?:e[ds]?|ing|ations?|ers?)$)", "iz"),
        (r"(?<=..)our(?=(?:s|al|ed|ing|able)?$)", "or"),
        (r"(?<=[a-z][bt])re(?=s?$)", "er"),
    )
)
# fmt: off
STOP_WORDS = frozenset({
    "a", "about", "actually", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "best", "better",
    "between", "can", "compare", "compared", "comparison", "could", "did", "difference", "do", "does", "for", "from",
    "get", "good", "had", "has", "have", "help", "helps", "how", "i", "if", "in", "into", "is", "it", "its", "many",
    "me", "my", "no", "not", "of", "on", "or", "per", "really", "s", "should", "so", "t", "take", "taking", "than",
    "that", "the", "their", "them", "there", "these", "this", "to", "together", "versus", "vs", "want", "was", "were",
    "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you", "your",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, as the index spells it, with its place."""

    word: str
    start: int
    end: int
    run: int
    """Words that hyphens join have one number."""


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in order."""
    run, last = 0, 0
    for found in _WORD.finditer(text):
        between = text[last : found.start()]
        if not (len(between) == 1 and between in _HYPHENS):
            run += 1
        last = found.end()
        if word := spell(found[0]):
            yield Token(word, found.start(), last, run)


def words(text: str) -> list[str]:
    """The same without their places."""
    return [token.word for token in tokens(text)]


def joined(found: Iterable[Token]) -> list[Token]:
    """Words that hyphens join, written as one: "bis-glycinate" is "bisglycinate" to others."""
    runs = [list(run) for _, run in groupby(found, key=lambda token: token.run)]
    return [
        Token("".join(token.word for token in run)[:LONGEST], run[0].start, run[-1].end, run[0].run)
        for run in runs
        if len(run) > 1
    ]


def core(found: Iterable[str]) -> list[str]:
    """The words that tell something apart; all of them where none does."""
    found = list(found)
    return [word for word in found if word not in FILLER] or found


@lru_cache(maxsize=20_000)
def spell(word: str) -> str:
    """One word as the index spells it; empty where nothing of it is left."""
    return singular(plain(word))[:LONGEST]


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """The same before its plural is taken off: what the beginning of a word is looked up by."""
    word = re.sub(r"['’]s?$|['’]", "", word.casefold())
    if word in {"μ", "µ"}:
        return "mu"
    letters = "".join(_letter(char) for char in unicodedata.normalize("NFKD", word).casefold())
    for pattern, written in _SPELLINGS:
        letters = pattern.sub(written, letters)
    return letters


def _letter(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() else ""
    if char in _GREEK or char in _LETTERS:
        return _GREEK.get(char, "") or _LETTERS[char]
    if char == "μ":  # before a unit it stands for a millionth, and people type u
        return "u"
    return f"u{ord(char):x}" if char.isalnum() else ""


def singular(word: str) -> str:
    """Without the ending of a plural (Harman's rules, 1991): two forms of a word meet, though not in a word of ours."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1]


FILLER = frozenset(map(spell, STOP_WORDS | {"magnesium", "supplement", "form", "type"}))
"""Words that tell nothing apart here, as the index spells them: every page is about magnesium, its forms, and their
use."""
