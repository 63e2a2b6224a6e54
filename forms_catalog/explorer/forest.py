"""Which rows of a forest plot may be pooled, and the sentence that says why the others may not.

The rule: same outcome, comparator, design and intervention; one row per trial, chosen beforehand (`primary_row`) and
not because it was the favourable one (`poolable`); at least three. A retracted study is never pooled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from forms_catalog.explorer.pooling import NotPoolable, Pool, PoolRow, pool
from forms_catalog.models import Effect
from forms_catalog.models.vocabulary import EffectMethod, PublicationStatus

FEWEST = 3
_NUMBERS = ("none", "only one", "only two")


@dataclass(frozen=True, slots=True)
class Pooled:
    """What the rows in view come to together, or why they are not put together."""

    pool: Pool | None
    refusal: str = ""
    """One sentence; empty when there is a pool."""
    effects: tuple[Effect, ...] = ()
    """The rows in the pool."""
    weights: Mapping[int, float] = field(default_factory=dict)
    """In per cent, by the primary key of the effect."""

    @property
    def worked_back(self) -> int:
        """How many of its effects were worked back from a p-value."""
        return sum(effect.method == EffectMethod.COMPUTED_FROM_P for effect in self.effects)

    @property
    def people(self) -> int | None:
        """People behind the pool; None when an arm's size was not seen."""
        sizes = [(effect.n_mg, effect.n_control) for effect in self.effects]
        return sum(mg + control for mg, control in sizes if mg and control) if all(map(all, sizes)) else None


def pooled(effects: Sequence[Effect]) -> Pooled:
    """Pool what may be pooled among the rows in view. No query: studies and outcomes are loaded with them."""
    able = [effect for effect in effects if not barred(effect)]
    try:
        _check(able)
        found = pool([_row(effect) for effect in able])
    except NotPoolable as refusal:
        return Pooled(None, str(refusal))
    weights = {effect.pk: weight for effect, weight in zip(able, found.weights, strict=True)}
    return Pooled(found, effects=tuple(able), weights=weights)


def without_flagged(effects: Sequence[Effect]) -> Pooled | None:
    """The same without trials some of whose printed figures do not add up; None when there are none among them."""
    doubted = {effect.study_id for effect in effects if effect.flag}
    rest = [effect for effect in effects if effect.study_id not in doubted]
    return pooled(rest) if doubted else None


def barred(effect: Effect) -> str:
    """Why a row is never pooled, whatever stands beside it; empty when it may be."""
    if effect.study.publication_status == PublicationStatus.RETRACTED:
        return "the study was retracted"
    if not effect.poolable:
        return effect.not_poolable_because
    if not effect.primary_row:
        return "another figure of the same trial stands for it"
    return ""


def _row(effect: Effect) -> PoolRow:
    if effect.smd is None or effect.se is None:
        raise NotPoolable(f"Not pooled: {effect.study.short_citation} has no number to pool.")
    return PoolRow(effect.smd, effect.se)


def _check(able: Sequence[Effect]) -> None:
    """Refuse rows that do not belong together, in the order in which a reader could mend it."""
    if len(able) < FEWEST:
        raise NotPoolable(
            f"Not pooled: {_NUMBERS[len(able)]} of the rows in view can be pooled, and at least three are needed."
        )
    for name_of, sentence in _MIXED:
        names = sorted({name_of(effect) for effect in able})
        if len(names) > 1:
            raise NotPoolable(sentence.format(f"{', '.join(names[:-1])} and {names[-1]}"))
    _check_once(able)


def _check_once(able: Sequence[Effect]) -> None:
    seen = set()
    for effect in able:
        if effect.study_id in seen:
            raise NotPoolable(
                f"Not pooled: {effect.study.short_citation} is in view twice, and its people would count twice."
            )
        seen.add(effect.study_id)


_MIXED: tuple[tuple[Callable[[Effect], str], str], ...] = (
    (lambda effect: effect.outcome.name.lower(), "Not pooled: the rows in view measure different things, {}."),
    (
        lambda effect: effect.compared_with,
        "Not pooled: the rows in view compare magnesium with different things, {}.",
    ),
    (lambda effect: effect.get_design_display().lower(), "Not pooled: the rows in view mix designs, {}."),
    (
        lambda effect: effect.get_intervention_display().lower(),
        "Not pooled: the rows in view mix what was given, {}.",
    ),
)
