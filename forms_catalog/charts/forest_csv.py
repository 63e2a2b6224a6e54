"""A forest plot as rows of data: the series that is drawn, one line for each row of the picture."""

from __future__ import annotations

from dataclasses import dataclass

from forms_catalog.charts.rows import Comparison
from forms_catalog.charts.series import ForestSeries
from forms_catalog.explorer.forest import Pooled
from forms_catalog.exports.columns import Value
from forms_catalog.exports.csv_format import csv_text
from forms_catalog.models import PooledResult

PLACES = 6
"""Decimals of figures that are computed here."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and what stands in it."""

    name: str
    meaning: str


COLUMNS = (
    Column(
        "row",
        "trial: one comparison of one trial; pool: what the trials in view come to together; published: the "
        "pool of a published meta-analysis",
    ),
    Column("study", "key of the study, the last part of its address on this site; empty for the pool"),
    Column("citation", "first author and year"),
    Column("measure", "scale and time"),
    Column("people", "people on magnesium and in the comparison, or in all"),
    Column("treatment", "form, elemental magnesium a day, and what else was given"),
    Column("comparator", "what magnesium was compared with"),
    Column("effect_measure", "kind of effect: SMD is the standardised mean difference"),
    Column("effect", "the effect; of trials and the pool, below zero favours magnesium; as printed in published pools"),
    Column("low", "95 % interval, low end; of the pool the careful one (Hartung-Knapp)"),
    Column("high", "95 % interval, high end"),
    Column("weight_percent", "share of the pool; empty outside it"),
    Column("direction", "which way the study says it points, where no effect could be worked out"),
    Column("not_drawn_because", "why there is no effect"),
    Column("not_pooled_because", "why the row, or the whole view, is not pooled"),
    Column("flag", "what the journal has said since, and whether printed figures do not add up"),
    Column("usual_low", "of the pool: usual 95 % interval (DerSimonian-Laird), low end"),
    Column("usual_high", "its high end"),
    Column("prediction_low", "95 % prediction interval, low end"),
    Column("prediction_high", "its high end"),
    Column("tau2", "variance between trials"),
    Column("i2_percent", "share of the variation that is not chance, in per cent"),
    Column("trials", "number of trials in a pool"),
)

Line = dict[str, Value]


def forest_csv(series: ForestSeries) -> str:
    """The rows in view, in the spelling that all CSV files of the site have."""
    names = [column.name for column in COLUMNS]
    return csv_text(names, ([line.get(name) for name in names] for line in table_of(series)))


def table_of(series: ForestSeries) -> list[Line]:
    """One line for each row of the picture, in its order."""
    pooled = series.pooled
    trials = [_trial(row, pooled) for row in series.rows]
    return [*trials, _pool(pooled), *(_published(row) for row in series.published)]


def _trial(row: Comparison, pooled: Pooled) -> Line:
    interval = (row.estimate.interval if row.estimate else None) or (None, None)
    weight = pooled.weights.get(row.effect.pk) if row.effect else None
    return {
        "row": "trial",
        "study": row.study.slug,
        "citation": row.study.short_citation,
        "measure": row.measure,
        "people": row.people,
        "treatment": row.treatment,
        "comparator": row.comparator,
        "effect_measure": "SMD" if row.estimate else None,
        "effect": row.estimate.effect if row.estimate else None,
        "low": interval[0],
        "high": interval[1],
        "weight_percent": _rounded(weight),
        "direction": row.direction,
        "not_drawn_because": row.reason,
        "not_pooled_because": row.barred,
        "flag": row.flag,
    }


def _pool(pooled: Pooled) -> Line:
    found = pooled.pool
    if found is None:
        return {"row": "pool", "not_pooled_because": pooled.refusal}
    prediction = found.prediction or (None, None)
    return {
        "row": "pool",
        "people": pooled.people,
        "comparator": pooled.effects[0].compared_with,
        "effect_measure": "SMD",
        "effect": _rounded(found.mean),
        "low": _rounded(found.careful[0]),
        "high": _rounded(found.careful[1]),
        "weight_percent": 100,
        "usual_low": _rounded(found.usual[0]),
        "usual_high": _rounded(found.usual[1]),
        "prediction_low": _rounded(prediction[0]),
        "prediction_high": _rounded(prediction[1]),
        "tau2": _rounded(found.tau2),
        "i2_percent": _rounded(found.i2),
        "trials": found.k,
    }


def _published(row: PooledResult) -> Line:
    return {
        "row": "published",
        "study": row.study.slug,
        "citation": row.study.short_citation,
        "measure": row.measure,
        "people": row.n,
        "effect_measure": row.effect_kind,
        "effect": row.effect,
        "low": row.ci_low,
        "high": row.ci_high,
        "prediction_low": row.pi_low,
        "prediction_high": row.pi_high,
        "tau2": row.tau2,
        "i2_percent": row.i2,
        "trials": row.k_studies,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)
