"""The glossary's list, from A to Z, and a term's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from forms_catalog.linked_data.topics import defined_term
from forms_catalog.models import GlossaryTerm
from forms_catalog.queries.filters import MOST_WORDS, Choice, address, holds, read_text

SEARCHED = ("name", "also_called", "definition")


@dataclass(frozen=True)
class GlossaryFilter:
    """What the glossary is searched for, as it stands in its address."""

    q: str = ""
    notices: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "GlossaryFilter":
        """Read an address."""
        notices: list[str] = []
        return cls(q=read_text(params, "q", notices), notices=tuple(notices))

    def to_params(self) -> dict[str, str]:
        """The filters in force, by name."""
        return {"q": self.q} if self.q else {}

    @cached_property
    def query_string(self) -> str:
        """The address of this list."""
        return address(self.to_params())

    def describe(self) -> list[Choice]:
        """What is in force, in words, with the way to drop it."""
        return [Choice("words", f"“{self.q}”", without="")] if self.q else []

    def sentence(self, *, count: int, total: int) -> str:
        """What the list shows: '12 of 90 words with “acid”.', or, unasked, '90 words.'."""
        if not self.q:
            return f"{count:,} word{'' if count == 1 else 's'}."
        return f"{count:,} of {total:,} word{'' if total == 1 else 's'} with “{self.q}”."

    def select(self) -> QuerySet[GlossaryTerm]:
        """The terms that hold every word."""
        terms = GlossaryTerm.objects.only("slug", "name", "also_called", "definition")
        for word in self.q.split()[:MOST_WORDS]:
            terms = terms.filter(holds(word, fields=SEARCHED))
        return terms


def by_letter(terms: list[GlossaryTerm]) -> list[tuple[str, list[GlossaryTerm]]]:
    """Terms under their first letters, as people look them up: capitals make no difference."""
    ordered = sorted(terms, key=in_order)
    return [(letter, list(group)) for letter, group in groupby(ordered, key=_letter)]


def in_order(term: GlossaryTerm) -> tuple[bool, str]:
    """Place of a term from A to Z; what begins with no letter comes last."""
    return not term.name[:1].isalpha(), term.name.casefold()


def _letter(term: GlossaryTerm) -> str:
    return term.name[0].upper() if term.name[:1].isalpha() else "0–9"


def term_page(*, term: GlossaryTerm) -> dict[str, Any]:
    """Everything a term's page shows, in four queries besides the term itself."""
    every = sorted(GlossaryTerm.objects.only("slug", "name"), key=in_order)
    place = next(number for number, other in enumerate(every) if other.pk == term.pk)
    return {
        "term": term,
        "linked_data": defined_term(term=term),
        "see_also": list(term.see_also.only("slug", "name")),
        "mechanisms": list(term.mechanisms.only("slug", "name")),
        "outcomes": list(term.outcomes.only("slug", "name")),
        "previous": every[place - 1] if place else None,
        "next": every[place + 1] if place + 1 < len(every) else None,
    }
