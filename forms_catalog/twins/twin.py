"""A kind of JSON that leaves the site, as `/data/` tells of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings

from forms_catalog.exports.columns import Table, Value

LIST, RECORD = "rows[]", "record"
"""Where the rows of a list stand in its JSON, and the row of a record in its own."""


class Group(StrEnum):
    """What belongs together, in the order of the page."""

    READING = "Articles and what readers wrote"
    CATALOG = "The catalog"
    EXPLORER = "The explorer, and the pages beside it"
    TOOLS = "Tools and search"


@dataclass(frozen=True, slots=True)
class Twin:
    """One kind of page with its JSON. `page`: its address for people; what stands in angle brackets changes."""

    name: str
    group: Group
    title: str
    page: str
    holds: str
    fields: Mapping[str, Table]
    """Tables by their place in the JSON: 'rows[]', 'record', 'parts.effects[]'; '' is the JSON itself."""
    files: tuple[str, ...] = ()
    """Other suffixes the address takes."""
    query: str = ""
    """An address is this kind only with this query."""
    example: str = ""
    """A real address to look at, where there is always one."""
    comes_last: bool = False
    """In its group: apps hand in theirs in no particular order."""

    @property
    def data(self) -> str:
        """The address of the JSON."""
        return self._with("json")

    @property
    def is_one_address(self) -> bool:
        """Whether nothing in the address changes, so that it can be followed as it stands."""
        return "<" not in self.page

    @property
    def other_files(self) -> list[tuple[str, str]]:
        """Other suffixes, each with its address where that can be followed."""
        return [(suffix, self._with(suffix) if self.is_one_address else "") for suffix in self.files]

    def _with(self, suffix: str) -> str:
        return f"{self.page[:-1]}.{suffix}{f'?{self.query}' if self.query else ''}"

    @property
    def tables(self) -> list[Table]:
        """Tables whose fields it holds, each once."""
        return list({table.name: table for table in self.fields.values()}.values())


@dataclass(frozen=True, slots=True)
class Sample:
    """A real record, as far as it is shown: its JSON's address, and its first fields."""

    address: str
    place: str
    shown: Mapping[str, Value] = field(default_factory=dict)

    @property
    def written(self) -> str:
        """The fields as they stand in the JSON."""
        return json.dumps(self.shown, ensure_ascii=False, indent=1).removeprefix("{\n").removesuffix("\n}")


Samples = Callable[[], Mapping[str, Sample]]
"""Samples by name of their twin; a kind of which there is no record yet has none."""
TWINS: dict[str, Twin] = {}
_SAMPLES: list[Samples] = []


def contribute(*twins: Twin, samples: Samples | None = None) -> None:
    """Hand in kinds of JSON. Called once, when an app is ready."""
    TWINS.update((twin.name, twin) for twin in twins)
    if samples is not None and samples not in _SAMPLES:
        _SAMPLES.append(samples)


def by_group() -> list[tuple[Group, list[Twin]]]:
    """All kinds, in the order of the page."""
    every = sorted(TWINS.values(), key=lambda twin: twin.comes_last)
    return [(group, [twin for twin in every if twin.group == group]) for group in Group]


def all_samples() -> dict[str, Sample]:
    """A real record of each kind that has one. Ten queries at most."""
    return {name: sample for samples in _SAMPLES for name, sample in samples().items()}


def first_fields(table: Table, row: object, *, number: int, place: str = RECORD) -> Sample:
    """The first fields of a row, which names its own address among them."""
    shown = {column.name: column.of(row) for column in table.columns[:number]}
    address = str(shown["address"]).removeprefix(settings.SITE_URL)
    return Sample(f"{address[:-1]}.json", place, shown)
