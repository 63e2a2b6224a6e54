"""How large the effects behind a grade are, in words, one trial at a time: never averaged, never worked out here.

Cohen's rough guide for a standardised mean difference (Statistical Power Analysis for the Behavioral Sciences, 2nd
edition, 1988): 0.2 is small, 0.5 medium, 0.8 large. What is smaller than small is called very small. A size whose
interval includes zero, no difference, is never said without saying so. docs/grading.md says the same for editors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms_catalog.grading.rule import TRIALS, Grade, Source
from forms_catalog.models import Effect
from forms_catalog.models.vocabulary import Intervention
from mgsite.templatetags.ui import figure

STEPS = ((0.8, "large"), (0.5, "medium"), (0.2, "small"), (0.0, "very small"))
ORDER = tuple(word for _, word in reversed(STEPS))
NOT_STATED, NOT_COMPARABLE = "not stated", "not comparable"
OFF_THE_QUESTION = frozenset({"form", "comparator"})
"""A trial that does not fit in one of these did not measure what this form does against nothing."""


@dataclass(frozen=True, slots=True)
class Size:
    """The size one trial found, as its record holds it. Below zero favours magnesium."""

    smd: float
    interval: tuple[float, float] | None
    """95 %; None: not seen."""

    @property
    def word(self) -> str:
        """Cohen's word, whichever way it points."""
        return next(word for least, word in STEPS if abs(self.smd) >= least)

    @property
    def is_clear(self) -> bool:
        """Whether the interval was seen and leaves zero out."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]

    @property
    def is_against(self) -> bool:
        """Whether it favours the comparison. A very small one points nowhere."""
        return self.smd > 0 and self.word != ORDER[0]

    @property
    def in_words(self) -> str:
        """'small effect, may be none'; without an interval, that it was not seen."""
        if self.interval and not self.is_clear and self.word == ORDER[0]:
            return "no clear effect"
        said = f"{self.word} effect{' against magnesium' if self.is_against else ''}"
        return said if self.is_clear else f"{said}, {'may be none' if self.interval else 'interval not seen'}"

    @property
    def in_figures(self) -> str:
        """'−0.308 (−0.625 to 0.009)'."""
        ends = " to ".join(map(figure, self.interval)) if self.interval else "interval not seen"
        return f"{figure(self.smd)} ({ends})"


Found = Size | str
"""A size, or the word for why there is none."""


def sizes_of(graded: Grade | None, effects: Mapping[str, Sequence[Effect]], *, outcome: int) -> dict[str, Found]:
    """What each single trial that a grade counts holds for an outcome, by the trial's key.

    `effects`: the main row of each comparison by the slug of its study. Empty where the grade rests on no trial.
    """
    if graded is None or graded.basis is not TRIALS:
        return {}
    trials = [source for source in graded.counted if not source.is_review]
    return {trial.key: size_of(trial, effects.get(trial.key, ()), outcome=outcome) for trial in trials}


def size_of(trial: Source, effects: Sequence[Effect], *, outcome: int) -> Found:
    """The size for the outcome itself, else for its one part that was measured."""
    rows = [row for row in effects if row.outcome_id == outcome]
    rows = rows or [row for row in effects if row.outcome.broader_id == outcome]
    if not rows:
        return NOT_STATED
    row, ends = rows[0], (rows[0].ci_low, rows[0].ci_high)
    if row.smd is None or len(rows) > 1 or trial.indirect & OFF_THE_QUESTION or not is_comparable(row):
        return NOT_COMPARABLE
    return Size(row.smd, None if ends[0] is None or ends[1] is None else (ends[0], ends[1]))


def is_comparable(row: Effect) -> bool:
    """Whether it is of magnesium alone, against nothing active, and not in doubt."""
    alone = row.intervention == Intervention.MAGNESIUM_ALONE and not row.comparator.startswith("active")
    return alone and not row.flag


def in_words(found: Mapping[str, Found]) -> str:
    """All sizes of a cell in a few words; empty where there is no trial."""
    sizes = [each for each in found.values() if isinstance(each, Size)]
    reasons = Counter(each for each in found.values() if isinstance(each, str))
    if not sizes:
        return f"size{'' if len(found) == 1 else 's'} {' or '.join(reasons)}" if reasons else ""
    said = _range(sizes)
    if not reasons:
        return said
    of = f" in {len(sizes)} trial{'' if len(sizes) == 1 else 's'}"
    return ", ".join([said + of, *(f"{reason} in {number}" for reason, number in reasons.items())])


def _range(sizes: Sequence[Size]) -> str:
    """One size, the same of several, or from the smallest to the largest."""
    if len({size.in_words for size in sizes}) == 1:
        return sizes[0].in_words + (" in each" if len(sizes) > 1 else "")
    if len({size.is_against for size in sizes}) > 1:
        return "sizes differ, also in direction"
    words = sorted({size.word for size in sizes}, key=ORDER.index)
    said = f"{words[0]} to {words[-1]} effects" if len(words) > 1 else f"{words[0]} effects"
    said += " against magnesium" if all(size.is_against for size in sizes) else ""
    unclear = sum(not size.is_clear for size in sizes)
    return f"{said}, {unclear} of {len(sizes)} may be none" if unclear else said
