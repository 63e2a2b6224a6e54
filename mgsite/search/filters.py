"""What the address of a search asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from forms_catalog.queries.facets import Facet, Filters

KINDS = {
    "article": "Articles",
    "form": "Forms",
    "mechanism": "Mechanisms",
    "outcome": "Outcomes",
    "claim": "Claims",
    "study": "Studies and sources",
    "term": "Glossary",
    "page": "Pages and tools",
    "medicine": "Medicines",
    "unverified": "Medicines we do not know of",
    "caution": "Illness and age",
    "food": "Foods",
    "reply": "Replies",
}
ONE_OF = {
    "article": "Article",
    "form": "Form of magnesium",
    "mechanism": "Mechanism",
    "outcome": "Outcome",
    "claim": "Claim",
    "study": "Study or source",
    "term": "In the glossary",
    "page": "Page of this site",
    "medicine": "Safety check: medicine",
    "unverified": "Safety check: not verified",
    "caution": "Safety check: illness or age",
    "food": "Food",
    "reply": "Reader’s reply",
}
FACET = Facet("kind", "Kind", "Everything", KINDS)


class SearchFilters(Filters):
    """Words, and the kind of thing looked for."""

    NOUN = ("result", "results")
    ORDERS: ClassVar[Mapping[str, str]] = {"": "Best first"}
    SEARCHED = "Search"

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> SearchFilters:
        """Read an address. What is unknown is left out, with a notice."""
        return cls.read(params, facets=(FACET,))

    @property
    def kind(self) -> str:
        """The kind looked for; empty for all."""
        return self.chosen.get("kind", "")

    def of_kind(self, kind: str) -> str:
        """The address of the same words among another kind; empty for all kinds."""
        chosen = {"kind": kind} if kind else {}
        return SearchFilters(facets=self.facets, chosen=chosen, q=self.q).query_string

    def asking(self, words: str) -> str:
        """The address of other words."""
        return SearchFilters(facets=self.facets, q=words).query_string
