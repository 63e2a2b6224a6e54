"""A question as the engines take it: groups of words, each of which must be met by one of its alternatives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or with `prefix` the beginning of one. Made by `words.py`: only a-z and 0-9."""

    word: str
    prefix: bool = False

    def __post_init__(self) -> None:
        """The engines' last line of defence: what is not of our spelling never reaches them."""
        if not (self.word.isascii() and self.word.isalnum()):
            raise ValueError(f"Not a word of the index: {self.word!r}")


Alternative = tuple[Term, ...]
"""Words that must all be there."""
Group = tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. Without groups it finds nothing."""

    groups: tuple[Group, ...]
    any_group: bool = False
    """Whether one met group is enough."""
    heads_only: bool = False
    """Whether only titles and names are looked at."""

    def text(self, *, both: str, either: str, term: str, prefix: str) -> str:
        """The query in an engine's spelling: its words for AND and OR, and for a word and a beginning of one."""

        def alternative(terms: Alternative) -> str:
            spelled = [(prefix if each.prefix else term).format(each.word) for each in terms]
            return f"({both.join(spelled)})"

        groups = [f"({either.join(map(alternative, group))})" for group in self.groups]
        return f"({(either if self.any_group else both).join(groups)})"
