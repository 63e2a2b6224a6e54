"""What was typed, weighed: the unit in force, the milligrams, and whether a label could say so."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from forms_catalog.tools.dose.amounts import read
from forms_catalog.tools.dose.rules import Rules


@dataclass(frozen=True, slots=True)
class Weight:
    """An amount with its unit. With a problem nothing else is to be used."""

    problem: str = ""
    value: Fraction = Fraction(0)
    other: Fraction | None = None
    """What the number would be if its point or comma were read the other way."""
    typed: str = ""
    unit: str = ""
    mg: Fraction = Fraction(0)
    strayed: bool = False
    """Whether the unit stood in the field, and is another than the one chosen beside it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way to read the label."""

    state: str
    """The structure; empty: the number is the magnesium itself."""
    share: str
    """Magnesium in per cent of the compound."""
    mg: Fraction
    """Elemental magnesium in one unit."""


def weigh(rules: Rules, text: str, unit: str) -> Weight:
    """Read an amount; a unit typed behind it counts more than the one chosen."""
    reading = read(text)
    if reading.problem:
        return Weight(reading.problem)
    units = rules["units"]
    spelled = units["spellings"].get(reading.word, "") if reading.word else unit
    if not spelled:
        return Weight("unit")
    value, other = reading.value, reading.decimal
    if reading.decimal is not None and spelled in units["decimal"]:
        value, other = reading.decimal, reading.value
    mg = value * per(units["mg"][spelled])
    strayed = bool(reading.word) and spelled != unit
    return Weight(_too_much_or_little(rules, mg), value, other, reading.digits, spelled, mg, strayed)


def per(text: str) -> Fraction:
    """A number as the rules write it: '24.305', '1/1000', '24.305/2'."""
    above, _, below = text.partition("/")
    return Fraction(above) / Fraction(below or "1")


def _too_much_or_little(rules: Rules, mg: Fraction) -> str:
    if mg > per(rules["limits"]["most_mg"]):
        return "absurd"
    return "tiny" if mg < per(rules["limits"]["least_mg"]) else ""


def count(rules: Rules, text: str) -> Weight:
    """How many a day; nothing typed is one. A number such as 1.500 is a decimal here."""
    reading = read(text)
    if reading.problem == "empty":
        return Weight(value=Fraction(1))
    if reading.problem:
        return Weight("count_unit" if reading.problem == "words" else reading.problem)
    if reading.word and reading.word not in rules["units"]["counted"]:
        return Weight("count_unit")
    value = reading.value if reading.decimal is None else reading.decimal
    return Weight("many" if value > per(rules["limits"]["most_a_day"]) else "", value)


def whole(rules: Rules, text: str) -> Weight:
    """Weight of the compound, where the label names it; nothing typed is no weight."""
    weight = weigh(rules, text, "mg")
    if weight.problem == "empty":
        return Weight()
    return Weight("whole_unit") if weight.unit in rules["units"]["magnesium"] else weight


def structures(rules: Rules, *, form: str, hydrate: str) -> list[dict[str, str]]:
    """The structures an amount may be: the one chosen, or all that are sold under the form's name."""
    found: list[dict[str, str]] = next((each["structures"] for each in rules["forms"] if each["slug"] == form), [])
    return [each for each in found if each["key"] == hydrate] or found


def cases(rules: Rules, weight: Weight, *, form: str, hydrate: str, basis: str) -> list[Case]:
    """Every way to read the label, each with the elemental magnesium in one unit."""
    itself = Case("", "", weight.mg)
    if basis == "elemental" or weight.unit in rules["units"]["magnesium"]:
        return [itself]
    bound = [
        Case(each["state"], each["share"], weight.mg * Fraction(each["share"]) / 100)
        for each in structures(rules, form=form, hydrate=hydrate)
    ]
    return bound if basis == "compound" else [*bound, itself]
