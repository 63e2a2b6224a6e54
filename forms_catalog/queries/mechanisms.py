"""A mechanism's page and the list of mechanisms."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from forms_catalog.index.studies import StudyIndex, study_index
from forms_catalog.linked_data.topics import mechanism_topic
from forms_catalog.models import Claim, Form, LadderEntry, Mechanism, Outcome, Study
from forms_catalog.models.vocabulary import PublicationStatus, Rung
from forms_catalog.queries.study_list import listed

MOST_STUDIES = 100
MOST_ENTRIES = 20
"""Studies that a page lists on a rung."""


@dataclass(frozen=True, slots=True)
class RungOfLadder:
    """One rung: the studies that stand on it, or the search that found none."""

    rung: Rung
    entries: list[LadderEntry]
    """Those that are shown: the newest, where there are many."""
    empty: LadderEntry | None
    """The search that found none; None when the rung is filled or nobody has looked."""
    number: int
    """Public studies that stand on it, shown or not."""
    is_reached: bool
    """Whether a study stands on it that its journal has not taken back."""

    @property
    def more(self) -> int:
        """Studies that are not shown."""
        return self.number - len(self.entries)


def ladder_of(entries: list[LadderEntry]) -> list[RungOfLadder]:
    """All four rungs, lowest first, whatever stands on them."""
    rungs = []
    for rung in Rung:
        here = [entry for entry in entries if entry.rung == rung]
        filled = [entry for entry in here if entry.study is not None and entry.study.is_public]
        stands = any(entry.study.publication_status != PublicationStatus.RETRACTED for entry in filled if entry.study)
        rungs.append(RungOfLadder(rung, filled, None if filled else searched_in(here), len(filled), stands))
    return rungs


def searched_in(entries: Iterable[LadderEntry]) -> LadderEntry | None:
    """The search that found none, should there be one."""
    return next((entry for entry in entries if entry.study_id is None), None)


def ladder_in(index: StudyIndex, mechanism: str, entries: list[LadderEntry]) -> list[RungOfLadder]:
    """The same of any number of studies, counted in the index; `entries`: its empty rungs, and those to be shown."""
    retracted = index.of("status", PublicationStatus.RETRACTED.value)
    rungs = []
    for rung in Rung:
        found, here = index.of("rung", f"{mechanism}.{rung.value}"), [row for row in entries if row.rung == rung]
        newest = index.keys_of(found, stop=MOST_ENTRIES)
        shown = [entry for entry in here if entry.study_id in newest]
        empty = None if found else searched_in(here)
        rungs.append(RungOfLadder(rung, shown, empty, found.bit_count(), bool(found & ~retracted)))
    return rungs


def reach(rungs: list[RungOfLadder]) -> RungOfLadder | None:
    """The highest rung on which a study stands that was not retracted; None when there is none."""
    return next((step for step in reversed(rungs) if step.is_reached), None)


def mechanism_page(*, mechanism: Mechanism) -> dict[str, Any]:
    """Everything a mechanism's page shows, in six queries besides the mechanism itself, and what the index asks."""
    index = study_index()
    keys = index.keys_of(index.of("mechanism", mechanism.slug), stop=MOST_STUDIES + 1)
    studies = list(listed(Study.objects.filter(pk__in=keys)).order_by("-year", "slug"))
    rungs = ladder_in(index, mechanism.slug, entries_shown(index, mechanism))
    return {
        "mechanism": mechanism,
        "linked_data": mechanism_topic(mechanism=mechanism),
        "rungs": rungs,
        "reach": reach(rungs),
        "drugs": list(mechanism.analogous_drugs.all()),
        "studies": studies[:MOST_STUDIES],
        "more_studies": len(studies) > MOST_STUDIES,
        "forms": forms_of(studies),
        "outcomes": list(Outcome.objects.filter(results__study__in=[study.pk for study in studies]).distinct()),
        "claims": list(Claim.objects.filter(mechanisms=mechanism)),
    }


def entries_shown(index: StudyIndex, mechanism: Mechanism) -> list[LadderEntry]:
    """The newest studies on each rung, and the searches that found none. One query."""
    rungs = (index.of("rung", f"{mechanism.slug}.{rung.value}") for rung in Rung)
    newest = {key for found in rungs for key in index.keys_of(found, stop=MOST_ENTRIES)}
    return list(mechanism.ladder.filter(Q(study__isnull=True) | Q(study__in=newest)).select_related("study"))


def forms_of(studies: list[Study]) -> list[Form]:
    """Forms named by the studies, by name."""
    return sorted({study.form for study in studies if study.form}, key=lambda form: form.name)
