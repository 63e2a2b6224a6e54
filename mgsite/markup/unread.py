"""What looks like a reference and was not understood: better an editor hears of it than a reader meets it."""

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mgsite.markup.addresses import KINDS_IN_WORDS, LINKED_KINDS
from mgsite.markup.references import Problem

_AS_IT_IS = r"A backslash before the bracket shows it as it is."
_KINDS = "|".join((*LINKED_KINDS, "chart"))
_SUSPECTS = (
    (
        re.compile(r"\[@[^\[\]\n]{0,80}\]?"),
        f"This citation could not be read. Write [@key] or [@key, p. 4; @other]. {_AS_IT_IS}",
    ),
    (
        re.compile(r"\[\[\s*[A-Za-z]+\s*:[^\[\]\n]{0,80}(?:\]\])?"),
        f"This link could not be read. Write [[kind:key]]; a kind is {KINDS_IN_WORDS}. {_AS_IT_IS}",
    ),
    (
        re.compile(rf"\]\(\s*(?:{_KINDS})\s*:[^()\n]{{0,80}}\)?", re.IGNORECASE),
        f"This link could not be read. After the kind comes a key of letters, digits and hyphens. {_AS_IT_IS}",
    ),
    (
        re.compile(r"\[\^[^\[\]\s]{1,80}\]"),
        f"This note has no text. Write it on a line of its own, after its mark and a colon. {_AS_IT_IS}",
    ),
)


def note_unread_references(state: StateCore) -> None:
    """Add a problem to `env["problems"]` for each piece of text that looks like a reference."""
    problems = state.env.setdefault("problems", [])
    for token in state.tokens:
        if token.type == "inline":
            problems.extend(_suspects_in(token))
    for label, definition in state.env.get("references", {}).items():
        if label.startswith("@"):
            line = definition["map"][0] + 1
            problems.append(Problem(line, f"[{label}]:", "A citation cannot be followed by a colon at once."))


def note_unused_notes(state: StateCore) -> None:
    """Add a problem to `env["problems"]` for each note that no text refers to: it would vanish."""
    problems = state.env.setdefault("problems", [])
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            if state.env["footnotes"]["refs"][f":{label}"] < 0:
                line = (token.map or [0])[0] + 1
                problems.append(Problem(line, f"[^{label}]:", "Nothing in the text refers to this note."))


def _suspects_in(inline: Token) -> list[Problem]:
    first_line, position = (inline.map or [0])[0] + 1, 0
    found = []
    for child in inline.children or []:
        for words, message in _suspects_in_text(child.content) if child.type == "text" else []:
            # Should the words not be found as they stand, the last line known must do.
            position = max(position, inline.content.find(words, position))
            found.append(Problem(first_line + inline.content.count("\n", 0, position), words, message))
            position += len(words)
    return found


def _suspects_in_text(text: str) -> list[tuple[str, str]]:
    """Pieces that look like references, in order, each with what to tell the editor."""
    matches = [(match, message) for pattern, message in _SUSPECTS for match in pattern.finditer(text)]
    return [(match[0], message) for match, message in sorted(matches, key=lambda pair: pair[0].start())]
