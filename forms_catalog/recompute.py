"""Printed figures worked out again from the other printed figures, with the rounding of those figures allowed for.

A figure that does not recompute may be a misprint, another test or another rounding; nothing here is a finding about
any author.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms_catalog.distributions import Z_975 as Z
from forms_catalog.distributions import (
    chi2_upper,
    fisher_two_sided,
    normal_two_sided,
    t_quantile_two_sided,
    t_two_sided,
)
from forms_catalog.effect_sizes import d_from_md_ci, pooled_sd
from forms_catalog.models.vocabulary import RecomputationState

MAGNESIUM, GLYCINE = 24.305, 75.067
"""Molar masses, g/mol."""
MAX_COMBINATIONS = 3**6
ROUNDING_OF_FIGURES = {"rel_tol": 2e-3, "abs_tol": 5e-7}
"""Results are stored with four digits or so."""


class CannotRecompute(ValueError):
    """A calculation that is not understood; the message says which part."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Value at the printed inputs, and the range over their rounding."""

    value: float
    low: float
    high: float


def elemental(compound_mg: float, percent: float) -> float:
    """Elemental magnesium in an amount of compound, mg."""
    return compound_mg * percent / 100


def compound_needed(elemental_mg: float, percent: float) -> float:
    """Compound that holds an amount of elemental magnesium, mg."""
    return elemental_mg / percent * 100


def mmol_to_mg(mmol: float) -> float:
    """Magnesium, mmol to mg."""
    return mmol * MAGNESIUM


def glycine_with(elemental_mg: float) -> float:
    """Glycine that comes with an amount of magnesium in bisglycinate, mg."""
    return elemental_mg / MAGNESIUM * 2 * GLYCINE


def difference(a: float, b: float) -> float:
    """One figure less another."""
    return a - b


def total(*parts: float) -> float:
    """Sum."""
    return sum(parts)


def divide(a: float, b: float) -> float:
    """Ratio."""
    return a / b


def percent_of(part: float, whole: float) -> float:
    """Share in per cent."""
    return 100 * part / whole


def midpoint(low: float, high: float) -> float:
    """Middle of an interval."""
    return (low + high) / 2


def ratio_midpoint(low: float, high: float) -> float:
    """Middle of an interval on the ratio scale."""
    return math.sqrt(low * high)


def p_from_means(m1: float, s1: float, n1: float, m2: float, s2: float, n2: float) -> float:
    """p of a two-sample t-test from means and standard deviations."""
    se = pooled_sd(s1, n1, s2, n2) * math.sqrt(1 / n1 + 1 / n2)
    return t_two_sided((m1 - m2) / se, n1 + n2 - 2)


def p_from_means_se(m1: float, e1: float, n1: float, m2: float, e2: float, n2: float) -> float:
    """p of a two-sample t-test from means and standard errors."""
    return p_from_means(m1, e1 * math.sqrt(n1), n1, m2, e2 * math.sqrt(n2), n2)


def p_from_d(d: float, n1: float, n2: float) -> float:
    """p of a two-sample t-test from a standardised difference."""
    return t_two_sided(d / math.sqrt(1 / n1 + 1 / n2), n1 + n2 - 2)


def p_from_ci_t(md: float, low: float, high: float, df: float) -> float:
    """p from a mean difference and its 95 % interval, by t."""
    return t_two_sided(md / ((high - low) / (2 * t_quantile_two_sided(0.05, df))), df)


def p_from_ci_z(md: float, low: float, high: float) -> float:
    """p from a difference and its 95 % interval, by the normal distribution."""
    return normal_two_sided(md / ((high - low) / (2 * Z)))


def p_paired(mean_change: float, sd_change: float, n: float) -> float:
    """p of a paired t-test from the mean and spread of the changes."""
    return p_paired_se(mean_change, sd_change / math.sqrt(n), n)


def p_paired_se(mean_change: float, se_change: float, n: float) -> float:
    """p of a paired t-test from the mean change and its standard error."""
    return t_two_sided(mean_change / se_change, n - 1)


def p_chi2(a: float, n1: float, c: float, n2: float) -> float:
    """p of a chi-squared test of a of n1 against c of n2, without continuity correction."""
    b, d = n1 - a, n2 - c
    if min(a, b, c, d) < 0:
        raise ValueError(f"{a:g} of {n1:g} and {c:g} of {n2:g} are not counts")
    statistic = (n1 + n2) * (a * d - b * c) ** 2 / (n1 * n2 * (a + c) * (b + d))
    return chi2_upper(statistic, 1)


def p_fisher(a: float, n1: float, c: float, n2: float) -> float:
    """p of Fisher's exact test of a of n1 against c of n2."""
    return fisher_two_sided(int(a), int(n1), int(c), int(n2))


def d_paired_from_ci(md: float, low: float, high: float, n: float) -> float:
    """Mean difference over the spread of the differences, one group of n people measured twice."""
    se = (high - low) / (2 * t_quantile_two_sided(0.05, n - 1))
    return md / (se * math.sqrt(n))


def mean_ci_low(m1: float, s1: float, n1: float, m2: float, s2: float, n2: float) -> float:
    """Low end of the 95 % interval of a difference of means."""
    return m1 - m2 - _half_width(s1, n1, s2, n2)


def mean_ci_high(m1: float, s1: float, n1: float, m2: float, s2: float, n2: float) -> float:
    """High end of the 95 % interval of a difference of means."""
    return m1 - m2 + _half_width(s1, n1, s2, n2)


def _half_width(s1: float, n1: float, s2: float, n2: float) -> float:
    return t_quantile_two_sided(0.05, n1 + n2 - 2) * pooled_sd(s1, n1, s2, n2) * math.sqrt(1 / n1 + 1 / n2)


def implied_r(sd_before: float, sd_after: float, sd_change: float) -> float:
    """Correlation between before and after that the three spreads imply."""
    return (sd_before**2 + sd_after**2 - sd_change**2) / (2 * sd_before * sd_after)


def paired_r_for_p(diff: float, s1: float, s2: float, n: float, p: float) -> float:
    """Correlation between the two periods at which a paired t-test would give p."""
    return implied_r(s1, s2, abs(diff) * math.sqrt(n) / t_quantile_two_sided(p, n - 1))


def nearest_mean_below(mean: float, n: float) -> float:
    """Largest mean of n whole scores that is not above the printed one."""
    return math.floor(mean * n) / n


def nearest_mean_above(mean: float, n: float) -> float:
    """Smallest mean of n whole scores that is not below the printed one."""
    return math.ceil(mean * n) / n


def largest_sd(low: float, high: float, mean: float) -> float:
    """Largest possible standard deviation (dividing by n) of scores between low and high with this mean."""
    return math.sqrt((mean - low) * (high - mean))


FUNCTIONS: dict[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        elemental,
        compound_needed,
        mmol_to_mg,
        glycine_with,
        difference,
        total,
        divide,
        percent_of,
        midpoint,
        ratio_midpoint,
        p_from_means,
        p_from_means_se,
        p_from_d,
        p_from_ci_t,
        p_from_ci_z,
        p_paired,
        p_paired_se,
        p_chi2,
        p_fisher,
        d_from_md_ci,
        d_paired_from_ci,
        mean_ci_low,
        mean_ci_high,
        implied_r,
        paired_r_for_p,
        nearest_mean_below,
        nearest_mean_above,
        largest_sd,
    )
}


def calculate(calc: Mapping[str, Any]) -> Recomputed:
    """Run one calculation of a record: its function, arguments, and half of each argument's last printed digit.

    Raises CannotRecompute.
    """
    try:
        function, arguments = FUNCTIONS[calc["fn"]], calc["args"]
        half = calc.get("half") or [0] * len(arguments)
        spread = [[value - by, value, value + by] if by else [value] for value, by in zip(arguments, half, strict=True)]
        if math.prod(map(len, spread)) > MAX_COMBINATIONS:
            raise CannotRecompute("There are too many rounded figures to try them all.")
        values = [function(*combination) for combination in itertools.product(*spread)]
        if not all(map(math.isfinite, values)):
            raise CannotRecompute("The result is not a number.")
        return Recomputed(value=function(*arguments), low=min(values), high=max(values))
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        if isinstance(error, CannotRecompute):
            raise
        raise CannotRecompute(f"This calculation cannot be run ({error}).") from error


def as_stored(calcs: Sequence[Mapping[str, Any]], compare: Mapping[str, Any] | None, *, state: str) -> bool:
    """Whether the results and the state kept with a record are what its inputs give. Raises CannotRecompute."""
    return all(map(_gives_what_is_stored, calcs)) and judge(calcs, compare) == state


def _gives_what_is_stored(calc: Mapping[str, Any]) -> bool:
    result = calculate(calc)
    stored = (calc.get("value", result.value), *calc.get("range", (result.low, result.high)))
    now = (result.value, result.low, result.high)
    if len(stored) != len(now):
        return False
    return all(math.isclose(a, b, **ROUNDING_OF_FIGURES) for a, b in zip(now, stored, strict=True))


def judge(calcs: Sequence[Mapping[str, Any]], compare: Mapping[str, Any] | None) -> RecomputationState:
    """The state that the arithmetic gives: cannot tell where there is nothing to compare. Raises CannotRecompute."""
    if not compare:
        return RecomputationState.CANNOT_TELL
    try:
        results = [calculate(calcs[index]) for index in compare.get("any_of") or [compare["with"]]]
        agrees = any(_agrees(result, compare) for result in results)
    except (KeyError, IndexError, TypeError) as error:
        raise CannotRecompute(f"The comparison cannot be made ({error}).") from error
    return RecomputationState.RECOMPUTES if agrees else RecomputationState.DOES_NOT


def _agrees(result: Recomputed, compare: Mapping[str, Any]) -> bool:
    if "below" in compare:
        return bool(result.low < compare["below"])
    if "above" in compare:
        return bool(result.high > compare["above"])
    reported = compare["reported"]
    if "within_percent" in compare:
        return bool(abs(result.value - reported) <= compare["within_percent"] / 100 * abs(reported))
    half = compare["half"] + 1e-9
    return bool(result.low <= reported + half and result.high >= reported - half)
