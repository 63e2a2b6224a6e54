"""The dialect's own inline rules for markdown-it: citations, links by title, claims."""

import re
from collections.abc import Callable
from typing import NamedTuple

from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mgsite.markup.addresses import KEY, LINKED_KINDS

Rule = Callable[[StateInline, bool], bool]

_CITATION = re.compile(r"\[(@[^\[\]]*)\](?!\()")
_CITED_KEY = re.compile(rf"@({KEY})")
_RECORD_LINK = re.compile(rf"\[\[\s*({'|'.join(LINKED_KINDS)})\s*:\s*({KEY})\s*\]\](?!\()", re.IGNORECASE)
_CLAIM_KEY = re.compile(rf"\(\s*<?\s*claim\s*:\s*({KEY})\s*>?\s*\)", re.IGNORECASE)
_PLACED = frozenset({"link_open", "image", "footnote_ref"})


class Cited(NamedTuple):
    """One source of a citation."""

    key: str
    locator: str
    offset: int
    source: str
    """The citation as written, and where in its block it begins."""


def placed(rule: Rule) -> Rule:
    """The same rule, which also notes where in the text its token came from, and from which words."""

    def rule_with_place(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            token = next(token for token in state.tokens[before:] if token.type in _PLACED)
            _note_place(token, state, start)
        return True

    return rule_with_place


def citation(state: StateInline, silent: bool) -> bool:
    """`[@key]`, `[@key, p. 4; @other]`. Anything malformed is left as text."""
    match = _CITATION.match(state.src, state.pos, state.posMax)
    cited = match and _read_citations(match[1])
    if not match or not cited:
        return False
    start, state.pos = state.pos, match.end()
    if not silent:
        token = state.push("citation", "", 0)
        _note_place(token, state, start)
        token.meta["cited"] = [Cited(key, locator, start, match[0]) for key, locator in cited]
    return True


def record_link(state: StateInline, silent: bool) -> bool:
    """`[[form:l-threonate]]`: a link whose words are the record's name."""
    match = _RECORD_LINK.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    start, state.pos = state.pos, match.end()
    if not silent:
        token = state.push("record_link", "", 0)
        _note_place(token, state, start)
        token.meta["href"] = f"{match[1]}:{match[2]}"
    return True


def claim(state: StateInline, silent: bool) -> bool:
    """`[phrase](claim:c28)`. Unlike a link, the phrase may hold citations and links."""
    if state.src[state.pos] != "[":
        return False
    start, end_of_text = state.pos, state.posMax
    label_end = state.md.helpers.parseLinkLabel(state, start)
    match = _CLAIM_KEY.match(state.src, label_end + 1, end_of_text) if label_end >= 0 else None
    if not match:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, label_end
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": f"claim:{match[1]}"}
        state.md.inline.tokenize(state)
        state.push("link_close", "a", -1)
    state.pos, state.posMax = match.end(), end_of_text
    if not silent:
        _note_place(token, state, start)
    return True


def _read_citations(text: str) -> list[tuple[str, str]]:
    """Keys and locators; empty when any part is malformed."""
    cited = []
    for part in unescapeAll(text).split(";"):
        match = _CITED_KEY.match(part.strip())
        rest = part.strip()[match.end() :] if match else ""
        if not match or (rest and rest[0] not in ", \t\n"):
            return []
        cited.append((match[1].lower(), " ".join(rest.strip(", \t\n").split())))
    return cited


def _note_place(token: Token, state: StateInline, start: int) -> None:
    token.meta["offset"] = start
    token.meta["source"] = state.src[start : state.pos]
