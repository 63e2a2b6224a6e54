"""Evidence marks: what stands beside a claim in the text. A word and a shape first, never colour alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from mgsite.markup.references import Target

# The mark is read in the flow of a sentence: one short word there, the rest of the label for those who listen.
_SHORT = {"partly_supported": ("partly", " supported")}
_BLOCKS = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quotation",
    "table_open": "table",
}
WORDS_TO_KNOW_IT_BY = 12
"""How much of a long phrase a caution repeats."""


@dataclass(frozen=True, slots=True)
class MarkedClaim:
    """A claim marked in the text: which, on what words, in which block (counted from 0)."""

    key: str
    phrase: str
    block: int


@dataclass(frozen=True, slots=True)
class Marking:
    """One marking of a claim while its block is being written."""

    target: Target
    phrase: str
    number: int
    """Of the claim in its text, from 1; on paper the mark and its note share it."""
    card_id: str
    """Of the claim's card in this block."""
    element_id: str
    """Of the marked words; empty when the claim was marked before."""


def claim_opening(marking: Marking) -> SafeString:
    """The start of the marked words."""
    verdict = marking.target.details["verdict"]
    if not marking.element_id:
        return format_html('<span class="claim" data-verdict="{}">', verdict)
    return format_html('<span class="claim" data-verdict="{}" id="{}">', verdict, marking.element_id)


def claim_closing(marking: Marking) -> SafeString:
    """The end of the marked words, and the mark: a link to the claim's page, which a script lets open the card.

    The space before it goes when the marks are switched off.
    """
    verdict, label = marking.target.details["verdict"], marking.target.details["verdict_label"].lower()
    word, rest = _SHORT.get(verdict, (label, ""))
    return format_html(
        '</span><span class="mark-gap"> </span>'
        '<a class="mark" data-verdict="{}" data-card="{}" data-note="{}" href="{}">'
        '<span class="visually-hidden">{}</span>{}<span class="mark-word">{}</span>{}</a>',
        verdict,
        marking.card_id,
        marking.number,
        marking.target.url,
        _spoken(marking.target),
        _shape(verdict),
        word,
        format_html('<span class="visually-hidden">{}</span>', rest) if rest else "",
    )


def passage(
    block_html: str,
    markings: list[Marking],
    *,
    notes: str = "",
    block: str,
    trusted: Callable[[str], SafeString],
) -> str:
    """A block with its cautions under it, and beside it its ledger and notes. `block` is the type of its first token.

    `trusted` keeps HTML of our own templates for after the text is sanitised.
    """
    if not markings and not notes:
        return block_html
    return "".join(
        [
            '<div class="passage"><div class="passage-text">',
            block_html,
            _cautions(markings),
            "</div>\n",
            format_html('<div class="ledger" role="group" aria-label="{}">\n', _name(markings, notes, block=block)),
            _lines(markings, trusted=trusted),
            f'<div class="side-notes">{notes}</div>\n' if notes else "",
            "</div>\n</div>\n",
        ]
    )


def _name(markings: list[Marking], notes: str, *, block: str) -> str:
    what = {(True, False): "Evidence notes", (False, True): "Notes", (True, True): "Evidence and notes"}
    return f"{what[bool(markings), bool(notes)]} for this {_BLOCKS.get(block, 'passage')}"


def _lines(markings: list[Marking], *, trusted: Callable[[str], SafeString]) -> SafeString:
    """The margin's lines for the claims of one block, each once. A line opens its claim's card."""
    once: dict[str, Marking] = {}
    for marking in markings:
        once.setdefault(marking.target.key, marking)
    return format_html_join("", "{}", ((_card(marking, trusted=trusted),) for marking in once.values()))


def _card(marking: Marking, *, trusted: Callable[[str], SafeString]) -> SafeString:
    details = marking.target.details
    return format_html(
        '<details class="claim-card" id="{}"><summary data-note="{}">'
        '<span class="ledger-verdict"><span class="visually-hidden">{}</span>{}{}</span>'
        '<span class="visually-hidden">.</span> <span class="ledger-note">{}</span></summary>{}</details>\n',
        marking.card_id,
        marking.number,
        _spoken(marking.target),
        _shape(details["verdict"]),
        details["verdict_label"],
        details["in_brief"],
        trusted(details["card"]),
    )


def _cautions(markings: list[Marking]) -> SafeString:
    """The cautions that go with the claims of one block, each once. Among several claims each names its words."""
    texts: dict[str, dict[str, Marking]] = {}
    for marking in markings:
        if note := marking.target.details["safety_note"]:
            texts.setdefault(note, {}).setdefault(marking.target.key, marking)
    several = len({marking.target.key for marking in markings}) > 1
    return format_html_join(
        "",
        '<aside class="safety" role="note"><strong>Safety</strong>{}. {}</aside>\n',
        ((_which(about.values()) if several else "", text) for text, about in texts.items()),
    )


def _which(markings: Iterable[Marking]) -> SafeString:
    """What a caution is about: the marked words, or their beginning, with the way back to them."""
    return format_html(
        " on {}",
        format_html_join(
            " and ", '<a href="#{}">“{}”</a>', ((_place(marking), _beginning(marking.phrase)) for marking in markings)
        ),
    )


def _place(marking: Marking) -> str:
    """Where the way back leads: to the words, or, when they have no id, to the card beside them."""
    return marking.element_id or marking.card_id


def _beginning(phrase: str) -> str:
    return Truncator(phrase).words(WORDS_TO_KNOW_IT_BY, truncate=" …")


def _spoken(target: Target) -> str:
    """What a listener hears before the verdict's word."""
    return f"Claim: {_sentence(target.details['statement'])} Verdict: "


def _shape(verdict: str) -> SafeString:
    return format_html('<span class="shape shape-{}" aria-hidden="true"></span>', verdict)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
