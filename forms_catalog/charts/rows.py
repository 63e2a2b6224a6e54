"""One row of a forest plot: who took what against what, and what came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms_catalog.charts.query import COMPARATORS
from forms_catalog.explorer.forest import barred
from forms_catalog.models import Effect, Study
from forms_catalog.models.vocabulary import Direction, FormStated, Intervention, PublicationStatus

NOT_SEEN = "not seen"
SIDE_NOT_SEEN = "direction of the difference not visible in the part that could be read"
"""The editors' reason, word for word, for not pooling a row whose sign they inferred from another of its scales."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A standardised mean difference; below zero favours magnesium."""

    effect: float
    interval: tuple[float, float] | None
    """The 95 % interval; None when it was not seen."""
    is_inferred: bool = False
    """Its size was printed, but not whom it favours."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row."""

    study: Study
    measure: str
    people: str
    treatment: str
    comparator: str
    estimate: Estimate | None
    reason: str
    """Why there is no estimate; empty when there is one."""
    flag: str
    direction: str = ""
    """Which way the study says it points, where there is no estimate to show it."""
    against: frozenset[str] = frozenset()
    """What magnesium was compared with: words of `query.COMPARATORS`; several for a trial of several arms."""
    barred: str = ""
    """Why the row is never pooled; empty when it may be."""
    effect: Effect | None = None
    """The record, where there is one."""


def from_effect(effect: Any) -> Comparison:
    """The row of an Effect, loaded with its study, form and outcome and annotated with directions."""
    drawn = effect.smd is not None
    return Comparison(
        study=effect.study,
        measure=effect.measure,
        people=effect.people or NOT_SEEN,
        treatment=_treatment(effect.study, effect),
        comparator=effect.compared_with,
        estimate=_estimate(effect),
        reason="" if drawn else effect.not_poolable_because[:1].upper() + effect.not_poolable_because[1:],
        flag=_flag(effect.study, effect),
        # A size whose direction was not stated has none, whatever the study says of its other measures.
        direction="" if drawn else _direction(effect, told=effect.smd_abs is None),
        against=frozenset([effect.comparator.partition(":")[0]]),
        barred=barred(effect),
        effect=effect,
    )


def from_unusable(result: Any) -> Comparison:
    """The row of an UnusableResult, annotated with directions and with the roles of its trial's arms."""
    return Comparison(
        study=result.study,
        measure="",
        people=str(result.study.n) if result.study.n else NOT_SEEN,
        treatment=_treatment(result.study),
        comparator=result.study.comparator or NOT_SEEN,
        estimate=None,
        reason=f"{result.seen} Missing: {result.missing[:1].lower()}{result.missing[1:]}",
        flag=_flag(result.study),
        direction=_direction(result),
        against=frozenset(role for role in COMPARATORS if getattr(result, f"against_{role}")),
    )


def _direction(record: Any, *, told: bool = True) -> str:
    """The direction of the study's results for this outcome: its word, 'Mixed' when they differ."""
    words = {record.first_direction, record.last_direction} - {None} if told else set()
    if not words:
        return "Direction not seen"
    return str(Direction(words.pop()).label if len(words) == 1 else Direction.MIXED.label)


def _estimate(effect: Effect) -> Estimate | None:
    if effect.smd is None:
        return None
    ends = effect.ci_low, effect.ci_high
    interval = None if ends[0] is None or ends[1] is None else (ends[0], ends[1])
    return Estimate(effect.smd, interval, is_inferred=effect.not_poolable_because == SIDE_NOT_SEEN)


def _flag(study: Study, effect: Effect | None = None) -> str:
    """What a reader should know before the numbers: what the journal has said since, and the row's own flag."""
    changed = study.publication_status != PublicationStatus.AS_PUBLISHED
    said = [study.get_publication_status_display()] if changed else []
    if effect and effect.flag:
        said.append(effect.get_flag_display())
    return "; ".join(said)


def _treatment(study: Study, effect: Effect | None = None) -> str:
    """Form and elemental dose, and what else was given."""
    form = study.form.short_name if study.form else _UNNAMED_FORMS[FormStated(study.form_stated)]
    dose = f"{study.dose_mg_elemental:g} mg" if study.dose_mg_elemental else "dose not seen"
    parts = [form, dose]
    if effect and effect.intervention == Intervention.COMBINATION:
        parts.append("with something else")
    if effect and effect.given_to_both_arms:
        parts.append(f"both arms took {effect.given_to_both_arms}")
    return ", ".join(parts)


_UNNAMED_FORMS = {
    FormStated.SINGLE: "one form",
    FormStated.MIXED: "several forms",
    FormStated.UNSPECIFIED: "form not stated",
    FormStated.NONE: "no magnesium",
}
