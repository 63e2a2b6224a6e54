"""Everything in the catalog, checked: what a database constraint cannot say, and figures worked out again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from forms_catalog.effect_sizes import effect_size
from forms_catalog.models import Claim, CounterSearch, Effect, EvidenceAlert, Recomputation, Support
from forms_catalog.models.vocabulary import PublicationStatus
from forms_catalog.recompute import CannotRecompute, as_stored

ROUNDING_OF_EFFECTS = 0.0011
"""Effects are stored with three decimals."""
RETRACTION = "retract|withdrawn|withdrew|withdraws"
"""Words that say it of a paper. 'Withdrawal' does not: on this site it is what follows a medicine that is stopped."""
CONCERN = "(?:expression|statement|notice)s? of concern|(?:express|voic|rais)(?:es|ed) (?:its |some |serious )?concern"
"""Words that say that a journal did. 'Concern' alone does not: people have concerns about their memory."""
SAID_OF_DOUBTED = {
    PublicationStatus.RETRACTED: RETRACTION,
    PublicationStatus.CONCERN: f"{RETRACTION}|{CONCERN}",
}
"""What a text says near a study whose journal took it back or voiced concern, as expressions both databases know."""
FIGURES = ("smd", "smd_abs", "se", "ci_low", "ci_high")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a record, named as its file is: 'claims/c01'."""

    record: str
    message: str

    def __str__(self) -> str:
        return f"{self.record}: {self.message}"


def catalog_faults() -> list[Fault]:
    """All faults, by record. The cost grows with the catalog: for a command, not for a page."""
    faults = [
        *claims_without_evidence(),
        *unexplained_safety_flags(),
        *doubted_studies_in_claims(),
        *figures_that_do_not_follow(),
        *effects_that_do_not_follow(),
    ]
    return sorted(faults, key=lambda fault: (fault.record, fault.message))


def claims_with_evidence() -> QuerySet[Any]:
    """Claims, each with `has_support` (a source readers may see) and `has_search` (a search against it)."""
    return Claim.objects.annotate(
        has_support=Exists(Support.objects.filter(claim=OuterRef("pk"), study__is_public=True)),
        has_search=Exists(CounterSearch.objects.filter(claim=OuterRef("pk"))),
    )


def claims_without_evidence() -> Iterator[Fault]:
    """Claims with no source that readers may see, and no search."""
    for claim in claims_with_evidence().filter(has_support=False, has_search=False):
        yield Fault(f"claims/{claim.slug}", "It has neither a source that readers may see nor a counter-search.")


def unexplained_safety_flags() -> Iterator[Fault]:
    """Claims that could harm someone, with nothing to say beside the sentence."""
    for claim in Claim.objects.filter(safety_flag=True, safety_note__regex=r"^\s*$"):
        yield Fault(f"claims/{claim.slug}", "It has a safety flag and no safety note.")


def doubted_studies_in_claims() -> Iterator[Fault]:
    """Claims that lean on a retracted or doubted study of which neither an alert nor the row says anything."""
    noted = EvidenceAlert.objects.filter(study=OuterRef("study"), kind=OuterRef("study__publication_status"))
    rows = Support.objects.filter(~Exists(noted), study__publication_status__in=SAID_OF_DOUBTED)
    for status, words in SAID_OF_DOUBTED.items():
        said = Q(shows__iregex=words) | Q(fit_note__iregex=words)
        rows = rows.exclude(said, study__publication_status=status)
    for row in rows.select_related("claim", "study"):
        label = row.study.get_publication_status_display().lower()
        yield Fault(
            f"claims/{row.claim.slug}", f"It leans on {row.study.slug}, whose status is “{label}”, without saying so."
        )


def figures_that_do_not_follow() -> Iterator[Fault]:
    """Figures worked out again whose stored value, range or state is not what their inputs give."""
    for row in Recomputation.objects.select_related("study"):
        try:
            follows = as_stored(row.calc, row.compare, state=row.state)
        except CannotRecompute as error:
            yield Fault(f"studies/{row.study.slug}", f"“{row.reported}” cannot be worked out: {error}")
            continue
        if not follows:
            yield Fault(f"studies/{row.study.slug}", f"“{row.reported}”: what is stored does not follow from inputs.")


def effects_that_do_not_follow() -> Iterator[Fault]:
    """Effects that are not what their method makes of their inputs."""
    for row in Effect.objects.select_related("study"):
        try:
            worked_out = effect_size(row.method, row.inputs, sign_flipped=row.sign_flipped)
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            yield Fault(f"studies/{row.study.slug}", f"{row.key} cannot be worked out ({error!r}).")
            continue
        wrong = [name for name in FIGURES if not _near(getattr(row, name), getattr(worked_out, name))]
        if wrong:
            yield Fault(f"studies/{row.study.slug}", f"{row.key}: {', '.join(wrong)} does not follow from its inputs.")


def _near(stored: float | None, worked_out: float | None) -> bool:
    if stored is None or worked_out is None:
        return stored is worked_out
    return math.isclose(stored, worked_out, abs_tol=ROUNDING_OF_EFFECTS)
