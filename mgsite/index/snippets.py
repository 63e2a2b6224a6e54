"""The passage of a text that answers best, with the words marked. Escaped first: nothing of a text is ever markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mgsite.index.query import Query
from mgsite.index.words import FILLER, Token, joined, tokens

WIDTH = 220
READ = 8_000
"""Characters of a text that are looked through."""

_LINE_END = re.compile(r"(?<=[^\s.!?:;,])[^\S\n]*\n")


class Marker:
    """Knows which words of a text a query means."""

    def __init__(self, query: Query) -> None:
        terms = [term for group in query.groups for alternative in group for term in alternative]
        words = {term.word for term in terms if not term.prefix}
        self._words = words - FILLER or words
        self._beginnings = tuple(term.word for term in terms if term.prefix)

    def hits(self, text: str) -> list[Token]:
        """The words of a text that are meant, in order and apart."""
        found = list(tokens(text))
        meant = [token for token in (*found, *joined(found)) if self._means(token)]
        apart: list[Token] = []
        for token in sorted(meant, key=lambda token: (token.start, -token.end)):
            if not apart or token.start >= apart[-1].end:
                apart.append(token)
        return apart

    def _means(self, token: Token) -> bool:
        return token.word in self._words or token.word.startswith(self._beginnings or ("\0",))

    def marked(self, text: str) -> SafeString:
        """The whole text with its hits marked."""
        return _marked(text, self.hits(text), 0, len(text))

    def snippet(self, text: str) -> SafeString:
        """The stretch of the text with most of the words; its beginning where it has none."""
        # Lines are paragraphs, cells of tables, fields of a record: one that is no sentence ends visibly.
        text = " ".join(_LINE_END.sub(" · ", text[:READ]).split())
        hits = self.hits(text)
        start = _start(text, _densest(hits))
        end = _end(text, start + WIDTH)
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return mark_safe(f"{before}{_marked(text, hits, start, end)}{after}")  # noqa: S308  escaped piece by piece


def _densest(hits: Sequence[Token]) -> int:
    """Where the stretch with most different words begins."""
    best, most = 0, 0
    for place, first in enumerate(hits):
        within = {hit.word for hit in hits[place : place + 40] if hit.end <= first.start + WIDTH - 40}
        if len(within) > most:
            best, most = first.start, len(within)
    return best


def _start(text: str, first_hit: int) -> int:
    """A little before the first hit, at the beginning of a sentence or at least of a word."""
    if first_hit < 60:
        return 0
    sentence = max(text.rfind(mark, first_hit - 90, first_hit) for mark in (". ", "? ", "! "))
    return sentence + 2 if sentence >= 0 else text.find(" ", first_hit - 50, first_hit) + 1 or first_hit


def _end(text: str, wanted: int) -> int:
    return len(text) if wanted >= len(text) else max(text.rfind(" ", wanted - 40, wanted), wanted - 40)


def _marked(text: str, hits: Iterable[Token], start: int, end: int) -> SafeString:
    pieces, last = [], start
    for hit in hits:
        if start <= hit.start and hit.end <= end:
            pieces += [escape(text[last : hit.start]), "<mark>", escape(text[hit.start : hit.end]), "</mark>"]
            last = hit.end
    return mark_safe("".join([*pieces, escape(text[last:end])]))  # noqa: S308  every piece of the text is escaped
