"""A mechanism's page and the list of mechanisms."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from forms_catalog.models import Claim, Form, LadderEntry, Mechanism, Outcome, Study
from forms_catalog.models.vocabulary import PublicationStatus, Rung

MOST_STUDIES = 100


@dataclass(frozen=True, slots=True)
class RungOfLadder:
    """One rung: the studies that stand on it, or the search that found none."""

    rung: Rung
    entries: list[LadderEntry]
    empty: LadderEntry | None
    """The search that found none; None when the rung is filled or nobody has looked."""

    @property
    def is_reached(self) -> bool:
        """Whether a study stands on it that its journal has not taken back."""
        return any(
            entry.study is not None and entry.study.publication_status != PublicationStatus.RETRACTED
            for entry in self.entries
        )


def ladder_of(entries: list[LadderEntry]) -> list[RungOfLadder]:
    """All four rungs, lowest first, whatever stands on them."""
    rungs = []
    for rung in Rung:
        here = [entry for entry in entries if entry.rung == rung]
        filled = [entry for entry in here if entry.study is not None and entry.study.is_public]
        searched = next((entry for entry in here if entry.study is None), None)
        rungs.append(RungOfLadder(rung, filled, None if filled else searched))
    return rungs


def reach(rungs: list[RungOfLadder]) -> RungOfLadder | None:
    """The highest rung on which a study stands that was not retracted; None when there is none."""
    return next((step for step in reversed(rungs) if step.is_reached), None)


def mechanism_page(*, mechanism: Mechanism) -> dict[str, Any]:
    """Everything a mechanism's page shows, in six queries besides the mechanism itself."""
    entries = list(mechanism.ladder.select_related("study"))
    on_ladder = [entry.study_id for entry in entries]
    bears_on = Q(mechanisms=mechanism) | Q(pk__in=[key for key in on_ladder if key])
    found = Study.objects.published().filter(bears_on).select_related("form").distinct().order_by("-year", "slug")
    studies = list(found[: MOST_STUDIES + 1])
    rungs = ladder_of(entries)
    return {
        "mechanism": mechanism,
        "rungs": rungs,
        "reach": reach(rungs),
        "drugs": list(mechanism.analogous_drugs.all()),
        "studies": studies[:MOST_STUDIES],
        "more_studies": len(studies) > MOST_STUDIES,
        "forms": forms_of(studies),
        "outcomes": list(Outcome.objects.filter(results__study__in=[study.pk for study in studies]).distinct()),
        "claims": list(Claim.objects.filter(mechanisms=mechanism)),
    }


def forms_of(studies: list[Study]) -> list[Form]:
    """Forms named by the studies, by name."""
    return sorted({study.form for study in studies if study.form}, key=lambda form: form.name)
