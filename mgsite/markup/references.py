"""References from text into the catalog: what a text asks for, and what answered.

Knows no Django model. A text is parsed, its references are collected, a resolver answers them one
query per kind, and only then is anything rendered.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Kind(StrEnum):
    """What a reference may point at. The value is what an editor types before the colon."""

    STUDY = "study"
    FORM = "form"
    MECHANISM = "mechanism"
    OUTCOME = "outcome"
    CLAIM = "claim"
    ARTICLE = "article"
    TERM = "term"
    IMAGE = "image"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class Reference:
    """One place in a text that points at a record."""

    kind: Kind
    key: str
    line: int
    """Line of the source, counted from 1."""
    text: str
    """The words that carry it (a claim's phrase, a link's label), or the source of the reference."""
    locator: str = ""
    """Where in the source, for a citation: 'p. 4'."""


@dataclass(frozen=True, slots=True)
class Target:
    """The record a reference resolved to, as far as rendering needs it."""

    kind: Kind
    key: str
    url: str
    title: str
    """The record's current name; for a study its short citation."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """By kind. claim: verdict, verdict_label, statement, in_brief, safety_note, card. study: citation parts for the
    reference list, ready for JSON. term: term, with its definition. image: width, height, alt, decorative, caption,
    credit, licence. chart: html.
    A claim's card and a chart's html are trusted: they come from templates of ours."""


class Resolver(Protocol):
    """Answers references. One call per kind, one query per call."""

    def resolve(self, kind: Kind, keys: Collection[str]) -> Mapping[str, Target]:
        """The targets found, by key. A key that is not in the answer does not exist."""

    def suggest(self, kind: Kind, key: str) -> list[str]:
        """Existing keys nearest to one that does not exist, best first, at most three."""

    def explain(self, kind: Kind, key: str) -> str:
        """Why a key has no target, as one sentence for an editor."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a text that an editor must mend before publication."""

    line: int
    text: str
    message: str
    suggestions: tuple[str, ...] = ()
