"""Hours between a medicine and magnesium: each source's figure, the widest of them, and both in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms_catalog.models import Gap
from mgsite.templatetags.ui import figure

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Side:
    """Hours on one side of a dose, as a source gives them."""

    low: float
    high: float | None

    @property
    def widest(self) -> float:
        """The larger figure."""
        return self.low if self.high is None else self.high

    @property
    def words(self) -> str:
        """'at least 2 hours', '4 to 6 hours'."""
        if self.high is None or self.high == self.low:
            return f"at least {count(self.low)}"
        return f"{figure(self.low)} to {count(self.high)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One source's figure for one medicine. None: that side is not spoken of."""

    stated: str
    said_by: str
    before: Side | None
    after: Side | None


@dataclass(frozen=True, slots=True)
class Widest:
    """The largest figure on each side; what a plan keeps to."""

    before: float | None
    after: float | None

    @property
    def before_words(self) -> str:
        """Of taking the medicine first."""
        return count(self.before) if self.before else NOT_STATED

    @property
    def after_words(self) -> str:
        """Of taking magnesium first."""
        return count(self.after) if self.after else NOT_STATED


def count(hours: float) -> str:
    """'1 hour', '4 hours'."""
    return f"{figure(hours)} hour{'' if hours == 1 else 's'}"


def figure_of(gap: Gap) -> Figure:
    """A row of the catalog as a figure."""
    return Figure(
        stated=gap.stated,
        said_by=gap.said_by,
        before=_side(gap.before_low, gap.before_high),
        after=_side(gap.after_low, gap.after_high),
    )


def _side(low: float | None, high: float | None) -> Side | None:
    return None if low is None else Side(low, high)


def widest(figures: Iterable[Figure]) -> Widest | None:
    """The widest of several figures on each side; None where no source gives any."""
    found = list(figures)
    if not found:
        return None
    before = [each.before.widest for each in found if each.before]
    after = [each.after.widest for each in found if each.after]
    return Widest(max(before, default=None), max(after, default=None))
