"""What is wrong with the query of a chart, each with the nearest queries that are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from forms_catalog.queries.filters import LONGEST_ECHO, clean_text

Pairs = Sequence[tuple[str, str]]
MOST_SUGGESTIONS = 3
NEAR_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is not understood."""

    message: str
    better: tuple[str, ...] = ()
    """Whole queries with that one thing mended, the nearest first."""


def mistakes_in(pairs: Pairs, options: Mapping[str, Collection[str]], *, repeats: bool) -> list[Mistake]:
    """Filters nobody knows, values they do not have, and, unless `repeats`, a filter that stands twice."""
    free = set(options) if repeats else set(options) - {name for name, _ in pairs}
    found = [_mistake(pairs, at, options, free=free) for at in range(len(pairs))]
    times = Counter(name for name, _ in pairs)
    twice = [] if repeats else [name for name, number in times.items() if number > 1 and name in options]
    return [*filter(None, found), *(Mistake(f"The filter “{name}” may stand once.") for name in twice)]


def _mistake(pairs: Pairs, at: int, options: Mapping[str, Collection[str]], *, free: set[str]) -> Mistake | None:
    """What is wrong with one pair. `free`: names that may be put in the place of one that nobody knows."""
    name, value = pairs[at]
    if name not in options:
        able = [near for near in options if near in free and value in options[near]]
        better = [_with(pairs, at, (near, value)) for near in _nearest(name, able)]
        return Mistake(f"There is no filter “{_echo(name)}”.", tuple(better))
    if value not in options[name]:
        better = [_with(pairs, at, (name, near)) for near in _nearest(value, options[name])]
        return Mistake(f"The filter “{name}” has no value “{_echo(value)}”.", tuple(better))
    return None


def _nearest(word: str, known: Collection[str]) -> list[str]:
    return get_close_matches(word[:LONGEST_ECHO], known, n=MOST_SUGGESTIONS, cutoff=NEAR_ENOUGH)


def _with(pairs: Pairs, at: int, pair: tuple[str, str]) -> str:
    return urlencode([*pairs[:at], pair, *pairs[at + 1 :]])


def _echo(word: str) -> str:
    return clean_text(word)[:LONGEST_ECHO]
