"""The one pool of the first edition, placebo-controlled trials of depression: against statsmodels, and on its page."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import Client
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from forms_catalog.charts.query import ForestQuery
from forms_catalog.charts.series import ForestSeries, forest_series, outcomes_with_series
from forms_catalog.effect_sizes import standard_error
from forms_catalog.explorer.pooling import PoolRow, pool
from forms_catalog.models import Effect
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


# What the script that checked the evidence prints for these rows: k, g, tau², Q, the usual interval, the careful one
# (never narrower than the usual) and that of prediction. Rows are named by their keys; two numbers are a trial that
# only printed "no difference", entered as exactly zero with arms of these sizes.
MAIN = ("rajizadeh2017-depression-bdi2", "afsharfar2021-depression-beck", "sultana2023-depression-dass21")
CHECKED = {
    "main": (MAIN, (3, -0.597, 0.000, 0.61, -0.885, -0.309, -1.229, 0.036, -2.464, 1.270)),
    "with abbasi2012, direction inferred": (
        (*MAIN, "abbasi2012-depression-ghq28"),
        (4, -0.677, 0.000, 2.34, -0.939, -0.415, -1.102, -0.252, -1.252, -0.102),
    ),
    "rajizadeh2017 by its end scores": (
        ("rajizadeh2017-depression-bdi2-end", *MAIN[1:]),
        (3, -0.556, 0.000, 0.73, -0.844, -0.269, -1.187, 0.075, -2.419, 1.307),
    ),
    "with three that found no difference": (
        (*MAIN, (19, 18), (33, 33), (27, 27)),
        (6, -0.316, 0.046, 8.29, -0.591, -0.042, -0.680, 0.048, -1.029, 0.397),
    ),
}


def row_of(known: str | tuple[int, int]) -> PoolRow:
    """The effect of that key as it is shipped; or none at all, in arms of these sizes."""
    if isinstance(known, tuple):
        return PoolRow(0.0, standard_error(0.0, *known))
    effect = Effect.objects.get(key=known)
    return PoolRow(effect.smd, effect.se)


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
@pytest.mark.parametrize("name", CHECKED)
def test_every_pool_of_the_evidences_check_is_ours_and_statsmodels(first_edition: None, name: str) -> None:
    keys, printed = CHECKED[name]
    rows = [row_of(key) for key in keys]
    ours = pool(rows)
    theirs = combine_effects(np.array([r.effect for r in rows]), np.array([r.se for r in rows]) ** 2, method_re="dl")
    kind = "re" if theirs.tau2 > 0 else "fe"
    mean, se, adjusted = (
        getattr(theirs, f"{figure}_{kind}{end}")
        for figure, end in (("mean_effect", ""), ("sd_eff_w", ""), ("sd_eff_w", "_hksj"))
    )
    tau2, half = max(0.0, theirs.tau2), stats.t.ppf(0.975, len(rows) - 1) * max(se, adjusted)
    ahead = stats.t.ppf(0.975, len(rows) - 2) * np.sqrt(tau2 + se**2)
    usual = stats.norm.ppf(0.975) * se
    by_statsmodels = (mean, tau2, theirs.q, *(mean + end for each in (usual, half, ahead) for end in (-each, each)))

    assert ours.prediction
    found = (ours.mean, ours.tau2, ours.q, *ours.usual, *ours.careful, *ours.prediction)
    print(f"\n{name}\n{'check':>10} {'ours':>12} {'statsmodels':>12}")
    for checked, figure, other in zip(printed[1:], found, by_statsmodels, strict=True):
        print(f"{checked:>10} {figure:>12.6f} {other:>12.6f}")
    assert found == pytest.approx(by_statsmodels, **SIX_DIGITS)
    assert (ours.k, *(round(figure, 2 if at == 2 else 3) for at, figure in enumerate(found))) == printed
