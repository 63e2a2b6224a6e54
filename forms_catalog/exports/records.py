"""One record as data: its row, and the rows of what it consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forms_catalog.exports.about import about, columns_in_words
from forms_catalog.exports.claims import CLAIMS, whole_claims
from forms_catalog.exports.columns import Table
from forms_catalog.exports.glossary import whole_terms
from forms_catalog.exports.links import Links, full, links_of
from forms_catalog.exports.parts import CLAIM_PARTS, FORM_PARTS, MECHANISM_PARTS, OUTCOME_PARTS, STUDY_PARTS, Part
from forms_catalog.exports.reference_tables import GLOSSARY
from forms_catalog.exports.shelves import FORMS, MECHANISMS, OUTCOMES
from forms_catalog.exports.studies import STUDIES, whole_studies
from forms_catalog.queries.form_list import FormRow, form_rows
from forms_catalog.queries.mechanism_list import MechanismRow, mechanism_rows
from forms_catalog.queries.outcome_list import OutcomeRow, outcome_rows

Found = tuple[Any, Any]
"""A record, and what its row is read off."""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """How one kind of record leaves as data. `find` gives None for a key that no visible record has."""

    table: Table
    parts: tuple[Part, ...]
    find: Callable[[str], Found | None]
    has_replies: bool = True


def _study(slug: str) -> Found | None:
    study = whole_studies().filter(slug=slug).first()
    return (study, study) if study else None


def _claim(slug: str) -> Found | None:
    claim = whole_claims().filter(slug=slug).first()
    return (claim, claim) if claim else None


def _term(slug: str) -> Found | None:
    term = whole_terms().filter(slug=slug).first()
    return (term, term) if term else None


def _form(slug: str) -> Found | None:
    """All forms are read, as the list does, so that one form can never be told differently in the two."""
    row: FormRow | None = next((row for row in form_rows() if row.form.slug == slug), None)
    return (row.form, row) if row else None


def _mechanism(slug: str) -> Found | None:
    row: MechanismRow | None = next((row for row in mechanism_rows() if row.mechanism.slug == slug), None)
    return (row.mechanism, row) if row else None


def _outcome(slug: str) -> Found | None:
    row: OutcomeRow | None = next((row for row in outcome_rows() if row.outcome.slug == slug), None)
    return (row.outcome, row) if row else None


RECORDS = {
    "studies": RecordKind(STUDIES, STUDY_PARTS, _study),
    "forms": RecordKind(FORMS, FORM_PARTS, _form),
    "mechanisms": RecordKind(MECHANISMS, MECHANISM_PARTS, _mechanism),
    "outcomes": RecordKind(OUTCOMES, OUTCOME_PARTS, _outcome, has_replies=False),
    "claims": RecordKind(CLAIMS, CLAIM_PARTS, _claim),
    "glossary": RecordKind(GLOSSARY, (), _term, has_replies=False),
}


def record_document(kind: str, slug: str) -> dict[str, Any] | None:
    """A record with its parts and the meaning of every column; None when there is none to show."""
    asked = RECORDS[kind]
    found = asked.find(slug)
    if found is None:
        return None
    record, row = found
    tables = (asked.table, *(part.table for part in asked.parts))
    said = about(title=f"{asked.table.title}: {record}", address=f"/{kind}/{slug}.json")
    said |= {"page": full(f"/{kind}/{slug}/"), "links": _links(asked, kind, slug)}
    said["columns"] = {table.name: columns_in_words(table) for table in tables}
    parts = {part.table.name: part.table.rows(part.of(record)) for part in asked.parts}
    return {"metadata": said, "record": asked.table.row(row), "parts": parts}


def _links(asked: RecordKind, kind: str, slug: str) -> Links:
    """The list it stands in, and what readers wrote about it, where they can."""
    replies = f"/{kind}/{slug}/replies.json" if asked.has_replies else None
    return links_of(address=f"/{kind}/{slug}.json", page=f"/{kind}/{slug}/", list=f"/{kind}.json", replies=replies)
