"""Records as plain documents, the way a file holds them, and the digest by which two are compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import models

from forms_catalog.edition.layout import RowType, owned_parts, related_model, written_fields
from forms_catalog.models.base import Record

Document = dict[str, Any]
CHUNK = 500


def plain(value: Any) -> Any:
    """A value in its one spelling: whole floats as integers, mappings in alphabetical order.

    PostgreSQL keeps no order of names inside a JSON value, so neither do files.
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, dict):
        return {name: plain(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def is_empty(value: Any) -> bool:
    """Whether a value says nothing, and is left out of files."""
    return value is None or value == "" or value == [] or value == {}


def digest(document: Document) -> str:
    """SHA-256 of a document, the same however its file is laid out."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _paths(model: RowType) -> tuple[tuple[str, RowType], ...]:
    """Lookups that reach every part and every list of keys a document needs, with the model at their end."""
    paths: list[tuple[str, RowType]] = [
        (field.name, related_model(field)) for field in written_fields(model) if field.many_to_many
    ]
    for owned in owned_parts(model):
        paths.append((owned.name, owned.model))
        paths += [(f"{owned.name}__{path}", end) for path, end in _paths(owned.model)]
    return tuple(paths)


def _with_keys(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows, each with the slugs it names.

    Joined, not prefetched: SQLite refuses a prefetch that leads to more than a thousand records.
    """
    model: RowType = rows.model
    named = [field for field in written_fields(model) if field.is_relation and not field.many_to_many]
    if not named:
        return rows
    unread = [
        f"{field.name}__{column.name}"
        for field in named
        for column in related_model(field)._meta.concrete_fields
        if column.name not in {"id", "slug"}
    ]
    return rows.select_related(*(field.name for field in named)).defer(*unread)


def with_parts(records: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The records with all their parts, in a number of queries that does not grow with them."""
    model: RowType = records.model
    for path, end in _paths(model):
        rows = (
            end._default_manager.only("slug").order_by("slug")
            if issubclass(end, Record)
            else _with_keys(end._default_manager.all())
        )
        records = records.prefetch_related(models.Prefetch(path, queryset=rows))
    return _with_keys(records)


def documents(records: models.QuerySet[Any]) -> Iterator[tuple[str, Document]]:
    """Slug and document of each record."""
    for record in with_parts(records.order_by("slug")).iterator(chunk_size=CHUNK):
        yield record.slug, document_of(record)


def document_of(row: models.Model) -> Document:
    """The document of a record or part. Prefetch with `with_parts` first."""
    document: Document = {}
    for field in written_fields(type(row)):
        document[field.name] = _value(row, field)
    for owned in owned_parts(type(row)):
        document[owned.name] = _parts(row, owned.name, many=owned.many)
    return {name: value for name, value in document.items() if not is_empty(value)}


def _value(row: models.Model, field: models.Field[Any, Any]) -> Any:
    if field.many_to_many:
        return sorted(record.slug for record in getattr(row, field.name).all())
    if field.is_relation:
        record = getattr(row, field.name)
        return record.slug if record else None
    return plain(getattr(row, field.attname))


def _parts(row: models.Model, name: str, *, many: bool) -> Any:
    if not many:
        part = getattr(row, name, None)
        return document_of(part) if part else None
    rows: Iterable[models.Model] = getattr(row, name).all()
    return [document_of(part) for part in rows]
