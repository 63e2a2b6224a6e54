"""What the matrix says of the studies of each cell, once they are graded.

Grading reads every row of evidence in view, so what comes of it is kept for the sets of studies that readers look at:
a few words and numbers for each cell, not its sources. See docs/adr/0010-index-of-studies.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms_catalog.grading.cells import Cell, grade_cells
from forms_catalog.grading.rule import TRIALS, people_behind
from forms_catalog.grading.seen import SeenRow, among, seen_rows
from forms_catalog.grading.sizes import Size, in_words, sizes_of
from forms_catalog.index.studies import StudyIndex
from forms_catalog.models import Effect, FormEvidence
from forms_catalog.queries.forms import OutcomeEvidence
from forms_catalog.remembered import remembered_by

MOST_DOTS = 12
MOST_VIEWS = 16
"""Sets of studies whose cells are kept; each takes a quarter of a megabyte, however many studies there are."""
OF_EFFECTS = (
    *("smd", "ci_low", "ci_high", "comparator", "intervention", "flag"),
    *("study__slug", "outcome__broader"),
)
Effects = Mapping[str, list[Effect]]
NONE_READ: Effects = {}
Place = tuple[str, str]
"""A form and an outcome, by slug."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The studies of one cell in numbers and words; see `MatrixCell`, which shows them."""

    studies: int
    trials: int
    people: int | None
    lean: str
    certainty: str
    effect: str
    rests_on: str
    size: str
    sizes_in_figures: tuple[str, ...]
    dots: tuple[str, ...]


@remembered_by(key=lambda index, filed: (index, filed), most=MOST_VIEWS)
def weighed_in(index: StudyIndex, filed: int) -> dict[Place, Weighed]:
    """Each form and outcome with any of a set of studies filed for both. Three queries, or none where remembered."""
    keys = frozenset(index.keys_of(filed))
    return weighed_rows(_rows(keys), main_effects(keys))


def weighed_rows(rows: list[SeenRow], effects: Effects = NONE_READ) -> dict[Place, Weighed]:
    """The same of rows of evidence on studies; without sizes where no effects were read. One query."""
    cells = grade_cells(rows)
    together: dict[tuple[int, int], list[SeenRow]] = defaultdict(list)
    for row in rows:
        together[row.form_id, row.outcome_id].append(row)
    return {
        (group[0].form.slug, group[0].outcome.slug): _weighed(group, cells[key], effects)
        for key, group in together.items()
    }


def _rows(keys: frozenset[int]) -> list[SeenRow]:
    filed = FormEvidence.objects.filter(study__isnull=False, **among("study", keys))
    return [row for row in seen_rows(filed.order_by("form", "outcome", "position", "pk")) if row.study_id in keys]


def _weighed(rows: list[SeenRow], cell: Cell, effects: Effects) -> Weighed:
    evidence, graded = OutcomeEvidence(rows[0].outcome, rows, cell), cell.grade
    sizes = sizes_of(graded, effects, outcome=evidence.outcome.pk)
    counted = graded.counted if graded else ()
    return Weighed(
        studies=len(rows),
        trials=sum(not source.is_review for source in counted) if graded and graded.basis is TRIALS else 0,
        people=people_behind(counted),
        lean=cell.lean.name.lower() if cell.lean else "",
        certainty=graded.certainty.value if graded else "",
        effect=evidence.effect,
        rests_on=", ".join(filter(None, [evidence.sources, evidence.people])),
        size=in_words(sizes),
        sizes_in_figures=tuple(f"{key}: {each.in_figures}" for key, each in sizes.items() if isinstance(each, Size)),
        dots=_dots(rows, {source.key for source in counted}),
    )


def _dots(rows: Iterable[SeenRow], counted: set[str]) -> tuple[str, ...]:
    """Counted ones first."""
    marks = ["counted" if row.study and row.study.slug in counted else "filed" for row in rows]
    return tuple(sorted(marks)[:MOST_DOTS])


def main_effects(keys: frozenset[int]) -> Effects:
    """The main row of each comparison of these studies, by slug. One query."""
    rows = Effect.objects.filter(primary_row=True, **among("study", keys))
    found: dict[str, list[Effect]] = defaultdict(list)
    for row in rows.select_related("study", "outcome").only(*OF_EFFECTS).order_by("position", "pk"):
        if row.study_id in keys:
            found[row.study.slug].append(row)
    return found
