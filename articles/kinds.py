"""What readers are told of each kind of reply: where it is chosen, and where it is read."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models import ReplyKind
from articles.models.replies import QUOTING, SOURCED


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind in words. `shown` stands beside the reply, so that nobody takes one thing for another."""

    kind: ReplyKind
    ask: str
    """What its writer wants to do."""
    hint: str
    shown: str

    @property
    def quotes(self) -> bool:
        """It has to name the sentence it mends."""
        return self.kind in QUOTING

    @property
    def sourced(self) -> bool:
        """It has to name a source."""
        return self.kind in SOURCED


WORDS = {
    words.kind: words
    for words in (
        KindWords(
            ReplyKind.QUESTION, ask="Ask a question", hint="You want to know something about it.", shown="Question"
        ),
        KindWords(
            ReplyKind.EXPERIENCE,
            ask="Tell of your own experience",
            hint="What happened to you. It is shown as personal experience, not evidence.",
            shown="Personal experience, not evidence",
        ),
        KindWords(
            ReplyKind.EVIDENCE,
            ask="Add a study we missed",
            hint="It needs a DOI, a PMID or a link.",
            shown="Evidence suggested by a reader, not yet checked",
        ),
        KindWords(
            ReplyKind.CORRECTION,
            ask="Correct something",
            hint="It needs the sentence that is wrong, and a source that shows it.",
            shown="Correction suggested by a reader",
        ),
        KindWords(
            ReplyKind.TYPO,
            ask="Report a typo",
            hint="It needs the sentence with the slip.",
            shown="Typo reported",
        ),
    )
}
"""Every kind, in the order in which they are offered."""


def offered(*, closed: bool) -> list[KindWords]:
    """The kinds that a thread takes: a closed one takes only what mends the page."""
    return [words for words in WORDS.values() if words.quotes or not closed]


def shown_as(kind: str) -> str:
    """The label of a reply for its readers; empty for one from before there were kinds."""
    return WORDS[ReplyKind(kind)].shown if kind else ""
