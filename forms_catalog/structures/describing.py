"""A structure in words, from what its record holds: for people who do not see the drawing. Needs no RDKit."""

from __future__ import annotations

from dataclasses import dataclass

MAGNESIUM, WATER = "[Mg+2]", "O"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Parts:
    """How many pieces of each kind a SMILES writes apart."""

    magnesium: int
    water: int
    others: int
    kinds: int
    """How many different others there are."""

    @property
    def are_separate(self) -> bool:
        """Whether magnesium is written as an ion of its own, apart from what it is bound to."""
        return self.magnesium > 0


def parts_of(smiles: str) -> Parts:
    """The pieces of a SMILES, which are written with a full stop between them."""
    pieces = smiles.split(".")
    others = [piece for piece in pieces if piece not in (MAGNESIUM, WATER)]
    return Parts(pieces.count(MAGNESIUM), pieces.count(WATER), len(others), len(set(others)))


def describe(*, name: str, state: str, formula: str, partner: str, smiles: str) -> str:
    """'Structure of magnesium oxide, anhydrous: formula MgO. One magnesium ion; one ion of …'."""
    parts = parts_of(smiles)
    title = f"Structure of {name[:1].lower() + name[1:]}, {state}: formula {formula}."
    if not parts.are_separate:
        return f"{title} It is drawn as one piece, with {partner}."
    water = f"{_count(parts.water, 'molecule')} of water" if parts.water else "no water"
    counted = f"{_count(parts.magnesium, 'magnesium ion')}; {_others(parts, partner)}; {water}"
    return f"{title} {counted[:1].upper()}{counted[1:]}. They are drawn apart from one another."


def _others(parts: Parts, partner: str) -> str:
    if parts.kinds == 1:
        return f"{_count(parts.others, 'ion')} of what it is bound to, {partner}"
    return f"{_count(parts.others, 'further piece')}, with {partner}"


def _count(number: int, thing: str) -> str:
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{word} {thing}{'' if number == 1 else 's'}"
