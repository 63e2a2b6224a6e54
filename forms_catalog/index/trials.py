"""The trials behind "people like me": which of them say the same of their people, and how many people they had."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import compress, islice
from operator import or_
from typing import Any

from forms_catalog.index import rows
from forms_catalog.index.bits import bits_of, numbers_in, sets_by, switches
from forms_catalog.remembered import remembered


@dataclass(frozen=True, slots=True)
class TrialIndex:
    """Trials that gave people magnesium, newest first, by what is said of their people."""

    keys: tuple[int, ...]
    """Primary keys by place."""
    people: tuple[int, ...]
    """How many took part; 0: not seen."""
    said: Mapping[str, Mapping[Any, int]]
    """By characteristic: what is said of it, and the set of trials that say so."""
    forms: Mapping[str, int]

    @property
    def every(self) -> int:
        """All of them."""
        return (1 << len(self.keys)) - 1

    def where(self, name: str, holds: Callable[[Any], bool]) -> int:
        """The trials of which something holds in a characteristic. Asked once for each thing that is said."""
        return reduce(or_, (found for what, found in self.said[name].items() if holds(what)), 0)

    def people_in(self, found: int) -> int:
        """People in a set of trials, as far as their number was seen."""
        return sum(compress(self.people, switches(found)))

    def first(self, found: int, number: int) -> list[int]:
        """Primary keys of the newest of a set."""
        return [self.keys[place] for place in islice(numbers_in(found), number)]


@remembered
def trial_index() -> TrialIndex:
    """The index as things stand. No query on a public page when it is remembered, else two."""
    table = rows.people()
    keys = table["pk"]
    sizes = zip(table["study__n"], table["n_total_randomised"], table["n_total_analysed"], strict=True)
    people = tuple(seen or allotted or analysed or 0 for seen, allotted, analysed in sizes)
    ages = tuple(zip(table["age_min"], table["age_max"], table["mean_age"], strict=True))
    said: dict[str, Mapping[Any, int]] = {
        "age": sets_by(ages),
        "sex": sets_by(table["sex"]),
        "condition": {tuple(json.loads(text)): found for text, found in sets_by(table["recruited"]).items()},
        "magnesium": sets_by(table["baseline_magnesium"]),
        "sized": sets_by(tuple(map(bool, people))),
    }
    return TrialIndex(keys, people, said, _forms(table))


def _forms(table: rows.Table) -> dict[str, int]:
    """Trials of a form by their record, or by an arm."""
    places = {key: place for place, key in enumerate(table["pk"])}
    found = {form: trials for form, trials in sets_by(table["study__form__slug"]).items() if form}
    for form, keys in rows.forms_of_arms():
        arms = bits_of([place for place in map(places.get, keys) if place is not None])
        found[form] = found.get(form, 0) | arms
    return found
