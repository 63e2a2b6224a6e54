"""What each authority advises, and the most it would have people add: every figure beside whose it is.

Authorities differ and are never averaged. A row's own words stay with it, but what an authority says of every row is
said once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from forms_catalog.models import IntakeReference, UpperLevel

KINDS = {
    "RDA": "recommended dietary allowance",
    "AI": "adequate intake",
    "EAR": "estimated average requirement, a planning target",
}
"""What the letters stand for."""
PLANNING = "EAR"
"""A yardstick for what groups eat, and so no advice to one person."""
ADULT = 18
FIRST_YEAR = re.compile(r"(?:adults )?(\d+)(?!.*months?\b)", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an authority, and the ages it is about; no ages: all of them."""

    text: str
    ages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The recommended intakes of one authority."""

    authority: str
    rows: list[IntakeReference]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of figure in it, with what their letters stand for."""
        found = dict.fromkeys(row.kind for row in self.rows)
        return [(kind, KINDS.get(kind, "")) for kind in found]

    @property
    def several_kinds(self) -> bool:
        """Whether a figure has to say of which kind it is."""
        return len(self.kinds) > 1

    @property
    def for_mothers(self) -> list[IntakeReference]:
        """The rows that give a figure for pregnancy or breastfeeding."""
        return [row for row in self.rows if row.pregnancy is not None or row.lactation is not None]

    @property
    def said(self) -> list[Said]:
        """What it adds to its figures."""
        return said_of([(row.age, row.note) for row in self.rows])

    @property
    def source_urls(self) -> list[str]:
        """Where its figures were read."""
        return together(row.source_urls for row in self.rows)


@dataclass(frozen=True, slots=True)
class Limit:
    """The upper levels of one authority."""

    authority: str
    rows: list[UpperLevel]

    @property
    def covers(self) -> list[str]:
        """What its figures are for."""
        return together([row.applies_to] for row in self.rows)

    @property
    def reasons(self) -> list[str]:
        """Why it set them."""
        return together([row.reason] for row in self.rows)

    @property
    def set_for(self) -> int:
        """How many ages it set a figure for."""
        return sum(row.mg is not None for row in self.rows)

    @property
    def said(self) -> list[Said]:
        """What it adds to figures it did set. Why it set none stands in that row."""
        return said_of([(row.age, row.note) for row in self.rows if row.mg is not None])

    @property
    def source_urls(self) -> list[str]:
        """Where its figures were read."""
        return together(row.source_urls for row in self.rows)


def together(lists: Iterable[Sequence[str]]) -> list[str]:
    """All items, each once, in the order they come."""
    return list(dict.fromkeys(item for items in lists for item in items))


def said_of(notes: Sequence[tuple[str, str]]) -> list[Said]:
    """Notes by age, taken apart into sentences; what is said of every age is said of none in particular."""
    found: dict[str, list[str]] = {}
    for age, note in notes:
        for sentence in SENTENCE.split(note.strip()):
            if sentence:
                found.setdefault(sentence, []).append(age)
    return [Said(text, () if len(ages) == len(notes) else tuple(ages)) for text, ages in found.items()]


def advice() -> list[Advice]:
    """Recommended intakes by authority. One query."""
    grouped = groupby(IntakeReference.objects.all(), key=lambda row: row.authority)
    return [Advice(authority, list(rows)) for authority, rows in grouped]


def limits() -> list[Limit]:
    """Upper levels by authority. One query."""
    grouped = groupby(UpperLevel.objects.all(), key=lambda row: row.authority)
    return [Limit(authority, list(rows)) for authority, rows in grouped]


def first_year(age: str) -> int | None:
    """The year an age band starts with; None for bands of months, and for words without one."""
    found = FIRST_YEAR.match(age)
    return int(found[1]) if found else None


def adult_range(advised: Iterable[Advice]) -> tuple[int, int] | None:
    """The least and the most that any authority advises to an adult. What is only for planning is no advice."""
    rows = [row for each in advised for row in each.rows if row.kind != PLANNING]
    adults = [row for row in rows if (first_year(row.age) or 0) >= ADULT]
    figures = [mg for row in adults for mg in (row.male, row.female, row.pregnancy, row.lactation) if mg is not None]
    return (min(figures), max(figures)) if figures else None
