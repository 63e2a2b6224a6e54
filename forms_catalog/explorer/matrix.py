"""Forms by outcomes: what is on file for each pair, how sure it is, and where nothing was found.

A cell counts the studies filed as evidence of that form for that outcome; its link lists exactly these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q

from forms_catalog.explorer.facets import Names
from forms_catalog.explorer.state import ExplorerState
from forms_catalog.grading.cells import grade_cells
from forms_catalog.grading.rule import TRIALS, people_behind
from forms_catalog.grading.sizes import Found, Size, in_words, sizes_of
from forms_catalog.models import CounterSearch, Effect, FormEvidence
from forms_catalog.queries.facets import lower_first
from forms_catalog.queries.forms import OutcomeEvidence

MOST_DOTS = 12
OF_EFFECTS = (
    *("smd", "ci_low", "ci_high", "comparator", "intervention", "flag"),
    *("study__slug", "outcome__broader"),
)
Place = tuple[str, str]
"""A form and an outcome, by slug."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One form for one outcome, as far as the filters let through."""

    form: str
    outcome: str
    form_name: str
    outcome_name: str
    is_main: bool
    query: str
    """The address of its studies, after the question mark."""
    evidence: OutcomeEvidence | None
    """None where no study is in view."""
    on_file: int
    """Studies on file whatever the filters."""
    looked: bool
    """Whether a first search found none."""
    searched_on: date | None
    """When a search about a claim on both last took place."""
    sizes: Mapping[str, Found] = field(default_factory=dict)
    """What each trial that the grade counts found, by its key: a size, or why there is none to give."""

    @property
    def studies(self) -> int:
        """Studies in view."""
        return len(self.evidence.rows) if self.evidence else 0

    @property
    def trials(self) -> int:
        """Single randomised trials that the grade counts."""
        graded = self.evidence.cell.grade if self.evidence else None
        return sum(not source.is_review for source in graded.counted) if graded and graded.basis is TRIALS else 0

    @property
    def people(self) -> int | None:
        """People behind the grade, nobody counted twice; None where nobody was counted or no number was seen."""
        graded = self.evidence.cell.grade if self.evidence else None
        return people_behind(graded.counted) if graded else None

    @property
    def lean(self) -> str:
        """Which way the studies point: a word for a mark; empty without a grade."""
        return self.evidence.cell.lean.name.lower() if self.evidence and self.evidence.cell.lean else ""

    @property
    def certainty(self) -> str:
        """The level of the grade; empty without one."""
        return self.evidence.cell.grade.certainty.value if self.evidence and self.evidence.cell.grade else ""

    @property
    def certainty_words(self) -> str:
        """The same as people read it: 'low certainty'."""
        return f"{self.certainty.replace('_', ' ')} certainty" if self.certainty else ""

    @property
    def effect(self) -> str:
        """Which way the studies point, in words; or that there is none."""
        if self.evidence:
            return self.evidence.effect
        return "None with these filters" if self.on_file else "None on file"

    @property
    def size(self) -> str:
        """How large the effects of its trials are, in words; empty where it rests on no trial."""
        return in_words(self.sizes)

    @property
    def sizes_in_figures(self) -> list[str]:
        """The sizes on file, trial by trial: 'peikert1996: −0.439 (−0.876 to −0.001)'."""
        return [f"{key}: {each.in_figures}" for key, each in self.sizes.items() if isinstance(each, Size)]

    @property
    def rests_on(self) -> str:
        """What the grade rests on: '1 trial, 155 people'; for an empty cell, when anyone looked."""
        if self.evidence:
            return ", ".join(filter(None, [self.evidence.sources, self.evidence.people]))
        if self.on_file:
            return f"{self.on_file} without"
        if self.searched_on:
            return f"searched {self.searched_on.day} {self.searched_on:%b %Y}"
        return "first search found none" if self.looked else "no search on file"

    @property
    def when(self) -> bool:
        """Whether an empty cell has something of its own to say."""
        return bool(self.on_file or self.searched_on or self.looked)

    @property
    def outcome_words(self) -> str:
        """The outcome inside a sentence."""
        return lower_first(self.outcome_name)

    @property
    def name(self) -> str:
        """Which cell it is."""
        return f"{self.form_name}, {self.outcome_words}"

    @property
    def in_words(self) -> str:
        """All of it in one line."""
        return f"{self.name}: {', '.join(filter(None, [self.effect, self.rests_on, self.size, self.certainty_words]))}"

    @property
    def dots(self) -> list[str]:
        """A mark for each study in view: 'counted' in the grade, or only 'filed'. The first dozen."""
        if self.evidence is None:
            return []
        graded = self.evidence.cell.grade
        counted = {source.key for source in graded.counted} if graded else set()
        marks = ["counted" if row.study and row.study.slug in counted else "filed" for row in self.evidence.rows]
        return sorted(marks)[:MOST_DOTS]

    @property
    def more(self) -> int:
        """Studies beyond the dots that are drawn."""
        return max(0, self.studies - MOST_DOTS)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One form with a cell for each outcome."""

    form: str
    name: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table."""

    outcomes: tuple[tuple[str, str], ...]
    """Slug and name of each column: what this site is about first, then the most studied."""
    rows: tuple[MatrixRow, ...]

    @property
    def cells(self) -> list[MatrixCell]:
        """All cells, row by row."""
        return [cell for row in self.rows for cell in row.cells]


def matrix_of(state: ExplorerState) -> Matrix:
    """The matrix of a state. Five queries."""
    names, evidence, on_file, searched = state.names, evidence_in(state), counts_on_file(), searches()
    outcomes, effects = columns(state, on_file), main_effects(state)

    def cell(form: str, outcome: str) -> MatrixCell:
        place = (form, outcome)
        return MatrixCell(
            form=form,
            outcome=outcome,
            form_name=names.forms[form],
            outcome_name=names.outcomes[outcome],
            is_main=outcome in names.main,
            query=state.at("cell", f"{form}.{outcome}").query_string if place in evidence else "",
            evidence=evidence.get(place),
            on_file=on_file.get(place, 0),
            looked=place in on_file,
            searched_on=searched.get(place),
            sizes=sizes_in(evidence.get(place), effects),
        )

    rows = [
        MatrixRow(form, name, tuple(cell(form, outcome) for outcome in outcomes))
        for form, name in names.forms.items()
        if form in state.chosen.get("form", names.forms)
    ]
    return Matrix(tuple((slug, names.outcomes[slug]) for slug in outcomes), tuple(rows))


def columns(state: ExplorerState, on_file: Mapping[Place, int]) -> list[str]:
    """Outcomes to show: those asked for with their parts, else all for which anything is on file."""
    studied: dict[str, int] = defaultdict(int)
    for (_, outcome), number in on_file.items():
        studied[outcome] += number
    asked = state.chosen.get("outcome", ())
    shown = {slug for slug in state.names.outcomes if _asked(slug, asked, state.names)} if asked else set(studied)
    order = list(state.names.outcomes)
    return sorted(shown, key=lambda slug: (slug not in state.names.main, -studied[slug], order.index(slug)))


def _asked(outcome: str, asked: Collection[str | None], names: Names) -> bool:
    return outcome in asked or names.parts.get(outcome) in asked


def evidence_in(state: ExplorerState) -> dict[Place, OutcomeEvidence]:
    """What is filed for each form and outcome among the studies in view, with its grade. Two queries."""
    rows = list(
        FormEvidence.objects.filter(study__in=state.select().order_by().values("pk"))
        .select_related("form", "outcome", "study__trial")
        .defer("note", "study__verified_fields", "study__summary", "study__limitations")
        .order_by("form", "outcome", "position", "pk")
    )
    cells = grade_cells(rows)
    together: dict[tuple[int, int], list[FormEvidence]] = defaultdict(list)
    for row in rows:
        together[row.form_id, row.outcome_id].append(row)
    return {
        (group[0].form.slug, group[0].outcome.slug): OutcomeEvidence(group[0].outcome, group, cells[key])
        for key, group in together.items()
    }


def main_effects(state: ExplorerState) -> dict[str, list[Effect]]:
    """The main row of each comparison of the studies in view that a form is filed with, by slug. One query."""
    filed = FormEvidence.objects.filter(study__isnull=False).order_by().values("study")
    rows = Effect.objects.filter(
        primary_row=True, study__in=state.select().order_by().filter(pk__in=filed).values("pk")
    )
    found: dict[str, list[Effect]] = defaultdict(list)
    for row in rows.select_related("study", "outcome").only(*OF_EFFECTS).order_by("position", "pk"):
        found[row.study.slug].append(row)
    return found


def sizes_in(evidence: OutcomeEvidence | None, effects: Mapping[str, list[Effect]]) -> dict[str, Found]:
    """The sizes behind a cell."""
    return sizes_of(evidence.cell.grade, effects, outcome=evidence.outcome.pk) if evidence else {}


def counts_on_file() -> dict[Place, int]:
    """Public studies filed for each form and outcome; 0 where a first search found none. One query."""
    rows = FormEvidence.objects.filter(Q(study__isnull=True) | Q(study__is_public=True)).order_by()
    counted = rows.values_list("form__slug", "outcome__slug").annotate(number=Count("study"))
    return {(form, outcome): number for form, outcome, number in counted}


def searches() -> dict[Place, date]:
    """When a claim about a form and an outcome was last searched against. One query."""
    rows = CounterSearch.objects.filter(claim__forms__isnull=False, claim__outcomes__isnull=False).order_by()
    latest = rows.values_list("claim__forms__slug", "claim__outcomes__slug").annotate(latest=Max("searched_on"))
    return {(form, outcome): day for form, outcome, day in latest}
