"""How forms that stand side by side differ, in sentences. Only what the catalog holds; nothing is called better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from forms_catalog.explorer.sides import Side
from forms_catalog.grading.cells import Cell, Lean
from forms_catalog.grading.rule import REMOTE, Grade
from forms_catalog.grading.words import lower_first
from forms_catalog.models import Outcome
from mgsite.templatetags.ui import decimals, in_series

ABSORPTION = "absorption"
FOUND = {
    Lean.BENEFIT: "point to a benefit",
    Lean.NO_DIFFERENCE: "found no clear difference",
    Lean.BOTH_WAYS: "are mixed",
}


def differences(sides: Sequence[Side], outcomes: Iterable[Outcome]) -> list[str]:
    """Each difference as one sentence, cautions first."""
    compared = [outcome for outcome in outcomes if outcome.is_main or outcome.slug == ABSORPTION]
    return [
        *cautions(sides),
        *shares(sides),
        *trials(sides, compared),
        *leanings(sides, compared),
        *doses(sides),
    ]


def cautions(sides: Sequence[Side]) -> list[str]:
    """How many cautions of each form do not stand with all of them."""
    shared = set.intersection(*(set(side.form.cautions) for side in sides))
    own = [(side.name, len(set(side.form.cautions) - shared)) for side in sides]
    said = [f"{number or 'none'} for {name}" for name, number in own]
    return [f"Cautions that they do not all share: {in_series(said)}."] if any(number for _, number in own) else []


def shares(sides: Sequence[Side]) -> list[str]:
    """Which holds most magnesium by weight, with the figures of all whose structure is on file."""
    known = [(side.hydrate.elemental_percent, side) for side in sides if side.hydrate]
    ordered = sorted(known, key=lambda pair: -pair[0])
    figures = [(f"{decimals(share, 1)} %", side.name) for share, side in ordered]
    if len({words for words, _ in figures}) < 2:
        return []
    (most, name), *others = figures
    against = in_series([f"{share} for {other}" for share, other in others])
    return [
        f"{capital(name)} holds the most magnesium by weight: {most}, against {against}. "
        "That says nothing of how much the body takes up."
    ]


def trials(sides: Sequence[Side], outcomes: Iterable[Outcome]) -> list[str]:
    """Which have trials in people for an outcome and which have none; outcomes with the same answer together."""
    answers: dict[tuple[str, ...], list[str]] = {}
    for outcome in outcomes:
        having = tuple(side.name for side in sides if side.trials.get(outcome.pk))
        answers.setdefault(having, []).append(lower_first(outcome.name))
    everyone = tuple(side.name for side in sides)
    answers.pop(everyone, None)
    return [_trials(having, everyone, listed(names)) for having, names in answers.items()]


def _trials(having: tuple[str, ...], everyone: tuple[str, ...], outcomes: str) -> str:
    if not having:
        return f"{'Neither' if len(everyone) == 2 else 'None of them'} has a trial in people on file for {outcomes}."
    if len(having) == 1:
        return f"Only {having[0]} has a trial in people on file for {outcomes}."
    without = [name for name in everyone if name not in having]
    lack = f"{in_series(without)} {'has' if len(without) == 1 else 'have'} none"
    return f"{capital(in_series(list(having)))} have trials in people on file for {outcomes}; {lack}."


def leanings(sides: Sequence[Side], outcomes: Iterable[Outcome]) -> list[str]:
    """Where studies of people point different ways for one outcome; what animals alone showed is not set beside."""
    found = []
    for outcome in outcomes:
        graded = [(side.name, side.evidence[outcome.pk].cell) for side in sides if outcome.pk in side.evidence]
        told = [(name, cell) for name, cell in graded if cell.grade and cell.grade.basis is not REMOTE]
        if len({cell.lean for _, cell in told}) > 1:
            said = in_series([_lean(name, cell) for name, cell in told])
            found.append(f"For {lower_first(outcome.name)}, {said}.")
    return found


def _lean(name: str, cell: Cell) -> str:
    found, certainty = FOUND[cast(Lean, cell.lean)], cast(Grade, cell.grade).certainty
    return f"studies of {name} {found} ({str(certainty.label).lower()} certainty)"


def doses(sides: Sequence[Side]) -> list[str]:
    """Whose daily dose no trial gives, where that of another is known."""
    unseen = [side.name for side in sides if not side.dose_range]
    if not unseen or len(unseen) == len(sides):
        return []
    return [f"No daily dose from a trial in people is on file for {listed(unseen)}."]


def listed(words: list[str]) -> str:
    """'sleep', 'sleep or anxiety', 'sleep, anxiety or memory'; a name that holds an 'and' cannot be joined by one."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def capital(words: str) -> str:
    """Words as they open a sentence."""
    return words[:1].upper() + words[1:]
