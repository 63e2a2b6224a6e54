"""Where the marks of a forest plot lie: effects to positions in a strip that every row shares."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 200.0, 22.0
"""The strip's own units; the template's viewBox."""
MARGIN = 6.0
LEAST_REACH = 0.5
MOST_REACH = 3.0
"""The axis reaches at least and at most so far to either side of no difference."""
POINT, LEAST_POINT, MOST_POINT = 7.0, 5.0, 13.0
"""Side of a square without a weight, and of the lightest and heaviest with one."""
DIAMOND = 6.0
"""From a diamond's middle to its top."""
CLOSE, WIDE = 0.8, 1.2
"""Intervals up to the first are drawn firmly, beyond the second lightly: the eye should go to what is known best."""


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
    side: float
    """Side of the square; its area grows with the weight."""
    top: float
    line: tuple[float, float] | None
    """Ends of the interval; None when it was not seen."""
    arrows: tuple[str, ...]
    """Outlines of arrow heads where the interval goes on beyond the axis."""
    breadth: str
    """'close', 'middling' or 'wide': how lightly the line is drawn."""


@dataclass(frozen=True, slots=True)
class PooledMarks:
    """What is drawn for a pool: a diamond as wide as its interval, and a line for the prediction interval."""

    zero: float
    diamond: str
    line: tuple[float, float] | None
    arrows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A figure on the axis."""

    at: float
    value: float


def scale_for(values: Iterable[float]) -> Scale:
    """One axis for all rows, with no difference on it."""
    known = list(values)
    low = max(-MOST_REACH, min([-LEAST_REACH, *known]))
    high = min(MOST_REACH, max([LEAST_REACH, *known]))
    return Scale(low, high)


def marks_for(
    *, effect: float, interval: tuple[float, float] | None, scale: Scale, weight: float | None = None
) -> Marks:
    """The marks of one effect; `weight` in per cent."""
    side = POINT if weight is None else round(LEAST_POINT + (MOST_POINT - LEAST_POINT) * math.sqrt(weight / 100), 1)
    return Marks(
        zero=scale.place(0),
        point=round(scale.place(effect) - side / 2, 1) if scale.holds(effect) else None,
        side=side,
        top=round((HEIGHT - side) / 2, 1),
        line=_line(interval, scale),
        arrows=_arrows(interval, scale),
        breadth=breadth(interval),
    )


def pooled_marks(
    *, effect: float, interval: tuple[float, float], prediction: tuple[float, float] | None, scale: Scale
) -> PooledMarks:
    """The marks of a pool."""
    low, middle, high = (scale.place(value) for value in (interval[0], effect, interval[1]))
    half = HEIGHT / 2
    return PooledMarks(
        zero=scale.place(0),
        diamond=f"M{low:g} {half:g}L{middle:g} {half - DIAMOND:g}L{high:g} {half:g}L{middle:g} {half + DIAMOND:g}Z",
        line=_line(prediction, scale),
        arrows=_arrows(prediction, scale),
    )


def ticks_for(scale: Scale) -> tuple[Tick, ...]:
    """Whole and half figures within the axis, as many as there is room for."""
    step = 0.5 if scale.high - scale.low <= 2.5 else 1.0
    first, last = math.ceil(scale.low / step), math.floor(scale.high / step)
    return tuple(Tick(scale.place(number * step), number * step) for number in range(first, last + 1))


def breadth(interval: tuple[float, float] | None) -> str:
    """How wide an interval is, in one word; an unknown one counts as wide."""
    width = interval[1] - interval[0] if interval else math.inf
    return "close" if width <= CLOSE else "middling" if width <= WIDE else "wide"


def _line(interval: tuple[float, float] | None, scale: Scale) -> tuple[float, float] | None:
    return (scale.place(interval[0]), scale.place(interval[1])) if interval else None


def _arrows(interval: tuple[float, float] | None, scale: Scale) -> tuple[str, ...]:
    arrows = []
    if interval and not scale.holds(interval[0]):
        arrows.append(_arrow(tip=0.0, back=MARGIN))
    if interval and not scale.holds(interval[1]):
        arrows.append(_arrow(tip=WIDTH, back=WIDTH - MARGIN))
    return tuple(arrows)


def _arrow(*, tip: float, back: float) -> str:
    middle = HEIGHT / 2
    return f"M{tip:g} {middle:g}L{back:g} {middle - 4:g}V{middle + 4:g}Z"
