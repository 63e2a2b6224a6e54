"""Doses of the trials about the site's main outcomes, for a dose to be set beside."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from forms_catalog.models import Arm, Recomputation
from forms_catalog.models.vocabulary import ArmRole, PublicationStatus, Quantity, RecomputationState, Species
from forms_catalog.tools.dose.words import PAGE, TRIALS, fill
from mgsite.templatetags.ui import duration, in_series

DOUBTS = Recomputation.objects.filter(
    study=OuterRef("trial__study"), what=Quantity.DOSE, state=RecomputationState.DOES_NOT
)
"""Doses that do not follow from the other figures their study prints."""


def trials() -> dict[str, Any]:
    """Every dose of a public trial in people, once; and how many such trials did not say theirs. Two queries."""
    arms = (
        Arm.objects.filter(
            role=ArmRole.MAGNESIUM,
            trial__study__is_public=True,
            trial__study__species=Species.HUMAN,
            trial__outcomes__is_main=True,
        )
        .exclude(trial__study__publication_status=PublicationStatus.RETRACTED)
        .select_related("trial__study", "form")
        .prefetch_related("trial__outcomes")
        .annotate(doubtful=Exists(DOUBTS))
        .order_by("dose_mg_elemental", "trial__study__slug", "pk")
        .distinct()
    )
    said = [arm for arm in arms if arm.dose_mg_elemental is not None]
    with_dose = {arm.trial_id for arm in said}
    unsaid = {arm.trial_id for arm in arms if arm.trial_id not in with_dose}
    return {"trials": [_trial(arm) for arm in said], "trials_caption": _caption(len(unsaid))}


def _caption(unsaid: int) -> str:
    caption = PAGE["trials_caption"]
    return fill(PAGE["trials_caption_more"], caption=caption, count=unsaid) if unsaid else caption


def _trial(arm: Any) -> dict[str, Any]:
    study = arm.trial.study
    outcomes = [outcome.slug for outcome in arm.trial.outcomes.all() if outcome.is_main]
    return {
        "slug": study.slug,
        "url": study.get_absolute_url(),
        "study": study.short_citation,
        "outcomes": in_series(outcomes),
        "form": arm.form.short_name if arm.form else "",
        "mg": f"{arm.dose_mg_elemental:.6f}".rstrip("0").rstrip("."),
        "duration": duration(arm.duration_days),
        "doubt": TRIALS["doubtful"] if arm.doubtful else "",
    }
