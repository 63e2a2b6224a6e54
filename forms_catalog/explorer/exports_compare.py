"""Forms side by side as data: a row for each cell of the page's table, row by row, in the page's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from forms_catalog.explorer.compare import OutcomeRow
from forms_catalog.explorer.sides import Side
from forms_catalog.exports.columns import Table, key, number, text, texts, word
from forms_catalog.grading.rule import people_behind
from forms_catalog.models.vocabulary import Certainty
from forms_catalog.queries.forms import OutcomeEvidence, counted_in_words
from mgsite.templatetags.ui import decimals

NO_CAUTION = "No caution about this form alone is on file. That is no promise that it suits you."
NONE_ON_FILE, NOT_GRADED = "None on file", "Measured, not graded"


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One form in one row of the table."""

    side: Side
    row: str
    row_name: str
    says: list[str]
    basis: str = ""
    """The small print under it."""
    outcome: str = ""
    found: OutcomeEvidence | None = None
    trials: int | None = None

    @property
    def certainty(self) -> str:
        """The level of the grade; empty without one."""
        return self.found.cell.grade.certainty.value if self.found and self.found.cell.grade else ""

    @property
    def people(self) -> int | None:
        """People behind the grade, nobody counted twice."""
        return people_behind(self.found.cell.grade.counted) if self.found and self.found.cell.grade else None


COMPARISON = Table(
    "comparison",
    "Forms of magnesium side by side",
    (
        text("row", "Which row of the comparison: cautions, share, doses, outcome, absorption or tolerability"),
        text("row_name", "The row as the page names it"),
        key("outcome", "Key of the outcome; null in the other rows", "outcomes"),
        key("form", "Key of the form", "forms", "side.form.slug"),
        text("form_name", "Name of the form", "side.form.name"),
        texts("says", "What the cell says; null: nothing was seen"),
        text("basis", "What that rests on"),
        number(
            "elemental_magnesium_percent",
            "In the row share: elemental magnesium as a share of weight, from the formula",
            "% of weight",
            lambda cell: cell.side.hydrate.elemental_percent if cell.row == "share" and cell.side.hydrate else None,
        ),
        word("certainty", "In the row of an outcome: how sure the evidence is; null: not graded", Certainty),
        number("trials", "In the row of an outcome: trials in people that measured it", "trials"),
        number("people", "People behind the grade, nobody counted twice; null: none, or not seen", "people"),
    ),
)


def compared_cells(sides: Sequence[Side], rows: Iterable[OutcomeRow]) -> list[ComparedCell]:
    """Every cell in the order of the page: cautions first. No query."""
    before = [cell(side) for cell in (_cautions, _share, _doses) for side in sides]
    return [*before, *_outcomes(rows), *(cell(side) for cell in (_absorption, _tolerability) for side in sides)]


def _cautions(side: Side) -> ComparedCell:
    return ComparedCell(side, "cautions", "Before you take it", list(side.form.cautions) or [NO_CAUTION])


def _share(side: Side) -> ComparedCell:
    cell = partial(ComparedCell, side, "share", "Share that is magnesium")
    if side.hydrate is None:
        return cell(["structure not on file"])
    first = f", the first of {side.structures} structures" if side.structures > 1 else ""
    return cell([f"{decimals(side.hydrate.elemental_percent, 1)} %"], f"{side.hydrate.state}{first}")


def _doses(side: Side) -> ComparedCell:
    nothing = [] if side.dose_basis else ["no trial in people on file"]
    says = [side.dose_range] if side.dose_range else nothing
    return ComparedCell(side, "doses", "Doses in trials, elemental magnesium", says, side.dose_basis)


def _outcomes(rows: Iterable[OutcomeRow]) -> Iterator[ComparedCell]:
    for row in rows:
        for side, found, trials in row.cells:
            cell = partial(ComparedCell, side, "outcome", row.outcome.name, outcome=row.outcome.slug, trials=trials)
            if found:
                basis = "; ".join(filter(None, [found.sources, found.people])) if found.sources else ""
                yield cell([found.effect], basis, found=found)
            else:
                yield cell([NOT_GRADED], counted_in_words(trials, "trial")) if trials else cell([NONE_ON_FILE])


def _told(row: str, row_name: str, words: Callable[[Side], str]) -> Callable[[Side], ComparedCell]:
    return lambda side: ComparedCell(side, row, row_name, [words(side)] if words(side) else [])


_absorption = _told("absorption", "How well it is absorbed", lambda side: side.form.absorption)
_tolerability = _told("tolerability", "How it is tolerated", lambda side: side.form.tolerability)
