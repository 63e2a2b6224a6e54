"""Forms by outcomes: what is on file for each pair, how sure it is, and where nothing was found.

A cell counts the studies filed as evidence of that form for that outcome; its link lists exactly these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from forms_catalog.explorer.counts import found_in
from forms_catalog.explorer.facets import Names
from forms_catalog.explorer.state import ExplorerState
from forms_catalog.explorer.weighed import MOST_DOTS, Weighed, weighed_in, weighed_rows
from forms_catalog.grading.seen import seen_rows
from forms_catalog.index.studies import StudyIndex, study_index
from forms_catalog.models import CounterSearch, FormEvidence
from forms_catalog.queries.facets import lower_first
from forms_catalog.remembered import remembered_by

MOST_CELLS = 100
"""Cells kept that searches have asked for one by one."""
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
    evidence: Weighed | None
    """None where no study is in view."""
    on_file: int
    """Studies on file whatever the filters."""
    looked: bool
    """Whether a first search found none."""
    searched_on: date | None
    """When a search about a claim on both last took place."""

    @property
    def studies(self) -> int:
        """Studies in view."""
        return self.evidence.studies if self.evidence else 0

    @property
    def trials(self) -> int:
        """Single randomised trials that the grade counts."""
        return self.evidence.trials if self.evidence else 0

    @property
    def people(self) -> int | None:
        """People behind the grade, nobody counted twice; None where nobody was counted or no number was seen."""
        return self.evidence.people if self.evidence else None

    @property
    def lean(self) -> str:
        """Which way the studies point: a word for a mark; empty without a grade."""
        return self.evidence.lean if self.evidence else ""

    @property
    def certainty(self) -> str:
        """The level of the grade; empty without one."""
        return self.evidence.certainty if self.evidence else ""

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
        return self.evidence.size if self.evidence else ""

    @property
    def sizes_in_figures(self) -> tuple[str, ...]:
        """The sizes on file, trial by trial: 'peikert1996: −0.439 (−0.876 to −0.001)'."""
        return self.evidence.sizes_in_figures if self.evidence else ()

    @property
    def rests_on(self) -> str:
        """What the grade rests on: '1 trial, 155 people'; for an empty cell, when anyone looked."""
        if self.evidence:
            return self.evidence.rests_on
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
    def dots(self) -> tuple[str, ...]:
        """A mark for each study in view: 'counted' in the grade, or only 'filed'. The first dozen."""
        return self.evidence.dots if self.evidence else ()

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


def matrix_of(state: ExplorerState, index: StudyIndex | None = None) -> Matrix:
    """The matrix of a state. One query, three more unless it is remembered, and what the index asks."""
    index = study_index() if index is None else index
    names, on_file, searched = state.names, counts_on_file(index), searches()
    evidence = weighed_in(index, index.whole("cell") & found_in(state, index))
    outcomes = columns(state, on_file)

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
        )

    rows = [
        MatrixRow(form, name, tuple(cell(form, outcome) for outcome in outcomes))
        for form, name in names.forms.items()
        if form in state.chosen.get("form", names.forms)
    ]
    return Matrix(tuple((slug, names.outcomes[slug]) for slug in outcomes), tuple(rows))


@remembered_by(key=lambda form, outcome: (form[0], outcome[0]), most=MOST_CELLS)
def cell_at(form: tuple[str, str], outcome: tuple[str, str]) -> MatrixCell:
    """One cell alone, of slug and name of its form and of its outcome; the sizes of its effects are not looked up.

    Two queries, or none where it is remembered: it needs no index of all studies.
    """
    place = (form[0], outcome[0])
    state = ExplorerState(names=Names(forms=dict([form]), outcomes=dict([outcome]))).at("cell", ".".join(place))
    rows = seen_rows(
        FormEvidence.objects.filter(form__slug=form[0], outcome__slug=outcome[0]).order_by("position", "pk")
    )
    evidence = weighed_rows([row for row in rows if row.study]).get(place)
    return MatrixCell(
        form=form[0],
        outcome=outcome[0],
        form_name=form[1],
        outcome_name=outcome[1],
        is_main=False,
        query=state.query_string if evidence else "",
        evidence=evidence,
        on_file=evidence.studies if evidence else 0,
        looked=bool(rows),
        searched_on=None if evidence else searches().get(place),
    )


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


def counts_on_file(index: StudyIndex) -> dict[Place, int]:
    """Public studies filed for each form and outcome; 0 where a first search found none."""
    filed = {cell: found.bit_count() for cell, found in index.values("cell") if found}
    looked = {cell: 0 for cell, _ in index.values("looked")}
    return {_place(cell): number for cell, number in {**looked, **filed}.items()}


def _place(cell: str) -> Place:
    form, _, outcome = cell.partition(".")
    return form, outcome


def searches() -> dict[Place, date]:
    """When a claim about a form and an outcome was last searched against. One query."""
    rows = CounterSearch.objects.filter(claim__forms__isnull=False, claim__outcomes__isnull=False).order_by()
    latest = rows.values_list("claim__forms__slug", "claim__outcomes__slug").annotate(latest=Max("searched_on"))
    return {(form, outcome): day for form, outcome, day in latest}
