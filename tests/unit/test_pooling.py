"""Pooling against statsmodels, against exact fractions, and at its edges."""

from __future__ import annotations

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import CombineResults, combine_effects

from forms_catalog.explorer.pooling import LARGEST, SMALLEST, NotPoolable, PoolRow, pool, spread

SIX_DIGITS = {"rel": 1e-6, "abs": 1e-6}

trials = st.builds(PoolRow, effect=st.floats(-3, 3), se=st.floats(0.05, 2))
extreme = st.builds(PoolRow, effect=st.floats(-LARGEST, LARGEST), se=st.floats(SMALLEST, LARGEST))


def combined(rows: list[PoolRow]) -> CombineResults:
    effects, errors = np.array([row.effect for row in rows]), np.array([row.se for row in rows])
    with warnings.catch_warnings():
        # It leaves a tau² below zero as it is, and then takes its square root.
        warnings.simplefilter("ignore", RuntimeWarning)
        return combine_effects(effects, errors**2, method_re="dl", use_t=False)


@settings(deadline=None)
@given(st.lists(trials, min_size=2, max_size=12))
def test_pool_equals_statsmodels_to_six_digits(rows: list[PoolRow]) -> None:
    ours, theirs = pool(rows), combined(rows)
    random = theirs.tau2 > 0
    mean, se, hk, weights = (
        (theirs.mean_effect_re, theirs.sd_eff_w_re, theirs.sd_eff_w_re_hksj, theirs.weights_rel_re)
        if random
        else (theirs.mean_effect_fe, theirs.sd_eff_w_fe, theirs.sd_eff_w_fe_hksj, theirs.weights_rel_fe)
    )

    assert ours.tau2 == pytest.approx(max(0.0, theirs.tau2), **SIX_DIGITS)
    assert ours.q == pytest.approx(theirs.q, **SIX_DIGITS)
    assert ours.i2 == pytest.approx(max(0.0, theirs.i2 * 100) if theirs.q > 1e-9 else 0.0, rel=1e-6, abs=1e-4)
    assert (ours.mean, ours.se_usual) == pytest.approx((mean, se), **SIX_DIGITS)
    assert ours.se_adjusted == pytest.approx(hk, **SIX_DIGITS)
    assert ours.weights == pytest.approx(weights * 100, **SIX_DIGITS)
    half = stats.norm.ppf(0.975) * se
    assert ours.usual == pytest.approx((mean - half, mean + half), **SIX_DIGITS)
    half = stats.t.ppf(0.975, len(rows) - 1) * max(hk, se)
    assert ours.careful == pytest.approx((mean - half, mean + half), **SIX_DIGITS)


@settings(deadline=None)
@given(st.lists(trials, min_size=3, max_size=12))
def test_prediction_interval_is_t_with_two_fewer_degrees_of_freedom(rows: list[PoolRow]) -> None:
    ours = pool(rows)
    half = stats.t.ppf(0.975, len(rows) - 2) * math.sqrt(ours.tau2 + ours.se_usual**2)

    assert ours.prediction == pytest.approx((ours.mean - half, ours.mean + half), **SIX_DIGITS)


@settings(deadline=None)
@given(st.lists(extreme, min_size=2, max_size=8))
def test_spread_is_right_however_unlike_the_rows_are(rows: list[PoolRow]) -> None:
    effects, weights = [Fraction(row.effect) for row in rows], [1 / Fraction(row.se) ** 2 for row in rows]
    total = sum(weights)
    mean = sum(w * y for w, y in zip(weights, effects, strict=True)) / total
    q = sum(w * (y - mean) ** 2 for w, y in zip(weights, effects, strict=True))
    tau2 = max(Fraction(0), (q - (len(rows) - 1)) / (total - sum(w * w for w in weights) / total))
    # A mean near 10⁶ has no more than some 1e-10 left; so has what is squared below it.
    assume(q > Fraction(1, 1000))

    assert spread(rows) == pytest.approx((float(q), float(tau2)), rel=1e-4, abs=1e-3 + float(q) * 1e-9)


@settings(deadline=None)
@given(st.lists(extreme, min_size=2, max_size=8))
def test_every_figure_is_finite_and_in_order(rows: list[PoolRow]) -> None:
    ours = pool(rows)

    assert math.isfinite(sum((ours.mean, ours.se_usual, ours.se_adjusted, ours.q, ours.tau2, *ours.careful)))
    assert sum(ours.weights) == pytest.approx(100)
    assert 0 <= ours.i2 <= 100
    assert ours.careful[0] <= ours.usual[0] <= ours.mean <= ours.usual[1] <= ours.careful[1]


def test_trials_that_agree_get_no_narrower_interval_than_the_usual_one() -> None:
    ours = pool([PoolRow(-0.4, 0.2)] * 3)

    assert (ours.mean, ours.q, ours.tau2, ours.i2) == pytest.approx((-0.4, 0, 0, 0))
    assert ours.se_adjusted == pytest.approx(0, abs=1e-12)
    assert ours.careful[1] - ours.careful[0] > ours.usual[1] - ours.usual[0]
    assert ours.weights == pytest.approx([100 / 3] * 3)


def test_two_trials_have_no_prediction_interval() -> None:
    assert pool([PoolRow(-0.4, 0.2), PoolRow(0.1, 0.3)]).prediction is None


@pytest.mark.parametrize("rows", [[], [PoolRow(-0.4, 0.2)]])
def test_fewer_than_two_trials_are_refused(rows: list[PoolRow]) -> None:
    with pytest.raises(NotPoolable, match="not two trials"):
        pool(rows)


@pytest.mark.parametrize(
    "wrong",
    [
        PoolRow(math.nan, 0.2),
        PoolRow(math.inf, 0.2),
        PoolRow(-1e300, 0.2),
        *(PoolRow(0.1, se) for se in (math.nan, math.inf, 0.0, -0.2, 5e-324)),
    ],
)
def test_figures_that_no_trial_can_have_are_refused(wrong: PoolRow) -> None:
    with pytest.raises(NotPoolable, match="not a figure"):
        pool([PoolRow(-0.4, 0.2), wrong, PoolRow(0.1, 0.2)])
