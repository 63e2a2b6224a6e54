"""What a table of data consists of: columns with a name that stays, a meaning and a unit, read off a record.

Empty means not seen, in every format: null in JSON and SQLite, an empty cell in CSV.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import TextChoices

Value = str | int | float | bool | list[str] | None


class Holds(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    YES_OR_NO = "yes or no"
    DATE = "date"
    MOMENT = "date and time"
    LIST = "list of texts"
    PARTS = "parts of its own"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `values`: the words it is limited to, with what they mean."""

    name: str
    meaning: str
    read: Callable[[Any], Any]
    holds: Holds = Holds.TEXT
    unit: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    leads_to: str = ""
    """The table whose key it holds."""

    def of(self, record: Any) -> Value:
        """The record's value, None when it was not seen."""
        value = self.read(record)
        if value is None or value == "":
            return None
        if self.holds == Holds.LIST:
            return [str(item) for item in value]
        if isinstance(value, dt.date):
            return value.isoformat()
        return value if self.holds in {Holds.NUMBER, Holds.YES_OR_NO} else str(value)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns under one name: that of a file, and of a table in the edition's database."""

    name: str
    title: str
    columns: tuple[Column, ...]

    def row(self, record: Any) -> dict[str, Value]:
        """The record's values by column."""
        return {column.name: column.of(record) for column in self.columns}

    def rows(self, records: Iterable[Any]) -> list[dict[str, Value]]:
        """One row for each record."""
        return [self.row(record) for record in records]


def path(dotted: str) -> Callable[[Any], Any]:
    """Reads 'trial.mean_age' off a record; None as soon as a step is missing."""

    def read(record: Any) -> Any:
        for step in dotted.split("."):
            record = getattr(record, step, None)
        return record

    return read


Read = str | Callable[[Any], Any]


def _reader(name: str, read: Read) -> Callable[[Any], Any]:
    return path(read or name) if isinstance(read, str) else read


def text(name: str, meaning: str, read: Read = "") -> Column:
    """A text."""
    return Column(name, meaning, _reader(name, read))


def key(name: str, meaning: str, leads_to: str, read: Read = "") -> Column:
    """The key of a row of another table."""
    return Column(name, meaning, _reader(name, read), leads_to=leads_to)


def number(name: str, meaning: str, unit: str = "", read: Read = "") -> Column:
    """A number in its unit."""
    return Column(name, meaning, _reader(name, read), Holds.NUMBER, unit)


def yes_no(name: str, meaning: str, read: Read = "") -> Column:
    """True or false."""
    return Column(name, meaning, _reader(name, read), Holds.YES_OR_NO)


def date(name: str, meaning: str, read: Read = "") -> Column:
    """A day."""
    return Column(name, meaning, _reader(name, read), Holds.DATE, "YYYY-MM-DD")


def moment(name: str, meaning: str, read: Read = "") -> Column:
    """A day and a time of day."""
    return Column(name, meaning, _reader(name, read), Holds.MOMENT, "ISO 8601, UTC")


def texts(name: str, meaning: str, read: Read = "") -> Column:
    """A list of texts."""
    return Column(name, meaning, _reader(name, read), Holds.LIST)


def parts(name: str, meaning: str) -> Column:
    """Fields inside a field, which its meaning tells of. For describing JSON that is no table."""
    return Column(name, meaning, path(name), Holds.PARTS)


def word(name: str, meaning: str, choices: type[TextChoices], read: Read = "") -> Column:
    """One word of a closed list."""
    return Column(name, meaning, _reader(name, read), values={value: str(label) for value, label in choices.choices})


def address(kind: str, read: Callable[[Any], Any] = lambda record: record) -> Column:
    """The record's page on this site."""
    meaning = f"The {kind}’s page on this site"
    return Column("address", meaning, lambda row: f"{settings.SITE_URL}{read(row).get_absolute_url()}")


def data_address(read: Callable[[Any], Any] = lambda record: record) -> Column:
    """The record as JSON."""
    return Column(
        "json", "The same as JSON", lambda row: f"{settings.SITE_URL}{read(row).get_absolute_url()[:-1]}.json"
    )


def key_if_public(name: str) -> Callable[[Any], Any]:
    """Reads the key of the study a row points at, unless readers may not see that study."""

    def read(row: Any) -> str | None:
        study = getattr(row, name)
        return study.slug if study is not None and study.is_public else None

    return read


def keys(name: str) -> Callable[[Any], list[str]]:
    """Reads the keys of related records, in alphabetical order. Prefetch the relation."""
    return lambda row: sorted(record.slug for record in getattr(row, name).all())


def public_keys(name: str) -> Callable[[Any], list[str]]:
    """Reads the keys of related studies that readers may see, in alphabetical order. Prefetch the relation."""
    return lambda row: sorted(study.slug for study in getattr(row, name).all() if study.is_public)
