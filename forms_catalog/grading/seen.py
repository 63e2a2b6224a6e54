"""Studies and rows of evidence as the rule sees them, read as columns: ten thousand records take seconds to build.

They answer what the rule, its words and a link to a study ask of a record, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet, Value

from forms_catalog.models import Form, FormEvidence, Outcome, Study
from forms_catalog.models.base import page_address
from forms_catalog.models.studies import citation_in_words
from forms_catalog.models.vocabulary import FormEvidenceLevel, PublicationStatus

OF_TRIAL = (
    "magnesium_given",
    "magnesium_alone",
    "n_total_randomised",
    "n_total_analysed",
    "funding_type",
    "randomised",
)
OF_STUDY = ("pk", "slug", "kind", "is_public", "design", "species", "n", "form_id", "publication_status")
OF_CITATION = ("slug", "authors", "title", "year")
OF_EVIDENCE = ("level", "n", "form_id", "form__slug", "form__name")
OF_OUTCOME = ("pk", "slug", "name", "is_main", "broader_id")
MOST_NAMED = 5_000
"""Beyond so many it takes longer to name the studies that are wanted than to read them all."""


@dataclass(slots=True)
class SeenTrial:
    """How a study was run. Fields as in `Trial`."""

    magnesium_given: bool
    magnesium_alone: bool | None
    n_total_randomised: int | None
    n_total_analysed: int | None
    funding_type: str
    randomised: bool | None


@dataclass(slots=True)
class SeenStudy:
    """A study. Fields as in `Study`."""

    pk: int
    slug: str
    kind: str
    is_public: bool
    design: str
    species: str
    n: int | None
    form_id: int | None
    publication_status: str
    short_citation: str
    year: int | None
    trial: SeenTrial | None

    def __str__(self) -> str:
        return self.short_citation

    def get_absolute_url(self) -> str:
        """The study's page."""
        return page_address("catalog:study", self.slug)

    def get_publication_status_display(self) -> str:
        """What its journal has said since."""
        return str(PublicationStatus(self.publication_status).label)


@dataclass(slots=True)
class SeenRow:
    """A row of evidence. Fields as in `FormEvidence`; rows of one form, or study, share its object."""

    form: Form
    outcome: Outcome
    study: SeenStudy | None
    level: str
    n: int | None
    note: str

    @property
    def form_id(self) -> int:
        """Primary key of the form."""
        return self.form.pk

    @property
    def outcome_id(self) -> int:
        """Primary key of the outcome."""
        return self.outcome.pk

    @property
    def study_id(self) -> int | None:
        """Primary key of the study; None where a search found none."""
        return self.study.pk if self.study else None

    def get_level_display(self) -> str:
        """The kind of evidence in words."""
        return str(FormEvidenceLevel(self.level).label) if self.level else ""


def seen_studies(studies: QuerySet[Study]) -> list[SeenStudy]:
    """Studies in the order given. One query."""
    return [_study(iter(row)) for row in studies.values_list(*_columns_of_study(""))]


def seen_rows(rows: QuerySet[FormEvidence], *, notes: bool = False) -> list[SeenRow]:
    """Rows of evidence in the order given, those on studies that readers cannot see left out. One query."""
    rows = rows.annotate(seen_note=Value("")) if not notes else rows
    columns = ("note" if notes else "seen_note", *OF_EVIDENCE, *(f"outcome__{name}" for name in OF_OUTCOME))
    shared = _Shared({}, {}, {})
    found = (shared.row(iter(row)) for row in rows.values_list(*columns, *_columns_of_study("study__")))
    return [row for row in found if row.study is None or row.study.is_public]


def among(field: str, keys: Collection[int]) -> dict[str, Any]:
    """Filter for rows on these; none where they are too many to name, and the reader must choose."""
    return {f"{field}__in": keys} if len(keys) <= MOST_NAMED else {}


def _columns_of_study(path: str) -> list[str]:
    own = [f"{path}{name}" for name in (*OF_STUDY, *OF_CITATION)]
    return own + [f"{path}trial__{name}" for name in ("study", *OF_TRIAL)]


def _study(row: Iterator[Any]) -> SeenStudy:
    own: dict[str, Any] = dict(zip(OF_STUDY, row, strict=False))
    words: dict[str, Any] = dict(zip(OF_CITATION, row, strict=False))
    trial = SeenTrial(*islice(row, len(OF_TRIAL))) if next(row) is not None else None
    return SeenStudy(**own, short_citation=citation_in_words(**words), year=words["year"], trial=trial)


@dataclass(slots=True)
class _Shared:
    """What several rows have in common."""

    forms: dict[int, Form]
    outcomes: dict[int, Outcome]
    studies: dict[int, SeenStudy]

    def row(self, row: Iterator[Any]) -> SeenRow:
        note, level, n, form, *of_form = islice(row, 1 + len(OF_EVIDENCE))
        outcome, *of_outcome = islice(row, len(OF_OUTCOME))
        if form not in self.forms:
            self.forms[form] = Form(id=form, slug=of_form[0], name=of_form[1])
        if outcome not in self.outcomes:
            known = dict(zip(OF_OUTCOME[1:], of_outcome, strict=True))
            self.outcomes[outcome] = Outcome(id=outcome, **known)
        return SeenRow(self.forms[form], self.outcomes[outcome], self._study(list(row)), level, n, note)

    def _study(self, row: list[Any]) -> SeenStudy | None:
        key = row[0]
        if key is not None and key not in self.studies:
            self.studies[key] = _study(iter(row))
        return self.studies.get(key)
