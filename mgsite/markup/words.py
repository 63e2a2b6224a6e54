"""The plain words of parsed text, without its markup."""

import re
from collections.abc import Iterable
from itertools import accumulate

from markdown_it.token import Token

from mgsite.markup.targets import Targets

_WORD = re.compile(r"\w+(?:[’'.,/-]\w+)*")


def plain_words(children: Iterable[Token], targets: Targets) -> str:
    """The words of inline tokens. A record's link reads as its name; citations and notes are silent."""
    parts = []
    for token in children:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "record_link":
            parts.append(targets.name_of(token.meta["to"]))
        elif token.type == "image":
            parts.append(plain_words(token.children or [], targets))
    return " ".join("".join(parts).split())


def link_content(children: list[Token], start: int) -> list[Token]:
    """What stands between the opening of a link at `start` and its end."""
    depths = accumulate((token.type == "link_open") - (token.type == "link_close") for token in children[start:])
    length = next(place for place, depth in enumerate(depths) if depth == 0)
    return children[start + 1 : start + length]


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))
