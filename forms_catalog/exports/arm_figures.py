"""What each arm came to, as columns of a comparison: kept as JSON in its record, so that a figure may be missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forms_catalog.exports.columns import Column, number, text

OF_MEASURE = "in the unit of its measure"
WHEN = {"end": "at the end", "change": "of the change from the start"}
ARMS = {"mg": ("magnesium", "on magnesium"), "control": ("comparison", "in the comparison")}
FIGURES = {"mean": "Mean", "sd": "Standard deviation"}
OF_DIFFERENCE = "in the unit of mean_difference_unit"


def figure_at(*steps: str) -> Callable[[Any], Any]:
    """Reads a figure kept as JSON: the field, then the keys in it; None as soon as a step is missing."""

    def read(record: Any) -> Any:
        found = getattr(record, steps[0])
        for step in steps[1:]:
            found = (found or {}).get(step)
        return found

    return read


def arm_figures() -> tuple[Column, ...]:
    """Mean and standard deviation of each arm, at the end and of the change, as the source prints them."""
    return tuple(
        number(
            f"{figure}_{when}_{arm}", f"{words} {at} {where}, as printed", OF_MEASURE, figure_at(when, stored, figure)
        )
        for when, at in WHEN.items()
        for stored, (arm, where) in ARMS.items()
        for figure, words in FIGURES.items()
    )


def difference() -> tuple[Column, ...]:
    """The difference of the means as printed, with its interval and unit."""
    return (
        number("mean_difference", "Difference of the means, as printed", OF_DIFFERENCE, figure_at("md", "value")),
        number("mean_difference_ci_low", "Low end of its 95 % interval", OF_DIFFERENCE, figure_at("md", "ci_low")),
        number("mean_difference_ci_high", "High end of its 95 % interval", OF_DIFFERENCE, figure_at("md", "ci_high")),
        text("mean_difference_unit", "Its unit, and which way it counts", figure_at("md", "unit")),
    )
