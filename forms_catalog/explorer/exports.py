"""A view as data: the same rows that the page shows, with the meaning and the unit of every column.

CSV holds a heading and rows and nothing else, so that any program reads it; what the columns mean goes with the JSON,
in the shape that all downloads of the site have (forms_catalog.exports).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from forms_catalog.explorer.counts import Numbers
from forms_catalog.explorer.files import TableFile
from forms_catalog.explorer.ladder import LadderRow, ladder_of
from forms_catalog.explorer.matrix import Matrix, matrix_of
from forms_catalog.explorer.state import LADDER, MATRIX, STUDIES, VIEWS, ExplorerState
from forms_catalog.exports.columns import Column, Table, address, date, number, text, texts
from forms_catalog.queries.study_list import listed

MOST_ROWS = 10_000
"""Studies in one file; more is a matter for the whole edition."""


def _address(query: str) -> str:
    return f"{settings.SITE_URL}{reverse('explorer:explore')}?{query}" if query else ""


MATRIX_COLUMNS = (
    text("form", "Key of the form of magnesium"),
    text("form_name", "Name of the form"),
    text("outcome", "Key of the outcome"),
    text("outcome_name", "Name of the outcome"),
    number("studies", "Studies and sources filed for both, in this view", "studies"),
    number("studies_without_filters", "The same whatever the filters", "studies", "on_file"),
    number("trials", "Single randomised trials that the grade counts", "trials"),
    number("people", "People behind the grade, nobody counted twice; null: none, or no number was seen", "people"),
    text("effect", "Which way the studies point; or that none is there"),
    text("size", "How large the effects of its trials are, in words, never averaged; null: it rests on no trial"),
    texts(
        "sizes",
        "Each of its trials with its standardised mean difference and 95 % interval; below zero favours magnesium",
        "sizes_in_figures",
    ),
    text("certainty", "high, moderate, low or very_low; null: not graded"),
    date("searched_on", "When a search about a claim on both last took place; null: none is on file"),
    text("in_words", "All of it, as the page says it"),
    text("address", "The studies of this cell; null: there are none", lambda cell: _address(cell.query)),
)
LADDER_COLUMNS = (
    text("mechanism", "Key of the mechanism"),
    text("mechanism_name", "Name of the mechanism"),
    text("rung", "laboratory, animal, human_marker or human_symptom", "rung.value"),
    text("rung_name", "Name of the rung", "rung.label"),
    number("studies", "Studies on the rung, in this view", "studies"),
    number("studies_without_filters", "The same whatever the filters", "studies", "on_file"),
    number("retracted", "How many of those in view were retracted", "studies"),
    date("searched_on", "When an empty rung was searched; null: no search is on file"),
    text("in_words", "All of it, as the page says it"),
    text("address", "The studies of this rung; null: there are none", lambda cell: _address(cell.query)),
)
STUDY_COLUMNS = (
    text("key", "Key of the study", "slug"),
    text("citation", "As people speak of it", "short_citation"),
    text("title", "Title"),
    texts("authors", "Authors, in order"),
    number("year", "Year of publication", "year"),
    text("journal", "Journal"),
    text("kind", "What sort of source"),
    text("design", "Design"),
    text("species", "Who or what was studied"),
    number("number", "People or animals", "people or animals", "n"),
    text("form", "Key of the one form given; null also where several were given", "form.slug"),
    number("dose", "Elemental magnesium", "mg a day", "dose_mg_elemental"),
    number("duration", "Duration", "days", "duration_days"),
    text("publication_status", "What the journal has said since"),
    text("doi", "DOI"),
    text("pmid", "PubMed's number"),
    text("source_url", "Where it was read"),
    address("study"),
)


def _matrix_cells(state: ExplorerState) -> Iterable[Any]:
    return matrix_of(state).cells


def _rung_cells(state: ExplorerState) -> Iterable[Any]:
    return [cell for row in ladder_of(state) for cell in row.cells]


def _study_rows(state: ExplorerState) -> Iterable[Any]:
    return listed(state.select())[:MOST_ROWS]


_SERIES: dict[str, tuple[tuple[Column, ...], Callable[[ExplorerState], Iterable[Any]]]] = {
    MATRIX: (MATRIX_COLUMNS, _matrix_cells),
    LADDER: (LADDER_COLUMNS, _rung_cells),
    STUDIES: (STUDY_COLUMNS, _study_rows),
}


def series_of(state: ExplorerState) -> tuple[Table, list[Any]]:
    """The columns of a state's view, and its rows. As many queries as the view itself."""
    columns, rows_of = _SERIES[state.view]
    title = f"{settings.SITE_NAME}: {VIEWS[state.view].lower()}"
    return Table(state.view, title, columns), list(rows_of(state))


def table_of(state: ExplorerState, numbers: Numbers) -> TableFile:
    """A view as a table to take away."""
    table, rows = series_of(state)
    return TableFile(
        table,
        rows,
        page=reverse("explorer:explore"),
        query=state.query_string,
        said=numbers.said,
        notices=state.notices,
        complete=state.view != STUDIES or numbers.found <= MOST_ROWS,
    )


def row_count(
    numbers: Numbers, *, matrix: Matrix | None = None, ladder: list[LadderRow] | None = None, **_: Any
) -> int:
    """How many rows the file of a view has, from what the page shows of it."""
    if matrix is not None:
        return len(matrix.cells)
    if ladder is not None:
        return sum(len(row.cells) for row in ladder)
    return min(numbers.found, MOST_ROWS)
