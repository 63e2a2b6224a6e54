"""A view as data: the same rows that the page shows, with the meaning and the unit of every column.

CSV holds a heading and rows and nothing else, so that any program reads it; what the columns mean goes with the JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from forms_catalog.explorer.counts import Numbers
from forms_catalog.explorer.ladder import LadderRow, RungCell, ladder_of
from forms_catalog.explorer.matrix import Matrix, MatrixCell, matrix_of
from forms_catalog.explorer.spreadsheet import Cell, csv_text
from forms_catalog.explorer.state import LADDER, MATRIX, STUDIES, VIEWS, ExplorerState
from forms_catalog.models import PublicState, Study
from forms_catalog.queries.study_list import listed

MOST_ROWS = 10_000
"""Studies in one file; more is a matter for the whole edition."""
LICENCE = "not stated by the owner"


@dataclass(frozen=True, slots=True)
class Field:
    """One column."""

    name: str
    words: str
    value: Callable[[Any], Cell]
    unit: str = ""


def _address(query: str) -> str:
    return f"{settings.SITE_URL}{reverse('explorer:explore')}?{query}" if query else ""


def _day(cell: MatrixCell | RungCell) -> str:
    return cell.searched_on.isoformat() if cell.searched_on else ""


MATRIX_FIELDS = (
    Field("form", "Key of the form of magnesium", lambda cell: cell.form),
    Field("form_name", "Its name", lambda cell: cell.form_name),
    Field("outcome", "Key of the outcome", lambda cell: cell.outcome),
    Field("outcome_name", "Its name", lambda cell: cell.outcome_name),
    Field("studies", "Studies and sources filed for both, in this view", lambda cell: cell.studies, "studies"),
    Field("studies_without_filters", "The same whatever the filters", lambda cell: cell.on_file, "studies"),
    Field("trials", "Single randomised trials that the grade counts", lambda cell: cell.trials, "trials"),
    Field(
        "people",
        "People behind the grade, nobody counted twice; empty: none, or no number was seen",
        lambda cell: cell.people,
        "people",
    ),
    Field("effect", "Which way the studies point", lambda cell: cell.effect),
    Field("certainty", "high, moderate, low or very_low; empty: not graded", lambda cell: cell.certainty),
    Field("searched_on", "When a search about a claim on both last took place; empty: none on file", _day, "date"),
    Field("in_words", "All of it, as the page says it", lambda cell: cell.in_words),
    Field("address", "The studies of this cell", lambda cell: _address(cell.query)),
)
LADDER_FIELDS = (
    Field("mechanism", "Key of the mechanism", lambda cell: cell.mechanism),
    Field("mechanism_name", "Its name", lambda cell: cell.mechanism_name),
    Field("rung", "Rung: laboratory, animal, human_marker, human_symptom", lambda cell: cell.rung.value),
    Field("rung_name", "Its name", lambda cell: str(cell.rung.label)),
    Field("studies", "Studies on the rung, in this view", lambda cell: cell.studies, "studies"),
    Field("studies_without_filters", "The same whatever the filters", lambda cell: cell.on_file, "studies"),
    Field("retracted", "How many of those in view were retracted", lambda cell: cell.retracted, "studies"),
    Field("searched_on", "When an empty rung was searched; empty: no search on file", _day, "date"),
    Field("in_words", "All of it, as the page says it", lambda cell: cell.in_words),
    Field("address", "The studies of this rung", lambda cell: _address(cell.query)),
)
STUDY_FIELDS = (
    Field("key", "Key of the study", lambda study: study.slug),
    Field("citation", "As people speak of it", lambda study: study.short_citation),
    Field("title", "Title; empty: not seen", lambda study: study.title),
    Field("authors", "Authors, in order", lambda study: "; ".join(study.authors)),
    Field("year", "Year of publication", lambda study: study.year, "year"),
    Field("journal", "Journal", lambda study: study.journal),
    Field("kind", "What sort of source", lambda study: study.kind),
    Field("design", "Design", lambda study: study.design),
    Field("species", "Who or what was studied", lambda study: study.species),
    Field("number", "People or animals; empty: not seen", lambda study: study.n, "people or animals"),
    Field("form", "Key of the one form given; empty: none, several or not stated", lambda study: _form_of(study)),
    Field("dose", "Elemental magnesium; empty: not seen", lambda study: study.dose_mg_elemental, "mg a day"),
    Field("duration", "Duration; empty: not seen", lambda study: study.duration_days, "days"),
    Field("publication_status", "What the journal has said since", lambda study: study.publication_status),
    Field("doi", "DOI", lambda study: study.doi),
    Field("pmid", "PubMed", lambda study: study.pmid),
    Field("source_url", "Where it was read", lambda study: study.source_url),
    Field("page", "Its page here", lambda study: f"{settings.SITE_URL}{study.get_absolute_url()}"),
)


def _form_of(study: Study) -> str:
    return study.form.slug if study.form else ""


def _matrix_cells(state: ExplorerState) -> Iterable[Any]:
    return matrix_of(state).cells


def _rung_cells(state: ExplorerState) -> Iterable[Any]:
    return [cell for row in ladder_of(state) for cell in row.cells]


def _study_rows(state: ExplorerState) -> Iterable[Any]:
    return listed(state.select())[:MOST_ROWS]


_SERIES: dict[str, tuple[Sequence[Field], Callable[[ExplorerState], Iterable[Any]]]] = {
    MATRIX: (MATRIX_FIELDS, _matrix_cells),
    LADDER: (LADDER_FIELDS, _rung_cells),
    STUDIES: (STUDY_FIELDS, _study_rows),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A view as columns and rows."""

    fields: Sequence[Field]
    rows: list[list[Cell]]

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [field.name for field in self.fields]

    def as_csv(self) -> str:
        """A heading and rows."""
        return csv_text(self.names, self.rows)

    def as_data(self) -> dict[str, Any]:
        """Columns with their meaning, and rows by name."""
        columns = [{"name": each.name, "meaning": each.words, "unit": each.unit or None} for each in self.fields]
        return {"columns": columns, "rows": [dict(zip(self.names, row, strict=True)) for row in self.rows]}


def table_of(state: ExplorerState) -> Table:
    """The rows of a state's view. As many queries as the view itself."""
    fields, rows_of = _SERIES[state.view]
    return Table(fields, [[field.value(row) for field in fields] for row in rows_of(state)])


def row_count(
    numbers: Numbers, *, matrix: Matrix | None = None, ladder: list[LadderRow] | None = None, **_: Any
) -> int:
    """How many rows the file of a view has, from what the page shows of it."""
    if matrix is not None:
        return len(matrix.cells)
    if ladder is not None:
        return sum(len(row.cells) for row in ladder)
    return min(numbers.found, MOST_ROWS)


def about(state: ExplorerState, numbers: Numbers) -> dict[str, Any]:
    """What a file must say of itself. One query."""
    changed = PublicState.objects.filter(pk=PublicState.ONLY).first()
    return {
        "title": f"{settings.SITE_NAME}: {VIEWS[state.view]}",
        "query": numbers.said,
        "address": _address(state.query_string) or f"{settings.SITE_URL}{reverse('explorer:explore')}",
        "edition": {
            "version": changed.version if changed else 1,
            "date": changed.changed_at.date().isoformat() if changed else None,
        },
        "licence": LICENCE,
        "complete": state.view != STUDIES or numbers.found <= MOST_ROWS,
        "not_medical_advice": "Nothing here is a reason to stop or delay a treatment.",
    }
