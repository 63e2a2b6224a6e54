"""From what a reader typed to what the engines are asked: names understood, slips mended, empty words dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mgsite.index import vocabulary
from mgsite.index.lexicon import Lexicon, Named, phrase_of
from mgsite.index.query import Alternative, Group, Query, Term
from mgsite.index.words import FILLER, Token, core, plain, tokens, words

MOST_WORDS = 8


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

    def relaxed(self) -> Question:
        """The same, content with any of its words."""
        return replace(self, query=replace(self.query, any_group=True))


def understand(typed: str) -> Question:
    """Read a question. At most two queries: names with known words, near words."""
    found = _counting(list(tokens(typed)))[:MOST_WORDS]
    if not found:
        return Question(typed)
    asked = [token.word for token in found]
    lexicon = Lexicon(asked)
    strange = _strange(asked, lexicon)
    mended = vocabulary.mend({plain(typed[token.start : token.end]) for token in found if token.word in strange})
    meant = {token: mended.get(plain(typed[token.start : token.end]), "") for token in found if token.word in strange}
    sequence = [word for token in found for word in words(meant.get(token, "")) or [token.word]]
    beginnings = {token.word: plain(typed[token.start : token.end]) for token, other in meant.items() if not other}
    pieces = list(_pieces(sequence, lexicon))
    return Question(
        typed=typed,
        sequence=tuple(sequence),
        query=Query(tuple(_group(piece, records, beginnings) for piece, records in pieces)),
        named=tuple(tuple(records) for _, records in pieces if records),
        mended=_as_meant(typed, {token: other for token, other in meant.items() if other}),
    )


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
