"""The rule that gives a body of evidence its certainty, modelled on GRADE's five reasons to downgrade.

Sources: GRADE guidelines 3 (Balshem and others 2011, doi 10.1016/j.jclinepi.2010.07.015) for the four levels, where
trials and other studies begin, and the five reasons; for questions of association, where studies that watch people
begin high, Iorio and others 2015 (doi 10.1136/bmj.h870) and GRADE guidelines 28 (Foroutan and others 2020,
doi 10.1016/j.jclinepi.2019.12.023). The thresholds are this site's own, fixed so that anyone can redo the sum: GRADE
leaves them to judgement. It is a check on the editors' judgement, not a formal GRADE assessment.

Pure: knows no table, asks no database. docs/grading.md says the same in words; a test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from forms_catalog.models.vocabulary import Certainty, Question, Stance

FEW_PEOPLE, VERY_FEW_PEOPLE = 400, 100
LEVELS = {4: Certainty.HIGH, 3: Certainty.MODERATE, 2: Certainty.LOW, 1: Certainty.VERY_LOW}
IMPRECISION = "Imprecision"
DIMENSIONS = ("population", "form", "dose", "outcome", "comparator")


class Group(Enum):
    """What kind of evidence a source is; the value is how the page names it."""

    RANDOMISED = "randomised trials, or reviews of them"
    OBSERVATIONAL = "studies of people without random allocation"
    INDIRECT = "animal and laboratory studies, case reports, opinion and reference texts"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a body of evidence begins: which sources count together, at which level, and why."""

    groups: frozenset[Group]
    name: str
    start: int
    because: str


TRIALS = Basis(frozenset({Group.RANDOMISED}), Group.RANDOMISED.value, 4, "chance alone decided who was given what")
WATCHED = Basis(
    frozenset({Group.OBSERVATIONAL}),
    Group.OBSERVATIONAL.value,
    2,
    "without chance deciding who was given what, other causes cannot be told apart",
)
PEOPLE = Basis(
    frozenset({Group.RANDOMISED, Group.OBSERVATIONAL}),
    "studies of people, whatever their design",
    4,
    "the question is what goes together or how common it is, and studies that watch people can answer that",
)
REMOTE = Basis(
    frozenset({Group.INDIRECT}), Group.INDIRECT.value, 1, "none of it watched what happens in groups of people"
)

BASES: dict[Question, tuple[Basis, ...]] = {
    Question.EFFECT: (TRIALS, WATCHED, REMOTE),
    Question.ASSOCIATION: (PEOPLE, REMOTE),
    Question.FACT: (),
}
"""For each question, strongest first: the first basis with a source is graded; the sources of the others wait."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source as the rule sees it. None means not known."""

    key: str
    label: str
    group: Group
    stance: Stance
    is_review: bool = False
    people: int | None = None
    bias: tuple[str, ...] | None = None
    """Level of each domain of risk of bias; None or empty: not judged."""
    indirect: frozenset[str] = frozenset()
    """Those of DIMENSIONS in which it does not fit the question."""
    crosses_no_effect: bool | None = None
    """Whether its interval includes no effect."""
    industry: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One reason considered: how many levels it costs (0 to 2), and why, with this body's numbers."""

    domain: str
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A certainty with its whole working."""

    certainty: Certainty
    start: Certainty
    basis: Basis
    counted: tuple[Source, ...]
    left_out: tuple[Source, ...]
    """Weaker sources, which the rule does not count beside stronger ones."""
    background: tuple[Source, ...]
    """Sources that speak neither for nor against."""
    steps: tuple[Step, ...]

    @property
    def points(self) -> int:
        """Levels taken off in all, before the floor."""
        return sum(step.points for step in self.steps)

    @property
    def floored(self) -> bool:
        """Whether more would be taken off than there are levels below the start."""
        return self.basis.start - self.points < 1


def grade(sources: Sequence[Source], *, question: Question) -> Grade | None:
    """Grade a body of evidence; None when there is nothing to grade or the question is one of plain fact."""
    telling = [source for source in sources if source.stance != Stance.BACKGROUND]
    basis = next(
        (basis for basis in BASES[question] if any(source.group in basis.groups for source in telling)),
        None,
    )
    if basis is None:
        return None
    counted = tuple(source for source in telling if source.group in basis.groups)
    steps = (
        risk_of_bias(counted, basis),
        inconsistency(counted),
        indirectness(counted),
        imprecision(counted),
        publication_bias(counted),
    )
    return Grade(
        certainty=LEVELS[max(1, basis.start - sum(step.points for step in steps))],
        start=LEVELS[basis.start],
        basis=basis,
        counted=counted,
        left_out=tuple(source for source in telling if source.group not in basis.groups),
        background=tuple(source for source in sources if source.stance == Stance.BACKGROUND),
        steps=steps,
    )


def sources_in_words(number: int) -> str:
    """'1 source', '3 sources'."""
    return f"{number} source{'' if number == 1 else 's'}"


def people_in_words(number: int) -> str:
    """'1 person', '2,320 people'."""
    return "1 person" if number == 1 else f"{number:,} people"


def most(some: int, every: Sequence[Source]) -> bool:
    """Whether some of them are more than half of all."""
    return 2 * some > len(every)


def risk_of_bias(counted: Sequence[Source], basis: Basis) -> Step:
    """Two levels when most are at high risk; one when any is, or most raise concerns or were not judged."""
    domain = "Risk of bias"
    if basis.start < 4:
        return Step(domain, 0, "The starting level already allows for it.")
    judged = [source.bias for source in counted if source.bias]
    high = sum("high" in levels for levels in judged)
    low = sum(set(levels) == {"low"} for levels in judged)
    concern, unjudged = len(judged) - high - low, len(counted) - len(judged)
    words = (
        f"Of {sources_in_words(len(counted))}: {high} at high risk in some respect, {concern} with some concerns or "
        f"too little told, {low} at low risk throughout, {unjudged} not judged."
    )
    if most(high, counted):
        return Step(domain, 2, words)
    return Step(domain, int(bool(high) or most(concern + unjudged, counted)), words)


def inconsistency(counted: Sequence[Source]) -> Step:
    """Two levels when two or more, and a third or more, disagree with the rest; one when any disagree or most limit."""
    domain = "Inconsistency"
    if len(counted) == 1:
        return Step(domain, 0, "One source only, so agreement cannot be judged.")
    supports = sum(source.stance == Stance.SUPPORTS for source in counted)
    against = sum(source.stance == Stance.CONTRADICTS for source in counted)
    limits = len(counted) - supports - against
    words = f"{supports} for, {against} against, {limits} for only part of it."
    fewer = min(supports, against)
    if fewer:
        return Step(domain, 2 if fewer > 1 and 3 * fewer >= len(counted) else 1, words)
    return Step(domain, int(most(limits, counted)), words)


def indirectness(counted: Sequence[Source]) -> Step:
    """One level for a dimension in which most sources do not fit the question; two for more than one."""
    misfits = {dimension: sum(dimension in source.indirect for source in counted) for dimension in DIMENSIONS}
    poor = [dimension for dimension in DIMENSIONS if most(misfits[dimension], counted)]
    if len(counted) == 1:
        words = f"The one source does not fit the question in {', '.join(poor)}." if poor else "The one source fits."
    elif poor:
        numbers = ", ".join(f"{dimension} ({misfits[dimension]})" for dimension in poor)
        words = f"Of {len(counted)} sources, most do not fit the question in {numbers}."
    else:
        words = f"In every respect at least half of {len(counted)} sources fit the question."
    return Step("Indirectness", min(2, len(poor)), words)


def imprecision(counted: Sequence[Source]) -> Step:
    """Two levels below 100 people; one below 400, where no size is known, or most intervals include no effect."""
    domain = IMPRECISION
    people = people_behind(counted)
    if people is None:
        return Step(domain, 1, "No source gives the number of people in what was read.")
    unknown = sum(source.people is None for source in counted)
    words = people_in_words(people) + (f" (size not seen for {sources_in_words(unknown)})" if unknown else "")
    if people < FEW_PEOPLE:
        points = 2 if people < VERY_FEW_PEOPLE else 1
        return Step(domain, points, f"{words}: fewer than {VERY_FEW_PEOPLE if points == 2 else FEW_PEOPLE}.")
    intervals = [source.crosses_no_effect for source in counted if source.crosses_no_effect is not None]
    if intervals and 2 * sum(intervals) > len(intervals):
        include = "interval on file includes" if len(intervals) == 1 else "intervals on file include"
        return Step(domain, 1, f"{words}, but {sum(intervals)} of {len(intervals)} {include} no effect.")
    return Step(domain, 0, f"{words}." if intervals else f"{words}; no interval is on file.")


def people_behind(counted: Sequence[Source]) -> int | None:
    """People in the largest review or in all single studies together, whichever is more: reviews hold those studies."""
    reviews = [source.people for source in counted if source.is_review and source.people is not None]
    studies = [source.people for source in counted if not source.is_review and source.people is not None]
    totals = [*reviews, *([sum(studies)] if studies else [])]
    return max(totals, default=None)


def publication_bias(counted: Sequence[Source]) -> Step:
    """One level when industry paid for most of the studies whose funding is known: others may lie in a drawer."""
    domain = "Publication bias"
    known = [source.industry for source in counted if source.industry is not None]
    if not known:
        return Step(domain, 0, "Who paid was not seen for any source, so nothing is taken off.")
    paid = sum(known)
    return Step(domain, int(2 * paid > len(known)), f"Industry paid for {paid} of {len(known)} whose funding is known.")
