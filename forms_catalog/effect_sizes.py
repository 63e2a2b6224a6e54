"""Standardised mean differences from what a trial printed, on one sign convention: below zero favours magnesium.

Formulas (Hedges' g with its small-sample factor J):
  d = difference / pooled SD;  g = J·d;  J = 1 - 3 / (4·df - 1)
  standard error = J·sqrt((n1 + n2) / (n1·n2) + d² / (2·(n1 + n2)));  interval = g ∓ 1.96·se
  crossover, from p: d = t / sqrt(n);  standard error = J·sqrt(1/n + d² / (2·n))
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms_catalog.distributions import Z_975, t_quantile_two_sided
from forms_catalog.models.vocabulary import EffectMethod

SIGNS = {"favours_magnesium": -1, "favours_comparator": 1, "not_stated": 0}


@dataclass(frozen=True, slots=True)
class EffectSize:
    """An effect with its standard error and 95 % interval. None: the inputs do not say."""

    smd: float | None = None
    smd_abs: float | None = None
    """Size alone, where the direction was not stated."""
    se: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None


def correction(df: float) -> float:
    """Hedges' small-sample factor J."""
    return 1 - 3 / (4 * df - 1)


def standard_error(d: float, n1: float, n2: float) -> float:
    """Standard error of g for two arms."""
    return correction(n1 + n2 - 2) * math.sqrt((n1 + n2) / (n1 * n2) + d * d / (2 * (n1 + n2)))


def d_from_md_ci(md: float, low: float, high: float, n1: float, n2: float) -> float:
    """Standardised difference from a mean difference and its 95 % interval."""
    se = (high - low) / (2 * t_quantile_two_sided(0.05, n1 + n2 - 2))
    return md / (se / math.sqrt(1 / n1 + 1 / n2))


def pooled_sd(s1: float, n1: float, s2: float, n2: float) -> float:
    """Standard deviation pooled over two arms."""
    if min(s1, s2) < 0 or min(n1, n2) < 1:
        raise ValueError("A spread below zero, or an arm without people")
    return math.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2))


def _signed(g: float, se: float, *, flip: bool) -> EffectSize:
    g = -g if flip else g
    return EffectSize(smd=g, se=se, ci_low=g - Z_975 * se, ci_high=g + Z_975 * se)


def _of_two_arms(d: float, inputs: Mapping[str, Any], *, flip: bool) -> EffectSize:
    n1, n2 = inputs["n_mg"], inputs["n_control"]
    return _signed(correction(n1 + n2 - 2) * d, standard_error(d, n1, n2), flip=flip)


def _from_means(inputs: Mapping[str, Any], *, flip: bool) -> EffectSize:
    difference = inputs["mean_mg"] - inputs["mean_control"]
    if inputs.get("n_unseen"):
        d = difference / math.sqrt((inputs["sd_mg"] ** 2 + inputs["sd_control"] ** 2) / 2)
        return EffectSize(smd=-d if flip else d)
    sd = pooled_sd(inputs["sd_mg"], inputs["n_mg"], inputs["sd_control"], inputs["n_control"])
    return _of_two_arms(difference / sd, inputs, flip=flip)


def _from_md_ci(inputs: Mapping[str, Any], *, flip: bool) -> EffectSize:
    figures = (inputs[name] for name in ("md", "md_ci_low", "md_ci_high", "n_mg", "n_control"))
    return _of_two_arms(d_from_md_ci(*figures), inputs, flip=flip)


def _from_p(inputs: Mapping[str, Any], *, flip: bool) -> EffectSize:
    """Size worked back from a two-sided p; the sign comes from the stated direction, not from `flip`."""
    sign = SIGNS[inputs["direction"]]
    if "n_pairs" in inputs:
        n = inputs["n_pairs"]
        d = t_quantile_two_sided(inputs["p"], n - 1) / math.sqrt(n)
        g, se = correction(n - 1) * d, correction(n - 1) * math.sqrt(1 / n + d * d / (2 * n))
    else:
        n1, n2 = inputs["n_mg"], inputs["n_control"]
        d = t_quantile_two_sided(inputs["p"], n1 + n2 - 2) * math.sqrt(1 / n1 + 1 / n2)
        g, se = correction(n1 + n2 - 2) * d, standard_error(d, n1, n2)
    return _signed(sign * g, se, flip=False) if sign else EffectSize(smd_abs=g, se=se)


def _from_counts(inputs: Mapping[str, Any], *, flip: bool) -> EffectSize:
    """Log odds ratio times sqrt(3)/pi."""
    a, c = inputs["events_mg"], inputs["events_control"]
    b, d = inputs["n_mg"] - a, inputs["n_control"] - c
    scale = math.sqrt(3) / math.pi
    return _signed(scale * math.log(a * d / (b * c)), scale * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d), flip=flip)


def _as_reported(inputs: Mapping[str, Any], *, flip: bool) -> EffectSize:
    if "cohens_d" in inputs:
        return _of_two_arms(inputs["cohens_d"], inputs, flip=flip)
    if "es" in inputs:
        return _signed(inputs["es"], (inputs["es_ci_high"] - inputs["es_ci_low"]) / (2 * Z_975), flip=flip)
    return EffectSize()


METHODS = {
    EffectMethod.REPORTED: _as_reported,
    EffectMethod.COMPUTED_FROM_MEANS: _from_means,
    EffectMethod.COMPUTED_FROM_MD_CI: _from_md_ci,
    EffectMethod.COMPUTED_FROM_P: _from_p,
    EffectMethod.COMPUTED_FROM_COUNTS: _from_counts,
}


def effect_size(method: str, inputs: Mapping[str, Any], *, sign_flipped: bool) -> EffectSize:
    """Work an effect out from its inputs. Raises KeyError when an input is missing or the method unknown."""
    return METHODS[EffectMethod(method)](inputs, flip=sign_flipped)
