"""The one pool of the first edition, placebo-controlled trials of depression: against statsmodels, and on its page."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import Client
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from forms_catalog.charts.query import ForestQuery
from forms_catalog.charts.series import ForestSeries, forest_series, outcomes_with_series
from tests import dom

pytestmark = pytest.mark.django_db

SIX_DIGITS = {"rel": 1e-6, "abs": 1e-6}


@pytest.fixture
def placebo(first_edition: None) -> ForestSeries:
    return forest_series(["depression"])["depression"].narrowed(ForestQuery("depression", comparator="placebo"))


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_pool_of_placebo_controlled_trials_equals_statsmodels(placebo: ForestSeries) -> None:
    effects = placebo.pooled.effects
    smd, se = (np.array([getattr(effect, name) for effect in effects]) for name in ("smd", "se"))
    theirs = combine_effects(smd, se**2, method_re="dl")
    ours = placebo.pooled.pool

    assert [effect.study.slug for effect in effects] == ["rajizadeh2017", "afsharfar2021", "sultana2023"]
    # Its tau² lies below zero and is left there, so its figures without tau² are the ones to compare with.
    assert theirs.tau2 < 0
    assert (ours.tau2, ours.i2) == (0, 0)
    assert (ours.q, ours.mean, ours.se_usual, ours.se_adjusted) == pytest.approx(
        (theirs.q, theirs.mean_effect_fe, theirs.sd_eff_w_fe, theirs.sd_eff_w_fe_hksj), **SIX_DIGITS
    )
    half = stats.t.ppf(0.975, 2) * theirs.sd_eff_w_fe
    assert ours.careful == pytest.approx((theirs.mean_effect_fe - half, theirs.mean_effect_fe + half), **SIX_DIGITS)


def test_pool_is_what_the_evidence_was_checked_to_give(placebo: ForestSeries) -> None:
    found = placebo.pooled.pool
    assert found.prediction is not None
    figures = (found.mean, *found.usual, *found.careful, *found.prediction, found.q)

    assert [round(figure, 3) for figure in figures[:-1]] == [
        -0.597,
        *(-0.885, -0.309),
        *(-1.229, 0.036),
        *(-2.464, 1.270),
    ]
    assert (found.k, placebo.pooled.people, round(found.q, 2), placebo.pooled.worked_back) == (3, 189, 0.61, 2)


def test_careful_interval_reaches_no_difference_and_the_page_says_so(placebo: ForestSeries, client: Client) -> None:
    words = dom.text(client.get("/outcomes/depression/").content.decode())

    for expected in (
        "Pooled from 3 of the 9 trials in view",
        "−0.597 (−1.229 to 0.036)",
        "−1.229 to 0.036, which includes zero, no difference",
        "Take this row as a hint. 2 of its 3 effects were worked back from p-values",
        "Without Rajizadeh and others 2017, some of whose printed figures do not add up: not pooled: only two of the",
    ):
        assert expected in words


def test_without_the_flagged_trial_nothing_is_pooled(placebo: ForestSeries, client: Client) -> None:
    words = dom.text(client.get("/outcomes/depression/?comparator=placebo&without=flagged").content.decode())

    assert "Not pooled: only two of the rows in view can be pooled, and at least three are needed." in words
    assert "Pooled from" not in words


def test_no_other_outcome_can_be_pooled(first_edition: None) -> None:
    every = forest_series(outcomes_with_series())
    able = {
        slug
        for slug, series in every.items()
        for comparator in ("", "placebo", "no_treatment", "active")
        if series.narrowed(ForestQuery(slug, comparator=comparator)).pooled.pool
    }

    assert able == {"depression"}


def test_trials_that_found_nothing_stay_in_view_beside_placebo(placebo: ForestSeries) -> None:
    numberless = {row.study.slug for row in placebo.rows if row.estimate is None}

    assert numberless >= {"ryszewska2018", "fard2017", "abiri2021"}
