"""Where the marks of a forest plot lie: effects to positions in a strip that every row shares."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 200.0, 22.0
"""The strip's own units; the template's viewBox."""
MARGIN = 6.0
LEAST_REACH = 0.5
MOST_REACH = 3.0
"""The axis reaches at least and at most so far to either side of no difference."""
POINT = 7.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps effects to positions. Values beyond its ends are drawn as arrows."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Position of a value, held within the strip."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    def holds(self, value: float) -> bool:
        """Whether a value lies within the axis."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn in one row, in the strip's units."""

    zero: float
    point: float | None
    """Left edge of the square; None when the effect lies beyond the axis."""
    line: tuple[float, float] | None
    """Ends of the interval; None when it was not seen."""
    arrows: tuple[str, ...]
    """Outlines of arrow heads where the interval goes on beyond the axis."""


def scale_for(values: Iterable[float]) -> Scale:
    """One axis for all rows, with no difference on it."""
    known = list(values)
    low = max(-MOST_REACH, min([-LEAST_REACH, *known]))
    high = min(MOST_REACH, max([LEAST_REACH, *known]))
    return Scale(low, high)


def marks_for(*, effect: float, interval: tuple[float, float] | None, scale: Scale) -> Marks:
    """The marks of one effect."""
    arrows = []
    if interval and not scale.holds(interval[0]):
        arrows.append(_arrow(tip=0.0, back=MARGIN))
    if interval and not scale.holds(interval[1]):
        arrows.append(_arrow(tip=WIDTH, back=WIDTH - MARGIN))
    return Marks(
        zero=scale.place(0),
        point=round(scale.place(effect) - POINT / 2, 1) if scale.holds(effect) else None,
        line=(scale.place(interval[0]), scale.place(interval[1])) if interval else None,
        arrows=tuple(arrows),
    )


def _arrow(*, tip: float, back: float) -> str:
    middle = HEIGHT / 2
    return f"M{tip:g} {middle:g}L{back:g} {middle - 4:g}V{middle + 4:g}Z"
