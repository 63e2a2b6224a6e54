"""Amounts as people type them: decimal commas, spaces between thousands, units that stray into the field.

Nothing is guessed in silence. '1.200' can mean two things: it is read as the unit makes likely, and the page says so
and offers the other. static/js/tools/dose-arithmetic.js reads by the same rules.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 60
SPACE = re.compile("[\t\n\f\r \u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+")
VULGAR = {"¼": ".25", "½": ".5", "¾": ".75"}
DASHES = re.compile("[\u2010-\u2014\u2212]")
SHAPE = re.compile(r"([+-]?) ?([0-9.,' ]*)(.*)", re.DOTALL)
PLAIN = re.compile(r"[0-9]+")
EITHER_WAY = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{3})")
DECIMAL = re.compile(r"([0-9]*)[.,]([0-9]*)")
GROUPED = re.compile(r"[0-9]{1,3}(?:([ '])[0-9]{3}(?:\1[0-9]{3})*|([.,])[0-9]{3}(?:\2[0-9]{3})+)")
MIXED = re.compile(r"([0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\2[0-9]{3})*)(?!\2)[.,]([0-9]+)")
EXPONENT = re.compile(r"e ?[+-]?[0-9]")
SPELLINGS = {
    "mg": ("milligram", "milligrams", "milligramme", "milligrammes"),
    "g": ("gram", "grams", "gramme", "grammes"),
    "ug": ("μg", "mcg", "microgram", "micrograms", "microgramme", "microgrammes"),
    "mmol": ("millimole", "millimoles"),
    "meq": ("milliequivalent", "milliequivalents"),
}
UNITS = {word: unit for unit, words in SPELLINGS.items() for word in (unit, *words)}
COUNTED = {"x", "tablet", "tablets", "capsule", "capsules", "pill", "pills", "scoop", "scoops", "sachet", "sachets"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of an amount."""

    problem: str = ""
    """Key of the sentence that says what is wrong; empty: it was read."""
    value: Fraction = Fraction(0)
    decimal: Fraction | None = None
    """The other way to read it, where a point or comma can stand for thousands or for a decimal."""
    digits: str = ""
    """The number as it was typed."""
    word: str = ""
    """What stood behind the number, in small letters."""


def read(text: str) -> Reading:
    """Read one amount. Any text may be given."""
    text = tidy(text)
    if not text:
        return Reading("empty")
    if len(text) > LONGEST:
        return Reading("long")
    found = SHAPE.fullmatch(text)
    sign, digits, rest = found.groups() if found else ("", "", "")
    problem = _problem(sign, digits, rest)
    if problem:
        return Reading(problem)
    digits = digits.strip(" ")
    value, decimal = number(digits)
    if value is None:
        return Reading("number")
    return Reading("" if value else "zero", value, decimal, digits, rest.strip(" ").removesuffix("."))


def tidy(text: str) -> str:
    """One spelling for what looks alike: full-width digits, every space, every dash, small letters."""
    if len(text) > 100 * LONGEST:
        return "0" * (LONGEST + 1)
    for char, digits in VULGAR.items():
        text = text.replace(char, digits)
    text = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
    text = SPACE.sub(" ", DASHES.sub("-", text)).strip(" ")
    return "".join(char.lower() if "A" <= char <= "Z" else char for char in text)


def _problem(sign: str, digits: str, rest: str) -> str:
    if not PLAIN.search(digits):
        return "words"
    if EXPONENT.match(rest):
        return "exponent"
    if rest.startswith("/"):
        return "fraction"
    if re.search("[0-9]", rest):
        return "several"
    return "negative" if sign == "-" else ""


def number(digits: str) -> tuple[Fraction | None, Fraction | None]:
    """The number, and the other way to read it where there are two; None: neither."""
    if PLAIN.fullmatch(digits):
        return Fraction(digits), None
    if found := EITHER_WAY.fullmatch(digits):
        return Fraction(found[1] + found[2]), Fraction(f"{found[1]}.{found[2]}")
    if GROUPED.fullmatch(digits):
        return Fraction(re.sub("[^0-9]", "", digits)), None
    if found := MIXED.fullmatch(digits):
        return Fraction(f"{re.sub('[^0-9]', '', found[1])}.{found[3]}"), None
    if found := DECIMAL.fullmatch(digits):
        return Fraction(f"{found[1] or '0'}.{found[2] or '0'}"), None
    return None, None
