"""Writing drafts to the database, in bulk: records in order of dependency, then their keys, sets and parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from forms_catalog.edition.constraints import names_in
from forms_catalog.edition.drafts import Draft
from forms_catalog.edition.layout import (
    KINDS,
    RowType,
    models_below,
    owned_parts,
    owner_field,
    related_model,
    written_fields,
)
from forms_catalog.models.base import Record

BATCH = 200
Keys = dict[RowType, dict[str, Any]]
"""Primary key by slug, for each kind of record."""


def write_rows(*, create: list[Draft], update: list[Draft]) -> None:
    """Write whole records. Call inside a transaction, with drafts that have been checked."""
    keys: Keys = {model: dict(model._default_manager.values_list("slug", "pk")) for model in KINDS.values()}
    records = [*create, *update]
    _clear(update, keys=keys)
    for model in KINDS.values():
        _update(_of(model, update), keys=keys)
        _create(model, _of(model, create), keys=keys)
    _write_self_references(records, keys=keys)
    _write_sets(records, keys=keys)
    for model in KINDS.values():
        for below in models_below(model)[1:]:
            _write_parts(below, records, keys=keys)


def _of(model: RowType, drafts: Iterable[Draft]) -> list[Draft]:
    return [draft for draft in drafts if type(draft.row) is model]


def _slug(draft: Draft) -> str:
    return draft.row.slug if isinstance(draft.row, Record) else ""


def _clear(updates: list[Draft], *, keys: Keys) -> None:
    """Take away the parts of records that will be written anew, and what another record may be about to take over."""
    for model in KINDS.values():
        rows = [keys[model][_slug(draft)] for draft in _of(model, updates)]
        for owned in owned_parts(model):
            owned.model._default_manager.filter(**{f"{owned.parent.name}__in": rows}).delete()
        for field in _set_fields(model):
            _through(field)._default_manager.filter(**{f"{field.m2m_field_name()}__in": rows}).delete()
        freed = _unique_when_not_empty(model)
        if rows and freed:
            model._default_manager.filter(pk__in=rows).update(**dict.fromkeys(freed, ""))


def _unique_when_not_empty(model: RowType) -> list[str]:
    """Text fields that no two records share unless they are empty: a PMID may move from one record to another."""
    conditions = [each.condition for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    return [
        name
        for condition in conditions
        if condition is not None and any(child[1:] == ("",) for child in condition.children)  # type: ignore[index]
        for name in names_in(condition)
    ]


def _update(drafts: list[Draft], *, keys: Keys) -> None:
    for draft in drafts:
        _set_keys(draft, keys=keys)
        draft.row.pk = keys[type(draft.row)][_slug(draft)]
        draft.row.save(force_update=True)


def _create(model: RowType, drafts: list[Draft], *, keys: Keys) -> None:
    for draft in drafts:
        _set_keys(draft, keys=keys)
    model._default_manager.bulk_create([draft.row for draft in drafts], batch_size=BATCH)
    keys[model] |= {_slug(draft): draft.row.pk for draft in drafts}


def _set_keys(draft: Draft, *, keys: Keys) -> None:
    """Keys to other kinds; those to the same kind wait until all its records exist."""
    for name, slug in draft.keys.items():
        target = related_model(draft.row._meta.get_field(name))
        if target is not type(draft.row):
            setattr(draft.row, f"{name}_id", keys[target][slug])


def _write_self_references(drafts: list[Draft], *, keys: Keys) -> None:
    for draft in drafts:
        model = type(draft.row)
        own = {
            f"{name}_id": keys[model][slug]
            for name, slug in draft.keys.items()
            if related_model(model._meta.get_field(name)) is model
        }
        if own:
            model._default_manager.filter(pk=draft.row.pk).update(**own)


def _set_fields(model: RowType) -> list[models.ManyToManyField[Any, Any]]:
    return [field for field in written_fields(model) if isinstance(field, models.ManyToManyField)]


def _through(field: models.ManyToManyField[Any, Any]) -> RowType:
    """The table behind a many-to-many field."""
    table: RowType = field.remote_field.through  # type: ignore[assignment]
    return table


def _write_sets(drafts: list[Draft], *, keys: Keys) -> None:
    for model in {type(draft.row) for draft in drafts}:
        for field in _set_fields(model):
            table, source, target = _through(field), field.m2m_field_name(), field.m2m_reverse_field_name()
            rows = [
                table(**{f"{source}_id": draft.row.pk, f"{target}_id": keys[related_model(field)][slug]})
                for draft in _of(model, drafts)
                for slug in draft.sets.get(field.name, [])
            ]
            table._default_manager.bulk_create(rows, batch_size=BATCH)


def _write_parts(model: RowType, records: list[Draft], *, keys: Keys) -> None:
    parts = _of(model, (draft for record in records for draft in record.with_parts()))
    owner = owner_field(model)
    for draft in parts:
        _set_keys(draft, keys=keys)
        if owner is not None and draft.owner is not None:
            setattr(draft.row, owner.attname, draft.owner.row.pk)
    model._default_manager.bulk_create([draft.row for draft in parts], batch_size=BATCH)
    _write_sets(parts, keys=keys)
