"""One dose, as exactly as the label lets it be known."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from forms_catalog.tools.dose.figures import span
from forms_catalog.tools.dose.question import Question
from forms_catalog.tools.dose.rules import Rules
from forms_catalog.tools.dose.weights import Case, Weight

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dose:
    """What a label comes to, read in every way it can be read."""

    weight: Weight
    cases: list[Case]
    count: Fraction
    """Units a day."""

    @property
    def each(self) -> tuple[Fraction, Fraction]:
        """Least and most elemental magnesium in one unit, mg."""
        found = [case.mg for case in self.cases]
        return min(found), max(found)

    @property
    def low(self) -> Fraction:
        """The least in a day, mg."""
        return self.each[0] * self.count

    @property
    def high(self) -> Fraction:
        """The most in a day, mg."""
        return self.each[1] * self.count

    @property
    def words(self) -> str:
        """The day's dose without its unit: '282', '78–83'."""
        return span(self.low, self.high)


def form_of(rules: Rules, question: Question) -> Row | None:
    """The form chosen."""
    return next((form for form in rules["forms"] if form["slug"] == question.form), None)


def age_of(rules: Rules, question: Question) -> Row:
    """The age chosen."""
    found: Row = next(age for age in rules["ages"] if age["key"] == question.age)
    return found


def is_child(rules: Rules, question: Question) -> bool:
    """Whether the age chosen is a child's."""
    return bool(age_of(rules, question)["until"] <= rules["child_until"])


def for_age(rows: list[Row], age: Row) -> list[Row]:
    """Rows whose band holds some of the age."""
    return [row for row in rows if row["from"] < age["until"] and age["from"] < row["until"]]
