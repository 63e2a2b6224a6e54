"""The catalog's lists and records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.exports.claims import CLAIMS
from forms_catalog.exports.columns import Table
from forms_catalog.exports.records import RECORDS, RecordKind
from forms_catalog.exports.reference_tables import GLOSSARY
from forms_catalog.exports.shelves import FORMS, MECHANISMS, OUTCOMES
from forms_catalog.exports.studies import STUDIES
from forms_catalog.models import Claim, Form, GlossaryTerm, Mechanism, Outcome, Study
from forms_catalog.twins.twin import LIST, RECORD, Group, Sample, Twin, first_fields

ONE_OF = {
    "forms": ("form", "One form of magnesium, with its structures, its evidence and what is claimed for it"),
    "mechanisms": ("mechanism", "One mechanism, with its ladder of evidence and drugs that act in the same place"),
    "outcomes": ("outcome", "One outcome, with its grade and the notes on it"),
    "studies": ("study", "One study or source, with results, effects, arms, risk of bias and what we recomputed"),
    "claims": (
        "claim",
        "One claim, with the sources for and against it, the searches against it and how its verdict changed",
    ),
    "glossary": ("word", "One word and what it means"),
}
FILES = {"studies": tuple(DOWNLOADS)}


def twins() -> Iterator[Twin]:
    """Each kind of record as a list and one by one."""
    for kind, (one, holds) in ONE_OF.items():
        yield _list(kind, RECORDS[kind].table)
        yield _record(kind, one, holds, RECORDS[kind])


def _list(kind: str, table: Table) -> Twin:
    return Twin(
        kind,
        Group.CATALOG,
        table.title,
        f"/{kind}/",
        "The rows of the page, with the filters and the order of its address",
        {LIST: table},
        files=("csv", *FILES.get(kind, ())),
        example=f"/{kind}.json",
    )


def _record(kind: str, one: str, holds: str, record: RecordKind) -> Twin:
    fields = {RECORD: record.table, **{f"parts.{part.table.name}[]": part.table for part in record.parts}}
    return Twin(one, Group.CATALOG, f"One {one}", f"/{kind}/<{one}>/", holds, fields, files=FILES.get(kind, ()))


def _wrapped(name: str) -> Callable[[Any], Any]:
    """As the list's rows hold it."""
    return lambda record: SimpleNamespace(**{name: record})


_FIRST: Mapping[str, tuple[Callable[[], Any], Table, int, Callable[[Any], Any]]] = {
    "form": (lambda: Form.objects.first(), FORMS, 6, _wrapped("form")),
    "mechanism": (lambda: Mechanism.objects.first(), MECHANISMS, 3, _wrapped("mechanism")),
    "outcome": (lambda: Outcome.objects.filter(is_main=True).first(), OUTCOMES, 6, _wrapped("outcome")),
    "study": (lambda: Study.objects.published().exclude(design="").first(), STUDIES, 10, lambda study: study),
    "claim": (lambda: Claim.objects.first(), CLAIMS, 8, lambda claim: claim),
    "word": (lambda: GlossaryTerm.objects.first(), GLOSSARY, 5, lambda term: term),
}
"""A record of each kind, its columns, how many of them can be told from the record alone, and its row."""


def samples() -> dict[str, Sample]:
    """The first record of each kind. Six queries."""
    found = {name: (find(), table, number, row) for name, (find, table, number, row) in _FIRST.items()}
    return {
        name: first_fields(table, row(record), number=number)
        for name, (record, table, number, row) in found.items()
        if record is not None
    }
