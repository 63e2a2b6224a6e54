"""Random-effects pooling of standardised mean differences. Pure arithmetic: knows no database. See ADR 9.

DerSimonian and Laird's estimate of the spread between trials, never below zero; the interval of Hartung and Knapp,
whose standard error is never allowed below the usual one: with few trials that happen to agree, theirs alone comes
out narrower than it should. With k trials, weights w = 1 / se²:

  Q = Σ w (y - ȳ)²;  tau² = max(0, (Q - (k - 1)) / (Σw - Σw² / Σw));  weights w* = 1 / (se² + tau²)
  mean = Σ w* y / Σ w*;  usual se = 1 / √Σ w*;  Hartung-Knapp se = √(Σ w* (y - mean)² / ((k - 1) Σ w*))
  interval = mean ∓ t(k - 1) max(of both se);  prediction = mean ∓ t(k - 2) √(tau² + usual se²)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from forms_catalog.distributions import Z_975, t_quantile_two_sided

Interval = tuple[float, float]

FEWEST = 2
"""Below this there is nothing to pool."""
LARGEST, SMALLEST = 1e6, 1e-6
"""No trial finds an effect beyond the first; no standard error is below the second. Keeps all sums finite."""


class NotPoolable(ValueError):
    """Why rows cannot be pooled, in one sentence that a reader can be shown."""


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One trial's effect and its standard error."""

    effect: float
    se: float


@dataclass(frozen=True, slots=True)
class Pool:
    """What the rows come to together."""

    k: int
    mean: float
    se_usual: float
    """Standard error of DerSimonian and Laird."""
    se_adjusted: float
    """Standard error of Hartung and Knapp, as it comes out."""
    usual: Interval
    """95 % interval of DerSimonian and Laird."""
    careful: Interval
    """95 % interval of Hartung and Knapp, on the larger of the two standard errors."""
    prediction: Interval | None
    """Where 95 in 100 new trials would find their true effect; None for fewer than three rows."""
    tau2: float
    q: float
    i2: float
    """In per cent."""
    weights: tuple[float, ...]
    """In per cent, in the order of the rows."""


def pool(rows: Sequence[PoolRow]) -> Pool:
    """Pool rows of different trials. Raises NotPoolable for fewer than two, or figures no trial can have."""
    _check(rows)
    k = len(rows)
    q, tau2 = spread(rows)
    weights = [1 / (row.se**2 + tau2) for row in rows]
    total = math.fsum(weights)
    mean = _mean(rows, weights)
    se_usual = 1 / math.sqrt(total)
    se_adjusted = math.sqrt(_scatter(rows, weights, mean) / ((k - 1) * total))
    return Pool(
        k=k,
        mean=mean,
        se_usual=se_usual,
        se_adjusted=se_adjusted,
        usual=_around(mean, Z_975 * se_usual),
        careful=_around(mean, _t(k - 1) * max(se_usual, se_adjusted)),
        prediction=_around(mean, _t(k - 2) * math.hypot(math.sqrt(tau2), se_usual)) if k > 2 else None,
        tau2=tau2,
        q=q,
        i2=max(0.0, 1 - (k - 1) / q) * 100 if q else 0.0,
        weights=tuple(100 * weight / total for weight in weights),
    )


def spread(rows: Sequence[PoolRow]) -> tuple[float, float]:
    """Q, and tau² truncated at zero."""
    weights = [row.se**-2 for row in rows]
    q = _scatter(rows, weights, _mean(rows, weights))
    # Σw - Σw²/Σw is twice the sum of the products of all pairs over Σw; said so, one huge weight cancels nothing.
    pairs = math.fsum(
        weight * before for weight, before in zip(weights, accumulate(weights, initial=0.0), strict=False)
    )
    return q, max(0.0, (q - (len(rows) - 1)) * math.fsum(weights) / (2 * pairs))


def _check(rows: Sequence[PoolRow]) -> None:
    if len(rows) < FEWEST:
        raise NotPoolable("There are not two trials to pool.")
    if not all(abs(row.effect) <= LARGEST and SMALLEST <= row.se <= LARGEST for row in rows):
        raise NotPoolable("An effect or a standard error is not a figure that a trial can have.")


def _mean(rows: Sequence[PoolRow], weights: Sequence[float]) -> float:
    return math.fsum(row.effect * weight for row, weight in zip(rows, weights, strict=True)) / math.fsum(weights)


def _scatter(rows: Sequence[PoolRow], weights: Sequence[float], mean: float) -> float:
    return math.fsum(weight * (row.effect - mean) ** 2 for row, weight in zip(rows, weights, strict=True))


def _around(middle: float, half: float) -> Interval:
    return middle - half, middle + half


@lru_cache(maxsize=256)
def _t(df: int) -> float:
    return t_quantile_two_sided(0.05, df)
