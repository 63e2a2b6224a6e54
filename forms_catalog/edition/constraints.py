"""The models' check constraints, worked out on rows that are not saved yet.

Django can do this through the database, one query per row and constraint; an edition has tens of thousands of those.
The database checks all of it again when the rows go in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from forms_catalog.edition.drafts import Draft
from forms_catalog.edition.errors import Problem
from forms_catalog.edition.layout import RowType

Comparison = Callable[[Any, Any], bool]

COMPARISONS: dict[str, Comparison] = {
    "exact": lambda left, right: bool(left == right),
    "gt": lambda left, right: bool(left > right),
    "gte": lambda left, right: bool(left >= right),
    "lt": lambda left, right: bool(left < right),
    "lte": lambda left, right: bool(left <= right),
    "in": lambda left, right: left in right,
}


def holds(condition: models.Q, values: Mapping[str, Any]) -> bool | None:
    """Whether the condition holds, by SQL's three-valued logic: None when an unknown value decides.

    Raises NotImplementedError for a lookup that no constraint of the catalog uses.
    """
    answers = [
        holds(child, values) if isinstance(child, models.Q) else _compare(*_lookup(child), values)
        for child in condition.children
    ]
    joined = _all(answers) if condition.connector == models.Q.AND else _any(answers)
    return (not joined if joined is not None else None) if condition.negated else joined


def _lookup(child: Any) -> tuple[str, Any]:
    """The lookup and the value of one comparison. Raises NotImplementedError for an expression."""
    if not isinstance(child, tuple):
        raise NotImplementedError("Constraints with expressions are not understood here.")
    return child


def _all(answers: list[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _any(answers: list[bool | None]) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def _compare(lookup: str, right: Any, values: Mapping[str, Any]) -> bool | None:
    name, _, comparison = lookup.partition("__")
    left = values[name]
    if comparison == "isnull":
        return (left is None) is bool(right)
    if isinstance(right, models.F):
        right = values[str(right.name)]  # type: ignore[attr-defined]
    if left is None or right is None:
        return None
    try:
        return COMPARISONS[comparison or "exact"](left, right)
    except KeyError as error:
        raise NotImplementedError(f"Constraints with {lookup} are not understood here.") from error


def values_of(draft: Draft) -> dict[str, Any]:
    """Field name → value; for a foreign key the slug it points at, which is as good as the key for comparing."""
    return {
        field.name: draft.keys.get(field.name) if field.is_relation else getattr(draft.row, field.attname)
        for field in draft.row._meta.fields
    }


def checks(model: RowType) -> list[tuple[models.Q, str]]:
    """The conditions of the model's check constraints, each with what to say when it is broken."""
    return [
        (constraint.condition, str(constraint.get_violation_error_message()))
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and isinstance(constraint.condition, models.Q)
    ]


def broken_checks(draft: Draft) -> list[Problem]:
    """The check constraints that the row breaks. An unknown answer passes, as it does in SQL."""
    values = values_of(draft)
    return [
        Problem(draft.place.at(", ".join(names_in(condition))), message)
        for condition, message in checks(type(draft.row))
        if holds(condition, values) is False
    ]


def names_in(condition: models.Q) -> list[str]:
    """The fields a condition looks at, each once, in the order they come."""
    names: list[str] = []
    for child in condition.children:
        names += names_in(child) if isinstance(child, models.Q) else [_lookup(child)[0].partition("__")[0]]
    return list(dict.fromkeys(names))
