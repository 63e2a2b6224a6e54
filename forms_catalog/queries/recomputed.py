"""The does-it-recompute panel: each printed figure worked out again, now, from the inputs on file.

The state shown is what the arithmetic gives today, not the one that was stored with the record.
"""

from dataclasses import dataclass
from typing import Any

from forms_catalog.models import Recomputation
from forms_catalog.models.vocabulary import RecomputationState
from forms_catalog.recompute import CannotRecompute, as_stored, calculate, judge

DIGITS = 4
"""Significant digits of a recomputed figure; the printed ones have three or four."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """One calculation as it can be redone by hand."""

    call: str
    """Function and arguments: 'elemental(2500, 25.53)'."""
    value: str
    spread: str
    """The range that the rounding of the printed inputs allows; empty when nothing was rounded."""


@dataclass(frozen=True, slots=True)
class Check:
    """One printed figure with its working."""

    row: Recomputation
    state: RecomputationState
    words_stand: bool
    """Whether the editors' words are about what the arithmetic gives now: not after its inputs were changed."""
    inputs: list[tuple[str, str]]
    calculations: list[Calculation]


def checks_of(rows: list[Recomputation]) -> list[Check]:
    """The panel's rows."""
    return [
        Check(
            row=row,
            state=state_now(row),
            words_stand=words_stand(row),
            inputs=[(name.replace("_", " "), in_words(value)) for name, value in row.inputs.items()],
            calculations=[done for calc in row.calc if (done := redo(calc)) is not None],
        )
        for row in rows
    ]


def state_now(row: Recomputation) -> RecomputationState:
    """What the arithmetic gives; cannot tell where it cannot be run."""
    try:
        return judge(row.calc, row.compare)
    except CannotRecompute:
        return RecomputationState.CANNOT_TELL


def words_stand(row: Recomputation) -> bool:
    """Whether results and state are still those that the words beside them were written about."""
    try:
        return as_stored(row.calc, row.compare, state=row.state)
    except CannotRecompute:
        return False


def redo(calc: dict[str, Any]) -> Calculation | None:
    """One calculation, run; None where it cannot be."""
    try:
        result = calculate(calc)
    except CannotRecompute:
        return None
    call = f"{calc['fn'].replace('_', ' ')}({', '.join(in_words(argument) for argument in calc['args'])})"
    spread = f"{shown(result.low)} to {shown(result.high)}" if result.low < result.high else ""
    return Calculation(call=call, value=shown(result.value), spread=spread)


def shown(value: float) -> str:
    """A figure to four significant digits, never in powers of ten, with a true minus sign."""
    if value == 0:
        return "0"
    text = f"{value:.{DIGITS}g}"
    return (f"{value:.6f}".rstrip("0").rstrip(".") if "e" in text else text).replace("-", "−")


def in_words(value: Any) -> str:
    """An input as it was printed: a number, a word, yes or no, or several of them."""
    if isinstance(value, list):
        return " and ".join(in_words(part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("-", "−") if isinstance(value, int | float) else str(value)
