"""A form's page and the list of forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from forms_catalog.grading.cells import Cell, Filed, grade_cells
from forms_catalog.grading.rule import REMOTE, TRIALS, people_behind, people_in_words
from forms_catalog.grading.seen import seen_rows
from forms_catalog.linked_data.forms import supplement
from forms_catalog.models import Arm, Claim, Form, FormEvidence, Hydrate, LadderEntry, Mechanism, Outcome, Study
from forms_catalog.queries.study_list import listed
from forms_catalog.remembered import remembered_by

MOST_STUDIES = 100
MOST_ROWS = 10
"""Rows of evidence that a page lists of a form for an outcome."""
MOST_KEPT = 16
"""Forms whose evidence is kept, and outcomes. With 100,000 studies each takes one or two megabytes."""


def first_share(form: Form) -> float:
    """Elemental share in per cent of the structure meant when nothing else is said; 0 when none is on file."""
    return next((hydrate.elemental_percent for hydrate in form.hydrates.all()), 0.0)


@dataclass(frozen=True, slots=True)
class OutcomeEvidence:
    """What is on file of a form for one outcome: each source, and the grade of all together."""

    outcome: Outcome
    rows: Sequence[Filed]
    cell: Cell
    more: int = 0
    """Studies on file that are not among the rows."""

    @property
    def number(self) -> int:
        """All rows on file."""
        return len(self.rows) + self.more

    @property
    def key(self) -> str:
        """Where on the page its sources stand."""
        return f"on-{self.outcome.slug}"

    @property
    def effect(self) -> str:
        """Which way the sources point, in a word or two."""
        if self.cell.lean:
            return self.cell.lean.value
        return "Not graded" if any(row.study for row in self.rows) else "No study found"

    @property
    def sources(self) -> str:
        """How many sources the effect rests on: '2 trials, 1 review'; without a grade, how many are on file."""
        if self.cell.grade is None:
            return counted_in_words(sum(row.study is not None for row in self.rows) + self.more, "source")
        counted = self.cell.grade.counted
        reviews = sum(source.is_review for source in counted)
        kind = "trial" if self.cell.grade.basis is TRIALS else "study"
        parts = ((len(counted) - reviews, kind), (reviews, "review"))
        return ", ".join(counted_in_words(number, what) for number, what in parts if number)

    @property
    def people(self) -> str:
        """Whom the grade rests on, nobody counted twice; where that is nobody or not known, so in words."""
        if self.cell.grade is None:
            return ""
        if self.cell.grade.basis is REMOTE:
            return "no groups of people watched"
        number = people_behind(self.cell.grade.counted)
        return "number of people not seen" if number is None else people_in_words(number)


def counted_in_words(number: int, what: str) -> str:
    """'1 trial', '3 studies'. None: empty."""
    plural = {"study": "studies"}.get(what, f"{what}s")
    return f"{number} {what if number == 1 else plural}" if number else ""


@remembered_by(key=lambda form: form.pk, most=MOST_KEPT)
def evidence_by_outcome(form: Form) -> list[OutcomeEvidence]:
    """What is on file of a form under its outcomes, the site's main outcomes first, each outcome with its grade.

    Two queries, or none where it is remembered.
    """
    rows = seen_rows(form.evidence.order_by("-outcome__is_main", "outcome__name", "position", "pk"), notes=True)
    cells = grade_cells(rows)
    grouped = ((outcome, list(group)) for outcome, group in groupby(rows, key=lambda row: row.outcome))
    return [newest_of(outcome, group, cells[form.pk, outcome.pk]) for outcome, group in grouped]


def newest_of(outcome: Outcome, rows: Sequence[Filed], cell: Cell) -> OutcomeEvidence:
    """What a page shows of rows: all in their order, or where they are too many to list, the newest."""
    if len(rows) <= MOST_ROWS:
        return OutcomeEvidence(outcome, rows, cell)
    newest = sorted(rows, key=lambda row: -(row.study.year or 0) if row.study else 0)[:MOST_ROWS]
    return OutcomeEvidence(outcome, newest, cell, more=len(rows) - MOST_ROWS)


def form_page(*, form: Form) -> dict[str, Any]:
    """Everything a form's page shows, in nine queries besides the form itself."""
    studies = studies_of(form)
    mechanisms = list(Mechanism.objects.filter(reached_by(studies)))
    return {
        "form": form,
        "linked_data": supplement(form=form, mechanisms=mechanisms),
        "hydrates": hydrates_of(form),
        "evidence": evidence_by_outcome(form),
        "studies": studies[:MOST_STUDIES],
        "more_studies": len(studies) > MOST_STUDIES,
        "mechanisms": mechanisms,
        "common_claims": list(
            form.common_claims.prefetch_related(Prefetch("studies", queryset=Study.objects.published()))
        ),
        "claims": list(Claim.objects.filter(forms=form)),
    }


def hydrates_of(form: Form) -> list[Hydrate]:
    """The form's structures, each knowing its form without asking for it again. One query."""
    hydrates = list(form.hydrates.all())
    for hydrate in hydrates:
        hydrate.form = form
    return hydrates


@remembered_by(key=lambda form: form.pk, most=MOST_KEPT)
def studies_of(form: Form) -> list[Study]:
    """Public studies of a form, or with an arm or a row of evidence for it; newest first, one more than is shown.

    One query, or none where they are remembered.
    """
    given = Q(form=form) | Q(Exists(Arm.objects.filter(form=form, trial__study=OuterRef("pk"))))
    given |= Q(Exists(FormEvidence.objects.filter(form=form, study=OuterRef("pk"))))
    return list(listed(Study.objects.published().filter(given)).order_by("-year", "slug")[: MOST_STUDIES + 1])


def reached_by(studies: list[Study]) -> Q:
    """Condition on a mechanism: one of the studies bears on it."""
    keys = [study.pk for study in studies]
    named = Study.mechanisms.through.objects.filter(study__in=keys).values("mechanism")
    return Q(pk__in=named) | Q(pk__in=LadderEntry.objects.filter(study__in=keys).values("mechanism"))
