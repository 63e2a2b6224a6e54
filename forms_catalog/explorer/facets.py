"""What the explorer can be narrowed by: several values of one facet mean any of them, several facets mean all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Lower

from forms_catalog.explorer import conditions
from forms_catalog.models import Form, Mechanism, Outcome
from forms_catalog.models.vocabulary import (
    BaselineMagnesium,
    Condition,
    Direction,
    Funding,
    Rung,
    Sex,
    Species,
    StudyDesign,
)
from forms_catalog.queries import counting
from forms_catalog.queries.counting import Rows, shaped
from forms_catalog.queries.facets import Facet, lower_first
from forms_catalog.queries.study_list import gave


@dataclass(frozen=True, slots=True)
class Wanted(Facet):
    """A facet of which several values may be asked for at once; each value is a condition on a study."""

    condition: Callable[[Any], Q] = Q

    def among(self, rows: Rows, values: Sequence[str]) -> Rows:
        """The rows that have one of these values."""
        return rows.filter(reduce(or_, map(self.condition, values)))

    def tallies(self, rows: Rows) -> list[Rows]:
        """How many rows there are of each value: a SELECT for each, all of which go into one UNION.

        No subquery in it depends on a row, so a database makes each list of keys once, however many rows there are.
        """
        return [
            shaped(rows.filter(self.condition(value)), what=self.name, value=Value(value), number=Count("pk"))
            for value in self.options
        ]


@dataclass(frozen=True, slots=True)
class Place(Wanted):
    """A place in the matrix or on a ladder. Reached by a link, never offered: its options are too many to list."""

    def tallies(self, rows: Rows) -> list[Rows]:
        """Nothing: it is not offered."""
        return []


@dataclass(frozen=True, slots=True)
class Column(counting.Column):
    """A facet whose one value stands in the row, or is worked out from it."""

    def among(self, rows: Rows, values: Sequence[str]) -> Rows:
        """The rows that have one of these values."""
        return rows.alias(facet_value=self._expression()).filter(facet_value__in=values)

    def tallies(self, rows: Rows) -> list[Rows]:
        """How many rows there are of each value, in one SELECT."""
        return [self.tally(rows)]


ExplorerFacet = Wanted | Column


@dataclass(frozen=True)
class Names:
    """The names of records by slug, in the order in which they are offered."""

    forms: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    mechanisms: Mapping[str, str] = field(default_factory=dict)
    main: frozenset[str] = frozenset()
    """The outcomes this site is about."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """The wider outcome of those that are a part of one."""


def read_names() -> Names:
    """The names as they stand. Three queries."""
    forms = Form.objects.order_by(Lower("name")).values_list("slug", "name")
    outcomes = list(Outcome.objects.values_list("slug", "name", "is_main", "broader__slug"))
    return Names(
        forms={slug: capital(name.removeprefix("Magnesium ")) for slug, name in forms},
        outcomes={slug: name for slug, name, _, _ in outcomes},
        mechanisms=dict(Mechanism.objects.values_list("slug", "name")),
        main=frozenset(slug for slug, _, is_main, _ in outcomes if is_main),
        parts={slug: broader for slug, _, _, broader in outcomes if broader},
    )


def capital(name: str) -> str:
    """With its first letter large: 'citrate' becomes 'Citrate'."""
    return name[:1].upper() + name[1:]


SPECIES = {**dict(Species.choices), Species.NONE.value: "Neither people nor animals"}
AGES = {"children": "Children under 18", "adults": "Adults of 18 to 59", "older": "People of 60 and over"}
SEXES = {**dict(Sex.choices), conditions.NOT_STATED: "Not stated"}
BIAS = {
    "low": "Low throughout",
    "some_concerns": "Some concerns, or too little told",
    "high": "High in some respect",
    conditions.NOT_JUDGED: "Not judged",
}


def explorer_facets(names: Names, *, outcomes: Sequence[str] = ()) -> tuple[ExplorerFacet, ...]:
    """All facets, in the order of an address. `outcomes`: those asked for; a direction is then of their results."""

    def points(direction: str) -> Q:
        return conditions.found(direction, outcomes=outcomes)

    return (
        Wanted("form", "Form", "Any form", names.forms, " of {}", condition=gave),
        Wanted(
            "outcome",
            "Outcome",
            "Any outcome",
            names.outcomes,
            " for {}",
            condition=conditions.studied,
        ),
        Wanted(
            "mechanism",
            "Mechanism",
            "Any mechanism",
            names.mechanisms,
            " on {}",
            condition=conditions.bears_on,
        ),
        Column("species", "Who or what", "Any", SPECIES, " in {}"),
        Wanted("age", "Age", "Any age", AGES, " in {}", condition=conditions.took_in),
        Wanted(
            "condition", "Condition", "Any", dict(Condition.choices), ", recruited: {}", condition=conditions.recruited
        ),
        Column("sex", "Sex", "Any", SEXES, ", sex: {}", value_of=conditions.sex()),
        Column(
            "magnesium",
            "Magnesium at the start",
            "Any",
            dict(BaselineMagnesium.choices),
            ", magnesium at the start: {}",
            value_of=F("trial__baseline_magnesium"),
        ),
        Column("design", "Design", "Any design", dict(StudyDesign.choices), ", design: {}"),
        Column("bias", "Risk of bias", "Any", BIAS, ", risk of bias: {}", value_of=conditions.bias()),
        Column(
            "funding",
            "Who paid",
            "Any",
            dict(Funding.choices),
            ", paid for by: {}",
            value_of=F("trial__funding_type"),
        ),
        Wanted("direction", "Direction", "Any", dict(Direction.choices), ", result: {}", condition=points),
        Place("cell", "Form and outcome", "Any", cells(names), ", filed under {}", condition=conditions.filed_under),
        Place("rung", "Rung", "Any", rungs(names), ", on the rung {}", condition=conditions.stands_on),
    )


def cells(names: Names) -> dict[str, str]:
    """Every place of the matrix, in words."""
    return {
        f"{form}.{outcome}": f"{form_name}, {lower_first(outcome_name)}"
        for form, form_name in names.forms.items()
        for outcome, outcome_name in names.outcomes.items()
    }


def rungs(names: Names) -> dict[str, str]:
    """Every rung of every ladder, in words."""
    return {
        f"{slug}.{rung.value}": f"{name}: {lower_first(str(rung.label))}"
        for slug, name in names.mechanisms.items()
        for rung in Rung
    }
