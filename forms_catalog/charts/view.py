"""A forest plot as its template prints it: words, numbers with a real minus sign, and marks."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from forms_catalog.charts.geometry import (
    HEIGHT,
    WIDTH,
    Marks,
    PooledMarks,
    Scale,
    Tick,
    marks_for,
    pooled_marks,
    scale_for,
    ticks_for,
)
from forms_catalog.charts.pooled_words import (
    Published,
    hedge,
    in_figures,
    pooled_label,
    published_row,
    range_in_words,
    without_flagged_sentence,
)
from forms_catalog.charts.rows import Comparison, Estimate
from forms_catalog.charts.series import ForestSeries
from forms_catalog.explorer.forest import Pooled
from mgsite.templatetags.ui import decimals, figure


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    comparison: Comparison
    marks: Marks | None
    effect: str
    """'−0.615'; empty without a number."""
    interval: str
    """'−1.159 to −0.072', or that it was not seen; empty without a number."""
    says: str
    """The drawing in words."""
    weight: str = ""
    """Share of the pool, '26.7 %'; empty outside it."""


@dataclass(frozen=True, slots=True)
class PooledRow:
    """The row of the pool."""

    label: str
    people: str
    comparator: str
    effect: str
    interval: str
    """The careful one."""
    marks: PooledMarks
    says: str
    figures: tuple[str, ...]
    """Intervals, spread and prediction, a sentence each."""


@dataclass(frozen=True, slots=True)
class ForestView:
    """Everything the template needs."""

    title: str
    finding: str
    rows: tuple[Row, ...]
    source: str
    pooled: PooledRow | None
    notes: tuple[str, ...]
    """How far to trust the pool, or why there is none."""
    published: tuple[Published, ...]
    ticks: tuple[Tick, ...]
    view_box: str = f"0 0 {WIDTH:g} {HEIGHT:g}"
    height: float = HEIGHT
    middle: float = HEIGHT / 2


def forest_view(series: ForestSeries) -> ForestView:
    """The view of a series."""
    pooled, scale = series.pooled, scale_of(series)
    narrowed = f", {series.query.in_words}" if series.query.in_words else ""
    return ForestView(
        title=f"{series.outcome.name}: magnesium, trial by trial{narrowed}",
        finding=finding(series.rows),
        rows=tuple(_row(comparison, scale, pooled) for comparison in series.rows),
        source=source_line(series),
        pooled=_pooled_row(pooled, scale, in_view=len({row.study.pk for row in series.rows})),
        notes=_notes(series, pooled),
        published=tuple(published_row(row) for row in series.published),
        ticks=ticks_for(scale),
    )


def scale_of(series: ForestSeries) -> Scale:
    """One axis for the rows in view and their pool. A prediction interval may run beyond it."""
    estimates = [row.estimate for row in series.rows if row.estimate]
    values = [value for estimate in estimates for value in (estimate.effect, *(estimate.interval or ()))]
    found = series.pooled.pool
    return scale_for([*values, *(found.careful if found else ())])


def _row(comparison: Comparison, scale: Scale, pooled: Pooled) -> Row:
    if comparison.estimate is None:
        return Row(comparison, None, "", "", "")
    weight = pooled.weights.get(comparison.effect.pk) if comparison.effect else None
    effect, interval = comparison.estimate.effect, comparison.estimate.interval
    return Row(
        comparison,
        marks_for(effect=effect, interval=interval, scale=scale, weight=weight),
        figure(effect),
        range_printed(interval),
        f"{comparison.study.short_citation}: {in_words(comparison.estimate)}",
        "" if weight is None else f"{decimals(weight, 1)}\u00a0%",
    )


def _pooled_row(pooled: Pooled, scale: Scale, *, in_view: int) -> PooledRow | None:
    found = pooled.pool
    if found is None:
        return None
    label = pooled_label(found, in_view=in_view)
    marks = pooled_marks(effect=found.mean, interval=found.careful, prediction=found.prediction, scale=scale)
    return PooledRow(
        label=label,
        people=figure(pooled.people) or "not seen",
        comparator=pooled.effects[0].compared_with,
        effect=figure(found.mean),
        interval=range_printed(found.careful),
        marks=marks,
        says=f"{label}: {figure(found.mean)}, careful interval {range_in_words(found.careful)}",
        figures=in_figures(found),
    )


def _notes(series: ForestSeries, pooled: Pooled) -> tuple[str, ...]:
    without = without_flagged_sentence(series.effects, series.pooled_without_flagged)
    cut = f"Only {len(series.every)} rows are loaded here; there may be more on file." if series.is_cut else ""
    if pooled.pool is None:
        return tuple(note for note in (cut, pooled.refusal) if note)
    numberless = len({row.study.pk for row in series.rows if row.estimate is None})
    return tuple(note for note in (cut, hedge(pooled, numberless=numberless), without) if note)


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
    if inferred := sum(row.estimate.is_inferred for row in drawn if row.estimate):
        unseen = "whom it favours" if inferred == 1 else "whom they favour"
        parts.append(f"{_count(inferred, 'interval is', 'intervals are')} counted on no side: {unseen} was not seen")
    if len(drawn) < len(rows):
        parts.append(f"{_count(len(rows) - len(drawn), 'row has', 'rows have')} no number that could be drawn")
    return "; ".join(parts) + "."


def side(estimate: Estimate) -> str:
    """Where the interval lies: 'magnesium', 'comparison', 'both', or '' when it, or whom it favours, was not seen."""
    if estimate.interval is None or estimate.is_inferred:
        return ""
    low, high = estimate.interval
    return "magnesium" if high < 0 else "comparison" if low > 0 else "both"


def printed(estimate: Estimate) -> str:
    """An effect with its interval, in the figures of the study's own page."""
    return f"{figure(estimate.effect)} ({range_printed(estimate.interval)})"


def range_printed(interval: tuple[float, float] | None) -> str:
    """The ends of an interval, or that it was not seen."""
    return range_in_words(interval) if interval else "interval not seen"


def in_words(estimate: Estimate) -> str:
    """What the drawing of one row shows."""
    says = {
        "magnesium": "; the whole interval favours magnesium",
        "comparison": "; the whole interval favours the comparison",
        "both": "; the interval includes no difference",
    }
    inferred = "; whom it favours was not seen, so the side is inferred"
    return printed(estimate) + (inferred if estimate.is_inferred else says.get(side(estimate), ""))


def source_line(series: ForestSeries) -> str:
    """Where the numbers come from, and of when."""
    as_of = f", as of {series.as_of.day} {series.as_of:%B %Y}" if series.as_of else ""
    return f"Source: the catalog of Magnesium & Mind{as_of}. Each study’s page says where its number was read."


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
