"""A study's page."""

from typing import Any

from django.db.models import F, FilteredRelation, Q

from forms_catalog.linked_data.studies import work
from forms_catalog.models import Mechanism, Study
from forms_catalog.models.vocabulary import Rung
from forms_catalog.queries.recomputed import checks_of
from forms_catalog.queries.study_parts import study_parts


def study_page(*, study: Study) -> dict[str, Any]:
    """Everything a study's page shows, in eleven queries besides the study itself or fewer."""
    trial = getattr(study, "trial", None)
    return {
        "study": study,
        "linked_data": work(study=study),
        "trial": trial,
        "results": list(study.results.select_related("outcome")),
        "effects": list(study.effects.select_related("outcome", "via")),
        "pooled": list(study.pooled_results.select_related("outcome")),
        "checks": checks_of(list(study.recomputations.all())),
        "supports": list(study.supports.select_related("claim").order_by("claim__slug")),
        "mechanisms": mechanisms_of(study),
        "form_evidence": list(study.form_evidence.select_related("form", "outcome").order_by("form__name", "pk")),
        "arms": list(trial.arms.select_related("form")) if trial else [],
        "parts": study_parts(study),
    }


def mechanisms_of(study: Study) -> list[tuple[Mechanism, str, str]]:
    """Mechanisms the study bears on, each with the rung it stands on (or '') and the note there. One query."""
    rows = (
        Mechanism.objects.annotate(entry=FilteredRelation("ladder", condition=Q(ladder__study=study)))
        .filter(Q(entry__isnull=False) | Q(pk__in=study.mechanisms.order_by().values("pk")))
        .annotate(rung=F("entry__rung"), rung_note=F("entry__note"))
        .order_by("name", "entry__position")
    )
    return [(row, str(Rung(row.rung).label) if row.rung else "", row.rung_note or "") for row in rows]
