"""How claims came out, counted and ready to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from forms_catalog.models.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Tally:
    """Verdicts that occur, in the order of the scale, with their numbers."""

    rows: list[tuple[Verdict, int]]

    @property
    def total(self) -> int:
        """All claims counted."""
        return sum(number for _, number in self.rows)

    @property
    def bars(self) -> list[tuple[Verdict, int, int]]:
        """Verdict, where its bar begins, and its length, in claims."""
        starts = [0, *accumulate(number for _, number in self.rows)]
        return [(verdict, start, number) for (verdict, number), start in zip(self.rows, starts, strict=False)]


def tally_of(counts: Mapping[str, int]) -> Tally:
    """A tally of counts by verdict."""
    return Tally(rows=[(verdict, counts[verdict]) for verdict in Verdict if counts.get(verdict)])
