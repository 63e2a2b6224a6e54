"""Every computed figure of the shipped edition is worked out again from the inputs beside it."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

import pytest

from forms_catalog import chemistry
from forms_catalog.edition.layout import DATA
from forms_catalog.edition.reading import read_folder
from forms_catalog.effect_sizes import effect_size
from forms_catalog.recompute import calculate, judge
from tests.unit.test_chemistry import STRUCTURES

SOURCES, _ = read_folder(DATA, kinds=["forms", "studies"])
STUDIES = {source.slug: source.document for source in SOURCES if source.kind == "studies"}
EFFECTS = [
    pytest.param(slug, effect, id=effect["key"])
    for slug, study in STUDIES.items()
    for effect in study.get("effects", [])
]
CHECKS = [
    pytest.param(check, id=f"{slug}-{number}")
    for slug, study in STUDIES.items()
    for number, check in enumerate(study.get("recomputations", []), start=1)
]
# The formulas of the shipped structures with the elemental share of the reference table, per cent.
SHARES = {formula: percent for formula, _, percent in STRUCTURES}

Row = dict[str, Any]


@pytest.mark.parametrize(("slug", "effect"), EFFECTS)
def test_effect_follows_from_its_inputs(slug: str, effect: Row) -> None:
    worked_out = effect_size(effect["method"], effect.get("inputs", {}), sign_flipped=effect["sign_flipped"])

    for name in ("smd", "smd_abs", "se", "ci_low", "ci_high"):
        assert effect.get(name) == pytest.approx(getattr(worked_out, name), abs=0.0011), name


@pytest.mark.parametrize(("slug", "effect"), EFFECTS)
def test_effect_agrees_with_what_it_shows(slug: str, effect: Row) -> None:
    inputs = effect.get("inputs", {})
    sizes = effect.get("n_mg"), effect.get("n_control")

    assert effect["key"].startswith(f"{slug}-")
    assert effect.get("timepoint_days") or effect.get("timepoint_text")
    if inputs.get("n_unseen"):
        assert sizes == (None, None)
        assert effect["n_basis"] == "not_seen"
    elif "n_pairs" in inputs:
        assert sizes == (inputs["n_pairs"], inputs["n_pairs"])
    else:
        assert sizes == (inputs.get("n_mg"), inputs.get("n_control"))
    if "n_total_seen" in effect and effect.get("n_mg"):
        assert sum(sizes) == effect["n_total_seen"]
    if effect["n_basis"] == "equal_split_assumed":
        assert abs(sizes[0] - sizes[1]) <= 1


@pytest.mark.parametrize(("slug", "effect"), EFFECTS)
def test_inputs_are_the_printed_figures(slug: str, effect: Row) -> None:
    inputs = effect.get("inputs", {})
    if "kind" in inputs:
        shown = effect[inputs["kind"]]
        printed = [shown[arm][figure] for arm in ("mg", "control") for figure in ("mean", "sd")]
        assert printed == [inputs[name] for name in ("mean_mg", "sd_mg", "mean_control", "sd_control")]
    if "md" in inputs and "md" in effect:
        assert abs(effect["md"]["value"]) == abs(inputs["md"])
        ends = sorted(abs(effect["md"][end]) for end in ("ci_low", "ci_high"))
        assert ends == sorted(abs(inputs[end]) for end in ("md_ci_low", "md_ci_high"))
    if "p" in inputs:
        assert float(re.sub(r"[^0-9.]", "", effect["p_reported"])) == inputs["p"]
    if effect.get("p_reported", "").startswith("<") and "p" in inputs:
        assert effect["p_is_bound"]
        assert not effect["poolable"]


@pytest.mark.parametrize(("slug", "effect"), EFFECTS)
def test_effect_agrees_with_its_trial(slug: str, effect: Row) -> None:
    trial = STUDIES[slug]["trial"]

    assert effect["design"] == trial["design"]
    assert effect["outcome"] in trial["outcomes"]
    assert (effect["intervention"] == "magnesium_alone") == bool(trial.get("magnesium_alone"))
    if effect["n_basis"] == "seen" and effect["design"] == "parallel":
        arms = [arm for arm in trial["arms"] if arm["role"] == "magnesium"]
        assert any(effect["n_mg"] in (arm.get("n_randomised"), arm.get("n_analysed")) for arm in arms)


def test_only_depression_has_enough_rows_to_pool() -> None:
    poolable = Counter(
        (row["outcome"], row["design"], row["intervention"])
        for study in STUDIES.values()
        for row in study.get("effects", [])
        if row["poolable"] and row["primary_row"] and row["comparator"] == "placebo"
    )

    assert {key: rows for key, rows in poolable.items() if rows >= 3} == {
        ("depression", "parallel", "magnesium_alone"): 3
    }


@pytest.mark.parametrize("check", CHECKS)
def test_figure_worked_out_again_gives_the_value_and_the_state_it_says(check: Row) -> None:
    for calc in check.get("calc", []):
        result = calculate(calc)
        assert math.isclose(result.value, calc["value"], rel_tol=2e-3, abs_tol=5e-7), calc
        low, high = calc.get("range", (result.low, result.high))
        assert math.isclose(result.low, low, rel_tol=2e-3, abs_tol=5e-7), calc
        assert math.isclose(result.high, high, rel_tol=2e-3, abs_tol=5e-7), calc

    assert judge(check.get("calc", []), check.get("compare")) == check["state"]


def test_states_add_up() -> None:
    states = Counter(check.values[0]["state"] for check in CHECKS)

    assert sum(states.values()) == 64
    assert set(states) == {"recomputes", "does_not", "cannot_tell"}


def test_elemental_share_of_every_shipped_structure_is_that_of_the_reference_table() -> None:
    formulas = {
        structure["formula"]: 100 * chemistry.elemental_share(structure["formula"])
        for source in SOURCES
        if source.kind == "forms"
        for structure in source.document["hydrates"]
    }

    assert formulas == pytest.approx(SHARES, abs=0.01)
