"""Molar mass and elemental share from a formula.

Atomic weights come from molmass (IUPAC/CIAAW standard weights), not from a table of ours.
"""

from functools import lru_cache

from molmass import Formula
from molmass.molmass import FormulaError as MolmassError

ELEMENT = "Mg"


class FormulaError(ValueError):
    """A formula that cannot be read, or holds no magnesium."""


@lru_cache(maxsize=512)
def _masses(formula: str) -> tuple[float, float]:
    """Molar mass of the compound and of the magnesium in it, g/mol."""
    try:
        compound = Formula(formula)
        composition = compound.composition()
        if ELEMENT not in composition:
            raise FormulaError(f"{formula!r} holds no magnesium.")
        return compound.mass, composition[ELEMENT].mass
    except (MolmassError, KeyError, ValueError) as error:
        if isinstance(error, FormulaError):
            raise
        raise FormulaError(f"{formula!r} cannot be read as a chemical formula.") from error


def molar_mass(formula: str) -> float:
    """Molar mass in g/mol. Raises FormulaError."""
    return _masses(formula)[0]


def elemental_share(formula: str) -> float:
    """Share of the compound's weight that is magnesium, from 0 to 1. Raises FormulaError."""
    compound, magnesium = _masses(formula)
    return magnesium / compound


def same_atoms(one: str, other: str) -> bool:
    """Whether two formulas count the same atoms, in whatever order they are written, and carry the same charge."""
    try:
        compounds = [Formula(one), Formula(other)]
        counts = [{item.symbol: item.count for item in compound.composition().values()} for compound in compounds]
    except (MolmassError, KeyError, ValueError):
        return False
    return counts[0] == counts[1] and compounds[0].charge == compounds[1].charge
