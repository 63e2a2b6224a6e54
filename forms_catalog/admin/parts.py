"""Rows edited inside their record: what the database would refuse is refused in the form, with all that was typed.

Django compares the rows of one form by the constraints that always hold, and passes over those with a condition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint
from django.forms.models import BaseInlineFormSet


class PartFormSet(BaseInlineFormSet):
    """The rows of one record, none of them twice where only one may be."""

    model: type[Model]  # the factory sets it

    def validate_unique(self) -> None:
        """Raise ValidationError for rows that repeat one another."""
        super().validate_unique()
        repeated = [row for constraint in self._conditional() for row in self._repeated(constraint)]
        for row, fields in repeated:
            row.add_error(None, f"Another row has the same {self._named(fields)}, and only one like these may.")
        if repeated:
            raise ValidationError(self.get_form_error())

    def _conditional(self) -> Iterator[UniqueConstraint]:
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.condition is not None:
                yield constraint

    def _repeated(self, constraint: UniqueConstraint) -> Iterator[tuple[forms.ModelForm, Sequence[str]]]:
        """Every row that says what one above it says, as far as the constraint goes."""
        alike: dict[tuple[Any, ...], list[forms.ModelForm]] = defaultdict(list)
        for form in self._kept():
            key = tuple(getattr(form.instance, name) for name in constraint.fields)
            if None not in key:
                alike[key].append(form)
        for group in alike.values():
            if len(group) > 1:  # only then is the database asked about the condition
                meant = [form for form in group if _meant(constraint, form.instance)]
                yield from ((form, constraint.fields) for form in meant[1:])

    def _kept(self) -> list[forms.ModelForm]:
        """Rows that will be in the database."""
        return [
            form
            for form in self.forms
            if form.is_valid() and form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]

    def _named(self, fields: Sequence[str]) -> str:
        names = (self.model._meta.get_field(name) for name in fields if name != self.fk.name)
        return " and ".join(str(getattr(field, "verbose_name", field.name)) for field in names)


def _meant(constraint: UniqueConstraint, row: Any) -> bool:
    """Whether the constraint's condition holds for a row."""
    condition: Any = constraint.condition
    return bool(condition.check(row._get_field_expression_map(meta=row._meta, exclude=set())))
