"""Where the bands of the pathways lie: three columns of bars, and ribbons between them as thick as their studies."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from forms_catalog.explorer.pathways import Band, Node, Pathways

WIDTH = 860.0
COLUMNS = (168.0, 404.0, 672.0)
"""Left edges of the three columns of bars."""
BAR = 8.0
TOP, FOOT = 44.0, 34.0
MOST_UNIT, TALLEST = 7.0, 560.0
"""Thickness of one study, and how tall all bars of a column together may get before it shrinks."""
GAP = 12.0
LINE, BASELINE = 15.0, 4.5
LETTERS = (20, 24, 24)
"""Letters a label of each column has room for in a line."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One node."""

    node: Node
    x: float
    y: float
    height: float
    lines: list[tuple[str, float]]
    """Its label, each line with its baseline."""
    bottom: float
    """Where its place ends."""

    @property
    def label_x(self) -> float:
        """Where its label is set: before the bars of the first column, after the others."""
        return self.x - 9 if self.x == COLUMNS[0] else self.x + BAR + 7


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One band."""

    band: Band
    path: str
    thickness: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template draws."""

    columns: list[list[Bar]]
    ribbons: list[Ribbon]
    height: float
    width: float = WIDTH

    @property
    def view_box(self) -> str:
        """The whole drawing."""
        return f"0 0 {self.width:g} {self.height:g}"

    @property
    def foot(self) -> float:
        """Baseline of the key under the columns."""
        return round(self.height - 10, 1)

    @property
    def key_line(self) -> float:
        """Where the key's samples lie."""
        return round(self.foot - BASELINE, 1)


def draw_pathways(series: Pathways) -> Drawing:
    """The drawing of a series; one study is as thick everywhere."""
    into, out = _loads(series.left, end=True), _loads(series.right, end=False)
    middle = {node: max(into.get(node, 0), out.get(node, 0)) for node in [*into, *out]}
    columns = [_loads(series.left, end=False), middle, _loads(series.right, end=True)]
    unit = min(MOST_UNIT, TALLEST / max(1, *(sum(column.values()) for column in columns)))
    bars = [
        _bars(column, x=x, unit=unit, letters=letters)
        for column, x, letters in zip(columns, COLUMNS, LETTERS, strict=True)
    ]
    ribbons = [
        *_ribbons(series.left, _by_node(bars[0]), _by_node(bars[1]), unit=unit),
        *_ribbons(series.right, _by_node(bars[1]), _by_node(bars[2]), unit=unit),
    ]
    return Drawing(bars, ribbons, max([TOP, *(bar.bottom for column in bars for bar in column)]) + FOOT)


def _loads(bands: Sequence[Band], *, end: bool) -> dict[Node, int]:
    """How many studies a bar has on one side."""
    found: dict[Node, int] = defaultdict(int)
    for band in bands:
        found[band.end if end else band.start] += band.number
    return found


def _bars(column: dict[Node, int], *, x: float, unit: float, letters: int) -> list[Bar]:
    """The bars of a column, most studies first, the place for studies without a form last."""
    bars, y = [], TOP
    for node, load in sorted(column.items(), key=lambda pair: (not pair[0].url, -pair[1], pair[0].name)):
        bar = _bar(node, x=x, y=y, height=load * unit, lines=textwrap.wrap(node.name, letters))
        bars.append(bar)
        y = bar.bottom + GAP
    return bars


def _bar(node: Node, *, x: float, y: float, height: float, lines: list[str]) -> Bar:
    """A bar in the middle of its place, which its label may make taller."""
    place = max(height, LINE * len(lines))
    first = y + place / 2 - LINE * (len(lines) - 1) / 2 + BASELINE
    label = [(words, round(first + LINE * at, 1)) for at, words in enumerate(lines)]
    return Bar(node, x, round(y + (place - height) / 2, 1), round(height, 1), label, y + place)


def _by_node(bars: list[Bar]) -> dict[Node, Bar]:
    return {bar.node: bar for bar in bars}


def _ribbons(bands: Sequence[Band], starts: dict[Node, Bar], ends: dict[Node, Bar], *, unit: float) -> list[Ribbon]:
    """Ribbons leave and enter a bar in the order of the bars on the other side, so that they cross little."""
    leaving, entering = dict.fromkeys(starts, 0.0), dict.fromkeys(ends, 0.0)
    made = {}
    for band in sorted(bands, key=lambda band: (ends[band.end].y, not band.in_people)):
        made[band] = leaving[band.start]
        leaving[band.start] += band.number * unit
    found = []
    for band in sorted(bands, key=lambda band: (starts[band.start].y, not band.in_people)):
        start, end, thickness = starts[band.start], ends[band.end], band.number * unit
        left = (start.x + BAR, start.y + made[band] + thickness / 2)
        found.append(
            Ribbon(band, _curve(left, (end.x, end.y + entering[band.end] + thickness / 2)), round(thickness, 2))
        )
        entering[band.end] += thickness
    return found


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve that leaves and arrives level."""
    (left, top), (right, bottom) = start, end
    middle = (left + right) / 2
    return f"M{left:g} {top:.1f}C{middle:g} {top:.1f} {middle:g} {bottom:.1f} {right:g} {bottom:.1f}"
