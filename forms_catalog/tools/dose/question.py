"""What an address asks of the dose bridge, as it was typed: nothing a reader wrote is lost, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from forms_catalog.queries.filters import address, read_choice
from forms_catalog.tools.dose.rules import Rules

TYPED = ("amount", "per_day", "whole")
DEFAULTS = {"unit": "mg"}
NO_KIDNEY_DISEASE = {"", "0"}
ORDER = ("form", "hydrate", "amount", "unit", "basis", "per_day", "whole", "age", "who", "kidney")


@dataclass(frozen=True, slots=True)
class Question:
    """A label, and who would take it."""

    form: str = ""
    hydrate: str = ""
    amount: str = ""
    unit: str = "mg"
    basis: str = ""
    per_day: str = ""
    whole: str = ""
    """Weight of the compound, where the label names it beside the magnesium."""
    age: str = ""
    who: str = ""
    kidney: str = ""
    asked: bool = False
    """Whether an amount was sent at all; an empty one is a mistake only then."""
    notices: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: QueryDict, *, rules: Rules) -> Question:
        """Read an address. An unknown choice is left out, with a notice; what was typed stays as it is."""
        notices: list[str] = []
        chosen = {name: read_choice(params, name, known, notices) for name, known in choices(rules).items()}
        typed = {name: params.get(name, "") for name in TYPED}
        chosen = {**chosen, "unit": chosen["unit"] or DEFAULTS["unit"], "kidney": read_kidney(params)}
        question = cls(**chosen, **typed, asked="amount" in params, notices=tuple(notices))
        return question.with_its_form()

    def with_its_form(self) -> Question:
        """A structure belongs to one form: it brings that form, or gives way to another that was chosen."""
        owner = self.hydrate.partition(".")[0]
        if not owner or owner == self.form:
            return self
        if not self.form:
            return replace(self, form=owner)
        said = "The structure you chose belongs to another form, so it was left out."
        return replace(self, hydrate="", notices=(*self.notices, said))

    def to_params(self) -> dict[str, str]:
        """What is asked, in the one order it is written in; what is meant anyway is left out."""
        values = {name: getattr(self, name) for name in ORDER}
        return {name: value for name, value in values.items() if value and value != DEFAULTS.get(name)}

    @property
    def query_string(self) -> str:
        """The address of this question."""
        return address(self.to_params())

    def with_value(self, name: str, value: str) -> str:
        """The address of the same question with one thing typed otherwise."""
        changed: dict[str, Any] = {name: value}
        return replace(self, **changed).query_string


def read_kidney(params: QueryDict) -> str:
    """Whether kidney disease was said, however it is spelled: in doubt no dose is shown."""
    return "1" if set(params.getlist("kidney")) - NO_KIDNEY_DISEASE else ""


def choices(rules: Rules) -> Mapping[str, Any]:
    """What each choice may be."""
    return {
        "form": {form["slug"] for form in rules["forms"]},
        "hydrate": {each["key"] for form in rules["forms"] for each in form["structures"]},
        "unit": set(rules["units"]["names"]),
        "basis": {basis["key"] for basis in rules["bases"]},
        "age": {age["key"] for age in rules["ages"]},
        "who": {who["key"] for who in rules["people"]},
    }
