"""From what a reader typed to what the engines are asked: names understood, slips mended, empty words dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mgsite.index import vocabulary
from mgsite.index.lexicon import Lexicon, Named, phrase_of
from mgsite.index.query import Alternative, Group, Query, Term
from mgsite.index.words import FILLER, Token, core, plain, tokens, words

MOST_WORDS = 8
SYMBOLS = frozenset({"mg", "mag"})
AMOUNT = re.compile(r"(?<![\d.,])\d{1,4}(?:[.,]\d{1,3})? ?(?:mg|milligrams?)\b", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"(?:\d|\bmany)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, as it was understood."""

    typed: str
    sequence: tuple[str, ...] = ()
    """The words that count, in order, mended where they had to be."""
    query: Query = field(default_factory=lambda: Query(()))
    named: tuple[tuple[Named, ...], ...] = ()
    """For each name in it, the records that go by it."""
    mended: str = ""
    """The question as it was perhaps meant; empty where every word is known."""

    @property
    def phrase(self) -> str:
        """All of it as names are compared."""
        return phrase_of(self.sequence)

    sure: tuple[Group, ...] = ()
    """What of the query was neither guessed nor is a mere number: enough to show something that lacks the rest."""

    def relaxed(self) -> Question:
        """The same, content with any of the words that were surely meant. With none of them it finds nothing."""
        return replace(self, query=replace(self.query, groups=self.sure, any_group=True))


def understand(typed: str) -> Question:
    """Read a question. At most two queries: names with known words, near words."""
    counting = _counting(_beside_amounts(typed))[:MOST_WORDS]
    if not counting:
        return Question(typed)
    lexicon = Lexicon([token.word for token in counting])
    found = _without_symbol(typed, counting, lexicon)
    strange = _strange([token.word for token in found], lexicon)
    mended = vocabulary.mend({plain(typed[token.start : token.end]) for token in found if token.word in strange})
    meant = {token: mended.get(plain(typed[token.start : token.end])) for token in found if token.word in strange}
    sequence = [word for token in found for word in words(meant.get(token) or "") or [token.word]]
    sequence = core(sequence)  # "magnisium citrate" is about citrate
    beginnings = {token.word: plain(typed[token.start : token.end]) for token, other in meant.items() if other == ""}
    pieces = list(_pieces(sequence, lexicon))
    guessed = {word for other in meant.values() for word in words(other or "")} | beginnings.keys()
    return Question(
        typed=typed,
        sequence=tuple(sequence),
        query=Query(tuple(_group(piece, records, beginnings) for piece, records in pieces)),
        named=tuple(tuple(records) for _, records in pieces if records),
        mended=_as_meant(typed, {token: other for token, other in meant.items() if other}),
        sure=tuple(_group(piece, records, {}) for piece, records in pieces if records or _is_sure(piece, guessed)),
    )


def _beside_amounts(typed: str) -> list[Token]:
    """The words, but not "400 mg": how much of a thing somebody takes does not say what they ask about it."""
    found = list(tokens(typed))
    beside = list(tokens(AMOUNT.sub(lambda amount: " " * len(amount[0]), typed)))
    return beside if any(token.word not in FILLER for token in beside) else found


def _is_sure(piece: Sequence[str], guessed: set[str]) -> bool:
    return not any(word in guessed or word.isdigit() for word in piece)


def _without_symbol(typed: str, found: list[Token], lexicon: Lexicon) -> list[Token]:
    """Without "Mg" and "mag" where they are short for magnesium, and no part of a name ("Slow-Mag") or of an amount."""
    alone = {
        word for piece, records in _pieces([each.word for each in found], lexicon) if not records for word in piece
    }
    return [
        each for each in found if each.word not in SYMBOLS & alone or _NUMBER_BEFORE.search(typed[: each.start])
    ] or found


def _counting(found: list[Token]) -> list[Token]:
    """Without empty words, unless there are no others."""
    return [token for token in found if token.word not in FILLER] or found


def _strange(sequence: Sequence[str], lexicon: Lexicon) -> set[str]:
    """Words that are part of no name and stand in no text."""
    unnamed = {word for piece, records in _pieces(sequence, lexicon) if not records for word in piece}
    return unnamed - lexicon.known


def _pieces(sequence: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[Sequence[str], list[Named]]]:
    """The question cut into names, the longest first, and single words."""
    start = 0
    while start < len(sequence):
        length = lexicon.longest_at(sequence, start)
        piece = sequence[start : start + (length or 1)]
        yield piece, lexicon.named(piece) if length else []
        start += len(piece)


def _group(piece: Sequence[str], records: list[Named], beginnings: dict[str, str]) -> Group:
    """The ways in which a text may say it: as typed, written as one word, or by the record's own key."""
    ways = [tuple(Term(word) for word in piece)]
    if len(piece) > 1:
        ways.append((Term("".join(piece)[: vocabulary.LONGEST_WORD]),))
    elif piece[0] in beginnings:
        ways.append((Term(beginnings[piece[0]], prefix=True),))
    return tuple(dict.fromkeys([*ways, *(tuple(map(Term, core(record.words))) for record in records)]))


def _as_meant(typed: str, meant: dict[Token, str]) -> str:
    text = typed
    for token in sorted(meant, key=lambda token: -token.start):
        text = text[: token.start] + meant[token] + text[token.end :]
    return text if meant else ""


def beginning(typed: str) -> Query:
    """What is being typed: its last word may go on. For suggestions, which look at titles and names alone."""
    found = _counting(list(tokens(typed)))[:MOST_WORDS]
    if not found:
        return Query(())
    last = found[-1]
    groups: list[Group] = [((Term(token.word),),) for token in found[:-1]]
    going_on: Alternative = (Term(plain(typed[last.start : last.end])[: vocabulary.LONGEST_WORD], prefix=True),)
    return Query((*groups, (going_on, (Term(last.word),))), heads_only=True)
