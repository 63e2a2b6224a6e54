"""Foods: the order an address asks for, and how long each one's bar is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from forms_catalog.models import FoodSource
from forms_catalog.queries.facets import Filters

STEP = 20
"""The scale of the bars ends at a multiple of this many mg."""


class FoodFilter(Filters):
    """The order of the foods, as it stands in the address."""

    NOUN = ("food", "foods")
    ORDERS: ClassVar[Mapping[str, str]] = {"": "Most magnesium first", "name": "By name", "group": "By food group"}

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> FoodFilter:
        """Read an address. An order that is not known is left out, with a notice."""
        return cls.read(params, facets=())


ORDER: Mapping[str, Callable[[FoodSource], Any]] = {
    "": lambda food: (-food.magnesium_mg, food.food),
    "name": lambda food: food.food,
    "group": lambda food: (food.get_group_display(), -food.magnesium_mg, food.food),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A food with its bar, in per cent of the scale: up to the figure, and the rest of the range where there is one."""

    food: FoodSource
    length: float
    starts: float
    beyond: float
    """How far the range reaches past `starts`; 0 without a range."""


@dataclass(frozen=True, slots=True)
class Foods:
    """The foods in the order asked for, drawn to one scale."""

    filters: FoodFilter
    bars: list[Bar]
    top: int
    """Where the scale ends, in mg."""

    @property
    def most(self) -> FoodSource | None:
        """The food with the most magnesium in a serving."""
        return min((bar.food for bar in self.bars), key=ORDER[""], default=None)

    @property
    def bases(self) -> list[tuple[str, list[FoodSource]]]:
        """What the figures rest on, and for which foods; the commonest first."""
        found: dict[str, list[FoodSource]] = {}
        for bar in self.bars:
            found.setdefault(bar.food.basis, []).append(bar.food)
        return sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))

    @property
    def source_urls(self) -> list[str]:
        """Where the figures were read, each address once."""
        return list(dict.fromkeys(url for bar in self.bars for url in bar.food.source_urls))

    @property
    def by_energy(self) -> bool:
        """Whether any source gives magnesium per 100 kcal."""
        return any(bar.food.magnesium_mg_per_100_kcal is not None for bar in self.bars)

    @property
    def finding(self) -> str:
        """What the picture shows, in a sentence; empty without foods."""
        most, least = self.most, max((bar.food for bar in self.bars), key=ORDER[""], default=None)
        if most is None or least is None or most == least:
            return ""
        low, high = (f"{food.magnesium_mg} mg ({named(food)})" for food in (least, most))
        return f"One serving holds from {low} to {high}."


def named(food: FoodSource) -> str:
    """A food inside a sentence: 'pumpkin seeds, roasted, 1 ounce'."""
    return f"{food.food[:1].lower()}{food.food[1:]}, {food.serving}"


def foods_page(params: Mapping[str, str]) -> Foods:
    """The foods that an address asks for. One query."""
    filters = FoodFilter.from_params(params)
    foods = sorted(FoodSource.objects.all(), key=ORDER[filters.order])
    top = scale_of(foods)
    return Foods(filters, [bar_of(food, top=top) for food in foods], top)


def scale_of(foods: Sequence[FoodSource]) -> int:
    """The first multiple of STEP that no food passes."""
    most = max((max(food.magnesium_mg, food.magnesium_mg_high or 0) for food in foods), default=STEP)
    return -(-most // STEP) * STEP


def bar_of(food: FoodSource, *, top: int) -> Bar:
    """A food with its bar."""
    low, high = food.magnesium_mg_low, food.magnesium_mg_high
    starts = food.magnesium_mg if low is None else low
    beyond = max(0, high - starts) if high is not None else 0
    return Bar(food, 100 * food.magnesium_mg / top, 100 * starts / top, 100 * beyond / top)
