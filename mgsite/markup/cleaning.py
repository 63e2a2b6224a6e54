"""Characters that have no business in a text: controls, and for readers' text everything that hides or reorders."""

import re
import unicodedata

# C0 and C1 controls but tab and newline, lone surrogates, and code points that are no characters.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
NEWLINES = re.compile("\r\n?")
READERS_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")
JOINER = "\u200d"
VARIATION_SELECTOR = "\ufe0f"


def clean_source(text: str) -> str:
    """An editor's text with plain newlines and without unprintable characters. Lines keep their numbers."""
    return UNPRINTABLE.sub("\ufffd", NEWLINES.sub("\n", text))


def clean_readers_text(text: str) -> str:
    """A reader's text in NFC, without characters that are invisible or turn the reading direction.

    Such characters slip past word lists and disguise addresses. Joiners inside emoji stay.
    """
    text = UNPRINTABLE.sub("", READERS_NEWLINES.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    return "".join(
        character
        for place, character in enumerate(text)
        if unicodedata.category(character) != "Cf" or _joins_emoji(text, place)
    )


def _joins_emoji(text: str, place: int) -> bool:
    """Whether the joiner at this place holds two emoji together."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return text[place] == JOINER and (before == VARIATION_SELECTOR or _is_emoji(before)) and _is_emoji(after)


def _is_emoji(character: str) -> bool:
    """Pictures are 'other symbols'; skin tones are 'modifier symbols'."""
    return bool(character) and unicodedata.category(character) in {"So", "Sk"}
