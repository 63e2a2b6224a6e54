"""Recording what changed about verdicts and studies, in the transaction that changes them.

Whoever writes catalog records, the admin or the loading of an edition, asks `standing_of` before and calls
`note_changes` after. A record that was not there before has no change: its first verdict is no news of a verdict.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model, Q
from django.utils import timezone

from forms_catalog.grading.outcomes import Picture, picture_outcomes
from forms_catalog.models import (
    Claim,
    Form,
    FormEvidence,
    Outcome,
    Study,
    StudyArrival,
    StudyResult,
    Trial,
    VerdictChange,
)
from forms_catalog.models.history import Pointing

BATCH = 500
MOST_DIGITS = 18
GRADED_FROM: tuple[type[Model], ...] = (Study, Trial, Form, Outcome)
"""Records that decide the grade of an outcome: studies, how they were run, and as what a form's evidence files them."""


class Standing(NamedTuple):
    """A verdict and how sure it is; empty words for an outcome without a grade."""

    verdict: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Stood:
    """How things stood before a change, by primary key."""

    claims: Mapping[int, Standing] = field(default_factory=dict)
    outcomes: Mapping[int, Standing] = field(default_factory=dict)


def standing_of(records: Iterable[Model], *, outcomes: Collection[int] | None = None) -> Stood:
    """What may change when these records are written or deleted. Call inside the transaction of the change.

    `outcomes`: whose grades alone may change, where that is known (`outcomes_of`). To grade them all takes seconds when
    there are a hundred thousand studies.
    """
    records = list(records)
    claims = [record.pk for record in records if isinstance(record, Claim)]
    graded = any(isinstance(record, GRADED_FROM) for record in records)
    if graded:
        _hold(outcomes)
    return Stood(claims=_claims(claims) if claims else {}, outcomes=_outcomes(outcomes) if graded else {})


def _hold(keys: Collection[int] | None) -> None:
    """Let nobody else move these grades until the transaction ends: of two changes each is told as it was.

    On SQLite only one writes at a time anyway.
    """
    wanted = Outcome.objects.all()
    if keys is not None:
        wider = Outcome.objects.filter(pk__in=keys).order_by().values("broader")
        wanted = wanted.filter(Q(pk__in=keys) | Q(pk__in=wider))
    list(wanted.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def outcomes_of(record: Model, *, named: Iterable[str] = ()) -> set[int]:
    """Outcomes whose grades a change of this record may move. `named`: keys that the change is about to give it."""
    given = {int(key) for key in named if key.isdecimal() and len(key) <= MOST_DIGITS}
    return given | set(_graded_from(record)) if isinstance(record, GRADED_FROM) else set()


def _graded_from(record: Model) -> Iterable[int]:
    """What the record is filed under as the database has it, with the wider outcome of an outcome."""
    if isinstance(record, Outcome):
        rows = Outcome.objects.filter(pk=record.pk).values_list("pk", "broader")
        return (key for row in rows for key in row if key)
    if isinstance(record, Form):
        return FormEvidence.objects.filter(form=record.pk).values_list("outcome", flat=True)
    study = record.study_id if isinstance(record, Trial) else record.pk
    return StudyResult.objects.filter(study=study).values_list("outcome", flat=True)


def note_changes(stood: Stood) -> None:
    """Add a line for each verdict that is another now. Call inside the transaction of the change."""
    now = timezone.now()
    VerdictChange.objects.bulk_create([*_claims_changed(stood, now), *_outcomes_changed(stood, now)], batch_size=BATCH)


def note_studies(keys: Iterable[int]) -> None:
    """Note since when studies that were written are public, and of those known already that they changed."""
    wanted, now = sorted(set(keys)), timezone.now()
    for start in range(0, len(wanted), BATCH):
        written = wanted[start : start + BATCH]
        StudyArrival.objects.filter(study__in=written).update(changed_at=now)
        public = Study.objects.published().filter(pk__in=written).order_by("pk").values_list("pk", flat=True)
        arrivals = (StudyArrival(study_id=key, at=now, changed_at=now) for key in public)
        # Those known already stay as they are, also where another save has noted them this very moment.
        StudyArrival.objects.bulk_create(arrivals, ignore_conflicts=True)


def _claims(keys: list[int]) -> dict[int, Standing]:
    found: dict[int, Standing] = {}
    for start in range(0, len(keys), BATCH):
        rows = Claim.objects.filter(pk__in=keys[start : start + BATCH]).order_by()
        found |= {pk: Standing(*words) for pk, *words in rows.values_list("pk", "verdict", "certainty")}
    return found


def _claims_changed(stood: Stood, now: datetime) -> Iterable[VerdictChange]:
    keys = list(stood.claims)
    changed = [pk for pk, standing in _claims(keys).items() if standing != stood.claims[pk]]
    for claim in Claim.objects.filter(pk__in=changed).order_by("pk"):
        is_now = Standing(claim.verdict, claim.certainty)
        told = {"claim": claim, "in_brief": claim.in_brief, "why": claim.why}
        yield _change(stood.claims[claim.pk], is_now, at=now, **told)


def _outcomes(keys: Collection[int] | None) -> dict[int, Standing]:
    return {pk: _graded(picture) for pk, picture in _pictures(keys).items()}


def _outcomes_changed(stood: Stood, now: datetime) -> Iterable[VerdictChange]:
    for pk, picture in _pictures(stood.outcomes).items():
        is_now = _graded(picture)
        if is_now != stood.outcomes.get(pk, is_now):
            told = {"outcome": picture.outcome, "in_brief": picture.sentence, "why": picture.in_words}
            yield _change(stood.outcomes[pk], is_now, at=now, **told)


def _pictures(keys: Collection[int] | None) -> dict[int, Picture]:
    """Of these outcomes and of those they are part of; of all for None. No query for none."""
    if keys is None:
        return picture_outcomes(Outcome.objects.order_by("pk"))
    if not keys:
        return {}
    wanted = Outcome.objects.filter(Q(pk__in=keys) | Q(narrower__in=keys)).distinct()
    return picture_outcomes(wanted.order_by("pk"))


def _graded(picture: Picture) -> Standing:
    if picture.grade is None or picture.lean is None:
        return Standing("", "")
    return Standing(Pointing[picture.lean.name].value, picture.grade.certainty.value)


def _change(former: Standing, is_now: Standing, **told: Any) -> VerdictChange:
    return VerdictChange(
        former_verdict=former.verdict,
        former_certainty=former.certainty,
        verdict=is_now.verdict,
        certainty=is_now.certainty,
        **told,
    )
