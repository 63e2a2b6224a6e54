"""What a list can be narrowed by, and what one address asks of it: the one mechanism behind every list of the site.

A list declares its facets and orders; `Filters` reads them from an address, writes them back in one fixed spelling,
and says them in words. How rows are selected and counted is the business of counting.py (tables) and shelf.py (small
lists whose values are computed).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar, TypeVar

from forms_catalog.grading.words import lower_first
from forms_catalog.queries.filters import Choice, address, read_choice, read_text

Self = TypeVar("Self", bound="Filters")


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing a list can be narrowed by."""

    name: str
    """Its name in the address."""
    label: str
    anything: str
    """Words for no choice: 'Any design'."""
    options: Mapping[str, str]
    """Words by value, in the order they are offered. Nothing else is understood."""
    phrase: str = "{}"
    """How a choice is said in the sentence above the list: 'about {}'."""
    keeps_case: bool = False
    """Whether an option's words stand in a sentence as they are: a title does, a word of a scale does not."""


@dataclass(frozen=True)
class Filters:
    """What an address asks of a list."""

    facets: tuple[Facet, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Values in force by facet, in the facets' order."""
    q: str = ""
    order: str = ""
    notices: tuple[str, ...] = ()

    NOUN: ClassVar[tuple[str, str]] = ("record", "records")
    ORDERS: ClassVar[Mapping[str, str]] = {"": "In order"}
    SEARCHED: ClassVar[str] = ""
    """What words are looked for in, as the label of the field; empty: this list takes no words."""

    @classmethod
    def read(cls: type[Self], params: Mapping[str, str], *, facets: tuple[Facet, ...]) -> Self:
        """Read an address. What is unknown is left out, with a notice."""
        notices: list[str] = []
        values = {facet.name: read_choice(params, facet.name, facet.options, notices) for facet in facets}
        return cls(
            facets=facets,
            chosen={name: value for name, value in values.items() if value},
            q=read_text(params, "q", notices) if cls.SEARCHED else "",
            order=read_choice(params, "order", cls.ORDERS, notices),
            notices=tuple(notices),
        )

    def to_params(self) -> dict[str, str]:
        """What is in force, by name, in the one order this list is written in."""
        params = {**self.chosen, "q": self.q, "order": self.order}
        return {name: value for name, value in params.items() if value}

    @cached_property
    def query_string(self) -> str:
        """The address of this list, without the page."""
        return address(self.to_params())

    @property
    def in_force(self) -> list[str]:
        """Names of the filters in force: facets, and the words searched for. An order leaves nothing out."""
        return [*self.chosen, *(["q"] if self.q else [])]

    def without(self: Self, name: str) -> Self:
        """The same with one filter dropped."""
        if name == "q":
            return replace(self, q="")
        return replace(self, chosen={key: value for key, value in self.chosen.items() if key != name})

    def words(self, facet: Facet) -> str:
        """The choice of a facet in words; empty without one."""
        return facet.options.get(self.chosen.get(facet.name, ""), "")

    def describe(self) -> list[Choice]:
        """What is in force, in words, each with the way to drop it."""
        said = [
            (facet.name, facet.label.lower(), f"“{words}”" if facet.keeps_case else words)
            for facet in self.facets
            if (words := self.words(facet))
        ]
        said += [("q", "words", f"“{self.q}”")] if self.q else []
        return [Choice(label, words, without=self.without(name).query_string) for name, label, words in said]

    def sentence(self, *, count: int, total: int) -> str:
        """What the list shows: '12 of 244 studies: randomised trial, about sleep; newest first.'; one sentence."""
        number = f"{count:,} of {total:,}" if self.in_force else f"{count:,}"
        phrases = [
            facet.phrase.format(words if facet.keeps_case else lower_first(words))
            for facet in self.facets
            if (words := self.words(facet))
        ]
        phrases += [f"with “{self.q}”"] if self.q else []
        said = f"{number} {self.NOUN[(total if self.in_force else count) != 1]}"
        said += f": {', '.join(phrases)}" if phrases else ""
        return f"{said}; {lower_first(self.ORDERS[self.order])}." if count > 1 else f"{said}."

    def ordered_by(self, order: str) -> str:
        """The address of the same list in another order."""
        return replace(self, order=order).query_string


@dataclass(frozen=True, slots=True)
class Option:
    """A choice as it is offered: how many rows it leaves, with the other filters on."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of rows: by facet and value, without each filter in force, and of the whole list."""

    by_value: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list's filters with their numbers, as the components of a list take them."""

    filters: Filters
    counts: Counts
    count: int

    @property
    def said(self) -> str:
        """The query in words."""
        return self.filters.sentence(count=self.count, total=self.counts.total)

    @property
    def fields(self) -> list[tuple[Facet, list[Option]]]:
        """Facets with what they offer: never a choice that leaves nothing, except the one in force."""
        offered = [(facet, self.options(facet)) for facet in self.filters.facets]
        return [(facet, options) for facet, options in offered if options]

    def options(self, facet: Facet) -> list[Option]:
        """What one facet offers."""
        numbers, chosen = self.counts.by_value.get(facet.name, {}), self.filters.chosen.get(facet.name)
        options = [
            Option(value, words, numbers.get(value, 0), value == chosen) for value, words in facet.options.items()
        ]
        return [option for option in options if option.count or option.chosen]

    @property
    def orders(self) -> list[tuple[str, str]]:
        """Orders to choose from; empty where there is only one."""
        orders = list(self.filters.ORDERS.items())
        return orders if len(orders) > 1 else []

    @property
    def ways_on(self) -> list[tuple[Choice, int]]:
        """For a list that came out empty: each filter whose removal finds something, with how much."""
        drops = zip(self.filters.in_force, self.filters.describe(), strict=True)
        return [(choice, self.counts.without[name]) for name, choice in drops if self.counts.without.get(name)]
