"""The form's fields as a template prints them: what was typed, what is wrong with it, and what describes it."""

from __future__ import annotations

from dataclasses import dataclass

from forms_catalog.tools.dose.answer import Answer
from forms_catalog.tools.dose.question import Question
from forms_catalog.tools.dose.rules import Rules

HINTED = {"amount", "per_day", "whole"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field."""

    name: str
    value: str
    error: str
    """Empty: nothing is wrong."""

    @property
    def id(self) -> str:
        """Of the element."""
        return f"dose-{self.name}"

    @property
    def described_by(self) -> str:
        """Ids of what says more about it."""
        hint = [f"{self.id}-hint"] if self.name in HINTED else []
        return " ".join([*hint, *([f"{self.id}-error"] if self.error else [])])


def fields(question: Question, rules: Rules, found: Answer) -> dict[str, Field]:
    """The fields by name."""
    names = ("form", "hydrate", "amount", "unit", "basis", "per_day", "whole", "age", "who", "kidney")
    return {name: Field(name, getattr(question, name), found.errors.get(name, "")) for name in names}
