"""A forest plot as its template prints it: words, numbers with a real minus sign, and marks."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from forms_catalog.charts.geometry import HEIGHT, POINT, WIDTH, Marks, Scale, marks_for, scale_for
from forms_catalog.charts.series import Comparison, Estimate, ForestSeries
from mgsite.templatetags.ui import figure


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    comparison: Comparison
    marks: Marks | None
    effect: str
    """'−0.615 (−1.159 to −0.072)'; empty without a number."""
    says: str
    """The drawing in words."""


@dataclass(frozen=True, slots=True)
class ForestView:
    """Everything the template needs."""

    title: str
    finding: str
    rows: tuple[Row, ...]
    source: str
    view_box: str = f"0 0 {WIDTH:g} {HEIGHT:g}"
    height: float = HEIGHT
    middle: float = HEIGHT / 2
    point: float = POINT
    point_top: float = (HEIGHT - POINT) / 2


def forest_view(series: ForestSeries) -> ForestView:
    """The view of a series."""
    estimates = [row.estimate for row in series.rows if row.estimate]
    scale = scale_for(value for estimate in estimates for value in (estimate.effect, *(estimate.interval or ())))
    return ForestView(
        title=f"{series.outcome.name}: magnesium, trial by trial",
        finding=finding(series.rows),
        rows=tuple(_row(comparison, scale) for comparison in series.rows),
        source=source_line(series),
    )


def _row(comparison: Comparison, scale: Scale) -> Row:
    if comparison.estimate is None:
        return Row(comparison, None, "", "")
    return Row(
        comparison,
        marks_for(effect=comparison.estimate.effect, interval=comparison.estimate.interval, scale=scale),
        printed(comparison.estimate),
        f"{comparison.study.short_citation}: {in_words(comparison.estimate)}",
    )


def finding(rows: Collection[Comparison]) -> str:
    """One sentence that only counts."""
    drawn = [row for row in rows if row.estimate]
    trials = len({row.study.pk for row in drawn})
    sides = Counter(side(row.estimate) for row in drawn if row.estimate)
    parts = [
        f"{_count(len(drawn), 'comparison')} from {_count(trials, 'trial')}",
        f"{_count(sides['magnesium'], 'interval lies', 'intervals lie')} wholly on magnesium’s side, "
        f"{sides['comparison']} wholly on the other, {sides['both']} on both",
    ]
    if len(drawn) < len(rows):
        parts.append(f"{_count(len(rows) - len(drawn), 'row has', 'rows have')} no number that could be drawn")
    return "; ".join(parts) + "."


def side(estimate: Estimate) -> str:
    """Where the interval lies: 'magnesium', 'comparison', 'both', or '' when it was not seen."""
    if estimate.interval is None:
        return ""
    low, high = estimate.interval
    return "magnesium" if high < 0 else "comparison" if low > 0 else "both"


def printed(estimate: Estimate) -> str:
    """An effect with its interval, in the figures of the study's own page."""
    if estimate.interval is None:
        return f"{figure(estimate.effect)} (interval not seen)"
    low, high = estimate.interval
    return f"{figure(estimate.effect)} ({figure(low)} to {figure(high)})"


def in_words(estimate: Estimate) -> str:
    """What the drawing of one row shows."""
    says = {
        "magnesium": "; the whole interval favours magnesium",
        "comparison": "; the whole interval favours the comparison",
        "both": "; the interval includes no difference",
    }
    return printed(estimate) + says.get(side(estimate), "")


def source_line(series: ForestSeries) -> str:
    """Where the numbers come from, and of when."""
    as_of = f", as of {series.as_of.day} {series.as_of:%B %Y}" if series.as_of else ""
    return f"Source: the catalog of Magnesium & Mind{as_of}. Each study’s page says where its number was read."


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
