"""Figures kept as JSON: which shapes they may have, so that nothing else reaches a table or a calculation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.fields import InvalidJSONInput

LARGEST = 1e12
MOST_BRACKETS = 200
"""Far more than any record has, far fewer than what Python's reader of JSON can nest."""

Check = Callable[[Any], bool]


def is_number(value: Any) -> bool:
    """A finite number. JSON in a database knows no NaN and no infinity, and yes is not 1."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST


def is_word(value: Any) -> bool:
    """Text that both databases and a page can hold: no character of value 0, no half of a surrogate pair."""
    return isinstance(value, str) and not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value)


def is_place(value: Any) -> bool:
    """A place in a list, counted from 0."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_BRACKETS


def is_input(value: Any) -> bool:
    """A number, a word, yes or no, or a list of numbers."""
    return isinstance(value, bool) or is_word(value) or is_number(value) or list_of(is_number)(value)


def list_of(check: Check) -> Check:
    """The check of a list of such items."""
    return lambda value: isinstance(value, list) and all(check(item) for item in value)


def is_mean(value: Any) -> bool:
    """What one arm came to: its mean, and its spread where that was seen."""
    return (
        isinstance(value, dict)
        and "mean" in value
        and value.keys() <= {"mean", "sd"}
        and all(is_number(item) for item in value.values())
    )


ARMS = {"mg": is_mean, "control": is_mean}
DIFFERENCE = {"value": is_number, "ci_low": is_number, "ci_high": is_number, "unit": is_word}
REPORTED = {"kind": is_word, "value": is_number, "ci_low": is_number, "ci_high": is_number}
CALCULATION = {
    "fn": is_word,
    "args": list_of(is_number),
    "half": list_of(is_number),
    "value": is_number,
    "range": list_of(is_number),
}
COMPARISON = {
    "with": is_place,
    "any_of": list_of(is_place),
    **dict.fromkeys(("reported", "half", "within_percent", "below", "above"), is_number),
}


def validate_inputs(value: Any) -> None:
    """Refuse anything in a mapping of inputs but numbers, words, yes or no, and lists of numbers."""
    _check_mapping(value)
    for name, item in value.items():
        if not (is_word(name) and is_input(item)):
            raise ValidationError(f"{name!r} must be a number, a word, yes or no, or a list of numbers.")


def validate_arms(value: Any) -> None:
    """Refuse anything but the mean, and the spread where seen, of both arms."""
    _check_shape(value, ARMS, needed=ARMS)


def validate_difference(value: Any) -> None:
    """Refuse anything but a mean difference with its interval and unit."""
    _check_shape(value, DIFFERENCE, needed=["value"])


def validate_reported_effect(value: Any) -> None:
    """Refuse anything but an effect with its kind and interval."""
    _check_shape(value, REPORTED, needed=["kind", "value"])


def validate_calculations(value: Any) -> None:
    """Refuse anything but a list of calculations."""
    if not isinstance(value, list):
        raise ValidationError("This must be a list of calculations.")
    for calculation in value:
        _check_shape(calculation, CALCULATION, needed=["fn", "args", "value"])


def validate_comparison(value: Any) -> None:
    """Refuse anything but which calculation is compared with what."""
    _check_shape(value, COMPARISON, needed=["with"])


def _check_mapping(value: Any) -> None:
    if not isinstance(value, dict):
        raise ValidationError("This must be a mapping of names to values.")


def _check_shape(value: Any, shape: Mapping[str, Check], *, needed: Collection[str]) -> None:
    _check_mapping(value)
    for name, item in value.items():
        if name not in shape:
            raise ValidationError(f"{name!r} has no place here. Known are {', '.join(shape)}.")
        if not shape[name](item):
            raise ValidationError(f"{name} is not of the right kind, or holds a number or a character that cannot be.")
    if missing := [name for name in needed if name not in value]:
        raise ValidationError(f"Missing: {', '.join(missing)}.")


class FiguresField(models.JSONField):
    """Figures of one shape, which its validator knows; edited as JSON."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """An editor's field; left empty, it gives what the table keeps for nothing."""
        empty = None if self.null else self.get_default()
        options: dict[str, Any] = {"form_class": FiguresFormField, "empty": empty} | kwargs
        return super().formfield(**options)


class FiguresFormField(forms.JSONField):
    """Reads JSON from anyone: what cannot be read is refused in words, and shown again as it was typed."""

    def __init__(self, *, empty: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.empty = empty

    def to_python(self, value: Any) -> Any:
        """The figures. Raises ValidationError, for numbers of thousands of digits and endless nesting too."""
        try:
            if isinstance(value, str) and value.count("[") + value.count("{") > MOST_BRACKETS:
                raise ValueError("nested beyond any record of ours")
            found = super().to_python(value)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return self.empty if found in self.empty_values else found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The text as it was typed: read and written again, it might not be text that a page can hold."""
        return initial if self.disabled else data and InvalidJSONInput(data)
