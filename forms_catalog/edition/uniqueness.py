"""What may occur only once: the models' unique constraints, worked out over files and database together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models.functions import Lower

from forms_catalog.edition.constraints import holds, names_in, values_of
from forms_catalog.edition.drafts import Draft
from forms_catalog.edition.errors import Problem
from forms_catalog.edition.layout import KINDS, RowType, kind_of, owner_field, related_model

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OnlyOnce:
    """One unique constraint."""

    model: RowType
    fields: tuple[str, ...]
    condition: models.Q | None = None
    ignore_case: bool = False

    @property
    def within_owner(self) -> bool:
        """Whether it compares only the parts of one record."""
        owner = owner_field(self.model)
        return owner is not None and owner.name in self.fields

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields that decide whether and what to compare."""
        return tuple(dict.fromkeys((*self.fields, *(names_in(self.condition) if self.condition else ()))))

    def key(self, values: Values) -> tuple[Any, ...] | None:
        """What must not occur twice; None when the rule leaves this row alone. Unknowns differ from one another."""
        if self.condition is not None and holds(self.condition, values) is not True:
            return None
        key = tuple(values[name] for name in self.fields)
        if None in key:
            return None
        return tuple(value.lower() for value in key) if self.ignore_case else key


@cache
def rules(model: RowType) -> tuple[OnlyOnce, ...]:
    """The unique constraints of a model, other than on its primary key and its owner."""
    single = [
        OnlyOnce(model, (field.name,))
        for field in model._meta.fields
        if field.unique and not field.primary_key and not field.is_relation
    ]
    joint = [_rule(model, each) for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    return (*single, *joint)


def _rule(model: RowType, constraint: models.UniqueConstraint) -> OnlyOnce:
    if constraint.fields and constraint.nulls_distinct is not False:
        return OnlyOnce(model, tuple(constraint.fields), constraint.condition)
    (expression,) = constraint.expressions or (None,)
    if not isinstance(expression, Lower):
        raise NotImplementedError(f"{constraint.name} is not understood here.")
    (source,) = expression.get_source_expressions()
    return OnlyOnce(model, (str(source.name),), constraint.condition, ignore_case=True)


def repeated(drafts: list[Draft]) -> Iterator[Problem]:
    """Everything that occurs twice in the edition itself."""
    for rule, rows in _by_rule(drafts):
        holders: dict[tuple[Any, ...], Draft] = {}
        for draft, values in rows:
            key = rule.key(values)
            if key is None:
                continue
            first = holders.setdefault(key, draft)
            if first is not draft:
                yield _problem(rule, draft, values, holder=f"{first.place.file} ({first.place.record})")


def taken(written: list[Draft], *, replaced: dict[str, set[str]]) -> Iterator[Problem]:
    """Everything the drafts bring that a record in the database already has, and will still have.

    `replaced` holds, by kind, the slugs of the records that the drafts replace.
    """
    for rule, rows in _by_rule(written):
        if rule.within_owner:
            continue
        holders = dict(_kept(rule, replaced=replaced))
        for draft, values in rows:
            holder = holders.get(rule.key(values))  # type: ignore[arg-type]
            if holder:
                yield _problem(rule, draft, values, holder=f"the record {holder}, which was made here")


def _by_rule(records: list[Draft]) -> Iterator[tuple[OnlyOnce, list[tuple[Draft, Values]]]]:
    rows: dict[RowType, list[tuple[Draft, Values]]] = {}
    for record in records:
        for draft in record.with_parts():
            rows.setdefault(type(draft.row), []).append((draft, _values(draft)))
    for model, of_model in rows.items():
        for rule in rules(model):
            yield rule, of_model


def _values(draft: Draft) -> Values:
    """The row's values, with its owner standing for the key that the owner does not have yet."""
    owner = owner_field(type(draft.row))
    return values_of(draft) | ({owner.name: id(draft.owner)} if owner else {})


def _problem(rule: OnlyOnce, draft: Draft, values: Values, *, holder: str) -> Problem:
    owner = owner_field(rule.model)
    fields = [name for name in rule.fields if owner is None or name != owner.name]
    shown = ", ".join(str(values[name]) for name in fields)
    return Problem(draft.place.at(", ".join(fields)), f"{shown} belongs to {holder}.")


def _kept(rule: OnlyOnce, *, replaced: dict[str, set[str]]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Keys of the rows in the database that stay as they are, each with the record it belongs to."""
    root, path = root_of(rule.model)
    kind = kind_of(root)
    rows = rule.model._default_manager.order_by().values_list(*rule.needed, f"{path}slug")
    for *values, slug in rows.iterator():
        key = rule.key(dict(zip(rule.needed, values, strict=True)))
        if key is not None and slug not in replaced.get(kind, ()):
            yield key, f"{kind}/{slug}"


@cache
def root_of(model: RowType) -> tuple[RowType, str]:
    """The record model that a part belongs to, and the lookup that leads there: 'trial__study__'."""
    if model in KINDS.values():
        return model, ""
    owner = owner_field(model)
    if owner is None:
        raise TypeError(f"{model.__name__} belongs to no record.")
    root, path = root_of(related_model(owner))
    return root, f"{owner.name}__{path}"
