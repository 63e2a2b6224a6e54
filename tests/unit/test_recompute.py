"""Figures worked out again, and the judgement that follows. The shipped ones are in tests/content."""

from __future__ import annotations

import math
from typing import Any

import pytest

from forms_catalog.effect_sizes import effect_size
from forms_catalog.recompute import FUNCTIONS, CannotRecompute, calculate, judge

KNOWN_VALUES = [
    ("elemental", [828, 60.3], 499.284),
    ("compound_needed", [100, 60.3], 165.837),
    ("mmol_to_mg", [10], 243.05),
    ("glycine_with", [250], 1544.3),
    ("difference", [5, 3], 2),
    ("total", [1, 2, 3], 6),
    ("divide", [1, 4], 0.25),
    ("percent_of", [23, 26], 88.46),
    ("midpoint", [-7.9, -4.2], -6.05),
    ("ratio_midpoint", [1, 4], 2),
    ("p_from_means", [11.4, 3.8, 12, 10.9, 4.3, 11], 0.7701),
    ("p_from_means_se", [1.3, 0.04, 25, 1.4, 0.04, 25], 0.0835),
    ("p_from_d", [0.5, 30, 30], 0.0578),
    ("p_from_ci_t", [-6, -7.9, -4.1, 111], 7.533e-9),
    ("p_from_ci_z", [-6, -7.9, -4.1], 6.041e-10),
    ("p_paired", [1, 2, 16], 0.0639),
    ("p_paired_se", [1, 0.5, 16], 0.0639),
    ("p_chi2", [23, 26, 13, 27], 0.0016708),
    ("p_fisher", [23, 26, 13, 27], 0.00276),
    ("d_from_md_ci", [-1.6, -2.8, -0.4, 77, 78], -0.4241),
    ("d_paired_from_ci", [1, 0.2, 1.8, 12], 0.794),
    ("mean_ci_low", [11.4, 3.8, 12, 10.9, 4.3, 11], -3.01),
    ("mean_ci_high", [11.4, 3.8, 12, 10.9, 4.3, 11], 4.01),
    ("implied_r", [3, 4, 5], 0),
    ("paired_r_for_p", [1, 2, 2, 16, 0.0639], 0.5),
    ("nearest_mean_below", [11.26, 26], 11.2308),
    ("nearest_mean_above", [11.26, 26], 11.2692),
    ("largest_sd", [0, 4, 1], math.sqrt(3)),
]


@pytest.mark.parametrize(("name", "args", "value"), KNOWN_VALUES)
def test_function_gives_the_known_value(name: str, args: list[float], value: float) -> None:
    assert FUNCTIONS[name](*args) == pytest.approx(value, rel=0.005)


def test_every_function_has_a_known_value() -> None:
    assert {name for name, _, _ in KNOWN_VALUES} == set(FUNCTIONS)


def test_range_covers_the_rounding_of_the_printed_figures() -> None:
    result = calculate({"fn": "difference", "args": [5.2, 3.1], "half": [0.05, 0]})

    assert (result.value, result.low, result.high) == pytest.approx((2.1, 2.05, 2.15))


@pytest.mark.parametrize(
    "calc",
    [
        {"fn": "os.system", "args": ["true"]},
        {"args": [1, 2]},
        {"fn": "difference"},
        {"fn": "difference", "args": [1]},
        {"fn": "difference", "args": ["1", 2]},
        {"fn": "divide", "args": [1, 0]},
        {"fn": "ratio_midpoint", "args": [-1, 2]},
        {"fn": "difference", "args": [1, 2], "half": [0.1]},
        {"fn": "total", "args": [1] * 12, "half": [0.1] * 12},
        {"fn": "divide", "args": [1e12, 1e-300]},
        {"fn": "p_chi2", "args": [27, 26, 13, 27]},
        {"fn": "p_fisher", "args": [27, 26, 13, 27]},
        {"fn": "p_from_means", "args": [2, -1, 12, 3, 1, 12]},
        {"fn": "p_from_means", "args": [2, 0, 12, 3, 0, 12]},
        {"fn": "p_from_means", "args": [2, 1, 0, 3, 1, 12]},
        {"fn": "p_from_means", "args": [2, 1, 1, 3, 1, 1]},
        {"fn": "p_from_ci_t", "args": [1, 0, 2, -3]},
        {"fn": "p_from_ci_z", "args": [1, 1, 1]},
        {"fn": "p_paired", "args": [1, 2, 0.5]},
    ],
)
def test_calculation_that_cannot_be_run_says_so(calc: dict[str, Any]) -> None:
    with pytest.raises(CannotRecompute):
        calculate(calc)


@pytest.mark.parametrize(
    ("compare", "state"),
    [
        (None, "cannot_tell"),
        ({"with": 0, "reported": 500, "within_percent": 5}, "recomputes"),
        ({"with": 0, "reported": 450, "within_percent": 5}, "does_not"),
        ({"with": 0, "reported": 450, "within_percent": 5, "any_of": [0, 1]}, "recomputes"),
        ({"with": 0, "reported": 499.3, "half": 0.05}, "recomputes"),
        ({"with": 0, "reported": 499.4, "half": 0.05}, "does_not"),
        ({"with": 0, "below": 500}, "recomputes"),
        ({"with": 0, "below": 499}, "does_not"),
        ({"with": 0, "above": 499}, "recomputes"),
        ({"with": 0, "above": 500}, "does_not"),
    ],
)
def test_state_follows_from_the_comparison(compare: dict[str, Any] | None, state: str) -> None:
    calcs = [{"fn": "elemental", "args": [828, 60.3]}, {"fn": "elemental", "args": [750, 60.3]}]

    assert judge(calcs, compare) == state


@pytest.mark.parametrize(("reported", "state"), [(-5.1, "recomputes"), (-6, "does_not"), (5, "does_not")])
def test_percentage_of_a_figure_below_zero_is_a_size(reported: float, state: str) -> None:
    compare = {"with": 0, "reported": reported, "within_percent": 5}
    assert judge([{"fn": "difference", "args": [0, 5]}], compare) == state


@pytest.mark.parametrize("compare", [{"with": 7}, {"any_of": [0]}, {"reported": 1}, {"with": 0, "reported": "1"}])
def test_comparison_that_cannot_be_made_says_so(compare: dict[str, Any]) -> None:
    with pytest.raises(CannotRecompute):
        judge([{"fn": "total", "args": [1]}], compare)


ARMS = {"n_mg": 26, "n_control": 27}


@pytest.mark.parametrize(
    ("method", "inputs", "expected"),
    [
        (
            "computed_from_means",
            ARMS | {"mean_mg": -15.65, "sd_mg": 8.9, "mean_control": -10.4, "sd_control": 7.9},
            (-0.615, 0.277, -1.159, -0.072),
        ),
        ("computed_from_p", {"p": 0.01, "n_mg": 23, "n_control": 23, "direction": "favours_magnesium"},
         (-0.78, 0.301, -1.37, -0.19)),
        ("computed_from_p", {"p": 0.05, "n_pairs": 12, "direction": "favours_comparator"},
         (0.591, 0.294, 0.014, 1.168)),
        ("reported", {"es": -0.3, "es_ci_low": -0.6, "es_ci_high": 0.0}, (-0.3, 0.153, -0.6, 0.0)),
        ("reported", {}, (None, None, None, None)),
    ],
)  # fmt: skip
def test_effect_size_follows_from_its_inputs(method: str, inputs: dict[str, Any], expected: tuple[Any, ...]) -> None:
    size = effect_size(method, inputs, sign_flipped=False)

    assert (size.smd, size.se, size.ci_low, size.ci_high) == pytest.approx(expected, abs=0.0011)


def test_flipping_the_sign_turns_effect_and_interval_round() -> None:
    counts = ARMS | {"events_mg": 15, "events_control": 10}

    kept = effect_size("computed_from_counts", counts, sign_flipped=False)
    flipped = effect_size("computed_from_counts", counts, sign_flipped=True)

    assert (flipped.smd, flipped.ci_low, flipped.ci_high) == (-kept.smd, -kept.ci_high, -kept.ci_low)  # type: ignore[operator]


def test_size_without_a_direction_has_no_sign() -> None:
    size = effect_size("computed_from_p", ARMS | {"p": 0.02, "direction": "not_stated"}, sign_flipped=False)

    assert size.smd is None
    assert size.smd_abs is not None


def test_size_without_arm_sizes_has_no_interval() -> None:
    means = {"mean_mg": 10, "sd_mg": 3, "mean_control": 13, "sd_control": 3, "n_unseen": True}

    size = effect_size("computed_from_means", means, sign_flipped=False)

    assert (size.smd, size.se) == (-1, None)
