"""Whether the people of a trial were like a person, one characteristic at a time. What is not stated is no match."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from forms_catalog.grading.words import lower_first
from forms_catalog.models.vocabulary import BaselineMagnesium, Condition, Sex
from mgsite.templatetags.ui import figure, in_series


class Match(Enum):
    """How the people of a trial stand to a characteristic; the value is the word that readers see.

    SOME: the trial took such people and others. Ages from 18 to 65 do not say that anybody was 60.
    """

    YES = "Like you"
    SOME = "Open to you"
    UNSTATED = "Not stated"
    NO = "Not like you"


@dataclass(frozen=True, slots=True)
class Answer:
    """A match, and what the trial's record says."""

    match: Match
    record: str


def together(answers: Collection[Answer]) -> Match:
    """One characteristic that differs decides; then one that is not stated; then one that took others too."""
    found = {answer.match for answer in answers}
    return next((match for match in (Match.NO, Match.UNSTATED, Match.SOME) if match in found), Match.YES)


def age_answer(band: tuple[int, int | None], *, low: int | None, high: int | None, mean: float | None) -> Answer:
    """A band of years (no end: and older) against the ages a trial took. A mean alone says nothing of one person."""
    start, end = band
    if low is None and high is None:
        return Answer(Match.UNSTATED, f"mean {figure(mean)} years, range not seen" if mean else "age not seen")
    above, below = low is not None and end is not None and low > end, high is not None and high < start
    if above or below:
        return Answer(Match.NO, ages(low, high))
    inside = (low or 0) >= start and (end is None or (high is not None and high <= end))
    return Answer(Match.YES if inside else Match.SOME, ages(low, high))


def ages(low: int | None, high: int | None) -> str:
    """'18 to 65 years', '51 years or older', 'up to 70 years'."""
    if high is None:
        return f"{low} years or older"
    return f"up to {high} years" if low is None else f"{low} to {high} years"


def sex_answer(asked: str, *, sex: str) -> Answer:
    """Women or men against who took part."""
    if not sex:
        return Answer(Match.UNSTATED, "sex not seen")
    record = str(Sex(sex).label).lower()
    if sex == Sex.ALL:
        return Answer(Match.UNSTATED, record)
    return Answer(Match.SOME if sex == Sex.MIXED else Match.YES if sex == asked else Match.NO, record)


def condition_answer(asked: str, *, conditions: Collection[str]) -> Answer:
    """A condition against those that a trial recruited for; everybody in a trial has what it recruited for."""
    record = in_series([lower_first(str(Condition(value).label)) for value in conditions if value in Condition.values])
    return Answer(Match.YES if asked in conditions else Match.NO, record or "other")


def magnesium_answer(asked: str, *, baseline: str) -> Answer:
    """Low magnesium or not, against what was measured at the start."""
    record = str(BaselineMagnesium(baseline).label).lower()
    if baseline == BaselineMagnesium.NOT_MEASURED:
        return Answer(Match.UNSTATED, record)
    return Answer(
        Match.SOME if baseline == BaselineMagnesium.MIXED else Match.YES if baseline == asked else Match.NO, record
    )
