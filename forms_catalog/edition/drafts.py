"""From a file's document to rows that are not saved yet, with every fault of their own named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from forms_catalog.edition.documents import Document, is_empty, plain
from forms_catalog.edition.errors import Place, Problem
from forms_catalog.edition.layout import KINDS, Owned, RowType, kind_of, owned_parts, related_model, written_fields
from forms_catalog.edition.reading import Source
from forms_catalog.models.fields import TextListField


class WrongType(ValueError):
    """A value of a type that the field does not take."""


@dataclass(slots=True, eq=False)
class Draft:
    """A row to be written: its own values, the slugs it points at, and its parts."""

    place: Place
    row: models.Model
    owner: Draft | None = None
    """The record or part this one belongs to."""
    keys: dict[str, str] = field(default_factory=dict)
    """Foreign key → slug."""
    sets: dict[str, list[str]] = field(default_factory=dict)
    """Many-to-many field → slugs, in alphabetical order."""
    parts: dict[str, list[Draft]] = field(default_factory=dict)

    def with_parts(self) -> Iterator[Draft]:
        """This row and all rows below it, owners first."""
        yield self
        for drafts in self.parts.values():
            for draft in drafts:
                yield from draft.with_parts()

    def references(self) -> Iterator[tuple[Place, str, str]]:
        """Place, kind and slug of every record that this row or a part of it points at."""
        for draft in self.with_parts():
            for name, slugs in [*((name, [slug]) for name, slug in draft.keys.items()), *draft.sets.items()]:
                kind = kind_of(related_model(draft.row._meta.get_field(name)))
                yield from ((draft.place.at(name), kind, slug) for slug in slugs)

    def document(self) -> Document:
        """What an export will say once this is saved."""
        document: Document = {}
        for each in written_fields(type(self.row)):
            if each.is_relation:
                document[each.name] = self.sets.get(each.name) or self.keys.get(each.name)
            else:
                value = getattr(self.row, each.attname)
                document[each.name] = plain(value)
        for owned in owned_parts(type(self.row)):
            parts = [part.document() for part in self.parts.get(owned.name, [])]
            document[owned.name] = parts if owned.many else next(iter(parts), None)
        return {name: value for name, value in document.items() if not is_empty(value)}


def draft_record(source: Source) -> tuple[Draft, list[Problem]]:
    """The record a file describes, and everything that is wrong with it taken alone."""
    model = KINDS[source.kind]
    problems: list[Problem] = []
    return _draft(model(slug=source.slug), source.document, place=source.place, problems=problems), problems


def _draft(
    row: models.Model, document: Document, *, place: Place, problems: list[Problem], owner: Draft | None = None
) -> Draft:
    draft = Draft(place=place, row=row, owner=owner)
    faults = len(problems)
    model = type(row)
    names = {each.name for each in written_fields(model)} | {owned.name for owned in owned_parts(model)}
    problems += [Problem(place.at(name), "There is no such field.") for name in document.keys() - names]
    for each in written_fields(model):
        _fill(draft, each, document.get(each.name), problems=problems)
    if len(problems) == faults:
        problems += _invalid(draft)
    for owned in owned_parts(model):
        draft.parts[owned.name] = _draft_parts(draft, owned, document.get(owned.name), problems=problems)
    return draft


def _fill(draft: Draft, each: models.Field[Any, Any], value: Any, *, problems: list[Problem]) -> None:
    """Put one value of the file into the draft."""
    place = draft.place.at(each.name)
    try:
        if is_empty(value):
            _check_may_be_empty(each)
        elif each.many_to_many:
            draft.sets[each.name] = sorted(_slugs(value))
        elif each.is_relation:
            draft.keys[each.name] = _word(value)
        else:
            setattr(draft.row, each.attname, typed(each, value))
    except WrongType as error:
        problems.append(Problem(place, str(error)))


def _check_may_be_empty(each: models.Field[Any, Any]) -> None:
    if each.many_to_many or each.blank or each.null or (each.has_default() and not isinstance(each, models.JSONField)):
        return
    raise WrongType("This is required.")


def typed(each: models.Field[Any, Any], value: Any) -> Any:
    """The value as the field keeps it. Raises WrongType: nothing is converted that would need a guess."""
    if isinstance(each, TextListField):
        return _words(value)
    if isinstance(each, models.JSONField):
        return plain(_checked_json(value))
    if isinstance(each, models.BooleanField):
        return _checked(value, bool, "yes or no: true or false")
    if isinstance(each, models.IntegerField):
        return _checked(value, int, "a whole number")
    if isinstance(each, models.FloatField):
        return float(_checked(value, (int, float), "a number"))
    if isinstance(each, models.DateField):
        return _date(value)
    return _word(value)


def _checked(value: Any, types: type | tuple[type, ...], wanted: str) -> Any:
    if isinstance(value, types) and (types is bool or not isinstance(value, bool)):
        return value
    raise WrongType(f"This must be {wanted}, not {value!r}.")


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongType(f"This must be text, not {value!r}; put it in quotes.")
    if "\x00" in value:
        raise WrongType("Text must not hold the character of value 0.")
    return value


def _words(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise WrongType(f"This must be a list, not {value!r}.")
    return [_word(item) for item in value]


def _slugs(value: Any) -> list[str]:
    slugs = _words(value)
    if len(set(slugs)) != len(slugs):
        raise WrongType("A record is listed twice.")
    return slugs


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(_word(value))
    except ValueError as error:
        raise WrongType(f"This must be a date such as 2026-11-23, not {value!r}.") from error


def _checked_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _checked_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_checked_json(item) for item in value]
    if isinstance(value, dt.date):
        raise WrongType("Dates in here must be in quotes.")
    return value


def _invalid(draft: Draft) -> list[Problem]:
    """What the model itself says against the row. Keys are checked later, against all records at once."""
    keys = {each.name for each in draft.row._meta.fields if each.is_relation}
    problems: dict[str, list[str]] = {}
    for check in (lambda: draft.row.clean_fields(exclude=keys), draft.row.clean):
        try:
            check()
        except ValidationError as error:
            found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for name, messages in found.items():
                problems.setdefault(name, []).extend(messages)
    return [Problem(draft.place.at(name), what) for name, messages in problems.items() for what in messages]


def _draft_parts(owner: Draft, owned: Owned, value: Any, *, problems: list[Problem]) -> list[Draft]:
    if value is None:
        return []
    wanted: type = list if owned.many else dict
    items = value if owned.many else [value]
    if not isinstance(value, wanted) or not all(isinstance(item, dict) for item in items):
        shape = "a list of mappings" if owned.many else "a mapping"
        problems.append(Problem(owner.place.at(owned.name), f"This must be {shape}."))
        return []
    return [
        _draft(
            _new_part(owned.model, number),
            item,
            place=owner.place.part(owned.name, number if owned.many else None),
            problems=problems,
            owner=owner,
        )
        for number, item in enumerate(items, start=1)
    ]


def _new_part(model: RowType, number: int) -> models.Model:
    return model(position=number - 1) if "position" in {each.name for each in model._meta.fields} else model()
