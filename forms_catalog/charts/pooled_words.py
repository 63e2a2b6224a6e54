"""What a forest plot says of its pooled row, and of the pools that others have published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms_catalog.explorer.forest import Pooled
from forms_catalog.explorer.pooling import Interval, Pool
from forms_catalog.models import Effect, PooledResult, Study
from forms_catalog.models.vocabulary import PublicationStatus
from mgsite.templatetags.ui import decimals, estimate, figure

FEW = 5
"""With fewer trials than this, the spread between them is hardly known."""


@dataclass(frozen=True, slots=True)
class Published:
    """One published pool, beside ours."""

    study: Study
    measure: str
    words: str
    """Figures as printed: 'Standardised mean difference −0.919 (95 % interval …); 7 studies, 325 people'."""


def pooled_label(found: Pool, *, in_view: int) -> str:
    """'Pooled from the 3 trials in view'; 'from 3 of the 9' where the others cannot be pooled."""
    return f"Pooled from {'the' if found.k == in_view else f'{found.k} of the'} {in_view} trials in view"


def range_in_words(interval: Interval) -> str:
    """'−1.229 to 0.036'."""
    return f"{figure(interval[0])} to {figure(interval[1])}"


def in_figures(found: Pool) -> tuple[str, ...]:
    """Both intervals, what a further trial may find, and the spread, a sentence each."""
    sentences = [
        f"Careful 95\u00a0% interval (Hartung-Knapp): {range_in_words(found.careful)}, {_crossing(found.careful)}.",
        f"Usual 95\u00a0% interval (DerSimonian-Laird): {range_in_words(found.usual)}, {_crossing(found.usual)}.",
    ]
    if found.prediction:
        sentences.append(
            f"A further trial may find a true effect anywhere from {range_in_words(found.prediction)} "
            "(95\u00a0% prediction interval, the thin line)."
        )
    little = f"; with {found.k} trials, neither says much" if found.k < FEW else ""
    sentences.append(
        f"Spread between trials: tau²\u00a0{figure(found.tau2)}, I²\u00a0{decimals(found.i2, 0)}\u00a0%{little}."
    )
    return tuple(sentences)


def _crossing(interval: Interval) -> str:
    if interval[0] <= 0 <= interval[1]:
        return "which includes zero, no difference"
    return "wholly on magnesium’s side" if interval[1] < 0 else "wholly on the comparison’s side"


def hedge(pooled: Pooled, *, numberless: int) -> str:
    """How far to trust a pool; empty when its trials all printed what is needed and none is missing."""
    reasons = []
    if pooled.worked_back:
        reasons.append(
            f"{pooled.worked_back} of its {len(pooled.effects)} effects were worked back from p-values, which is only "
            "possible where a paper prints an exact one, and that favours trials that found something"
        )
    if numberless:
        reasons.append(f"{numberless} {'trial' if numberless == 1 else 'trials'} in view gave no number to pool")
    said = "; ".join(reasons)
    return f"Take this row as a hint. {said[:1].upper()}{said[1:]}. So it leans towards magnesium." if reasons else ""


def without_flagged_sentence(effects: Sequence[Effect], rest: Pooled | None) -> str:
    """What becomes of the pool without the doubted trials; empty when none is in view."""
    if rest is None:
        return ""
    doubted = " and ".join(sorted({effect.study.short_citation for effect in effects if effect.flag}))
    if rest.pool is None:
        return f"Without {doubted}, some of whose printed figures do not add up: {_lower(rest.refusal)}"
    return (
        f"Without {doubted}, some of whose printed figures do not add up: {figure(rest.pool.mean)}, "
        f"careful 95\u00a0% interval {range_in_words(rest.pool.careful)}."
    )


def published_row(row: PooledResult) -> Published:
    """A published pool in words."""
    counted = [
        f"{row.k_studies} studies" if row.k_studies else f"{row.k_effects} effects" if row.k_effects else "",
        f"{row.n:,} people" if row.n else "",
    ]
    sizes = ", ".join(part for part in counted if part)
    changed = row.study.publication_status != PublicationStatus.AS_PUBLISHED
    parts = [
        f"{row.get_effect_kind_display()} {estimate(row.effect, row.ci_low, row.ci_high)}",
        sizes or "number of studies not seen",
        row.study.get_publication_status_display() if changed else "",
    ]
    return Published(row.study, row.measure, "; ".join(part for part in parts if part))


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
