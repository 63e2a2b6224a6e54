"""Molar mass and elemental share from a formula, against figures worked out elsewhere."""

from __future__ import annotations

import pytest

from forms_catalog.chemistry import FormulaError, elemental_share, molar_mass, same_atoms

# Formula, molar mass in g/mol and magnesium in per cent, with abridged IUPAC atomic weights.
STRUCTURES = [
    ("C8H14MgO10", 294.495, 8.25),
    ("C8H16MgO11", 312.510, 7.78),
    ("C4H8MgN2O4", 172.423, 14.10),
    ("C4H12MgN2O6", 208.453, 11.66),
    ("C4H12MgN2O6S2", 272.573, 8.92),
    ("C12H10Mg3O14", 451.113, 16.16),
    ("C12H28Mg3O23", 613.248, 11.89),
    ("C6H6MgO7", 214.412, 11.34),
    ("MgO", 40.304, 60.30),
    ("Cl2H12MgO6", 203.295, 11.96),
    ("Cl2Mg", 95.205, 25.53),
    ("H14MgO11S", 246.466, 9.86),
    ("MgO4S", 120.361, 20.19),
    ("C4H4MgO5", 156.376, 15.54),
    ("C8H16MgN2O10", 324.525, 7.49),
    ("C8H12MgN2O8", 288.495, 8.42),
    ("C10H10MgN4O10", 370.513, 6.56),
    ("C10H6MgN4O8", 334.483, 7.27),
    ("C6H14MgO8", 238.475, 10.19),
    ("C6H10MgO6", 202.445, 12.01),
    ("C12H26MgO16", 450.629, 5.39),
    ("C12H22MgO14", 414.599, 5.86),
    ("CMgO3", 84.313, 28.83),
    ("H2MgO2", 58.319, 41.68),
    ("C10H12MgN2O6", 280.519, 8.66),
]


@pytest.mark.parametrize(("formula", "mass", "percent"), STRUCTURES)
def test_mass_and_share_follow_from_the_formula(formula: str, mass: float, percent: float) -> None:
    assert molar_mass(formula) == pytest.approx(mass, abs=0.02)
    assert 100 * elemental_share(formula) == pytest.approx(percent, abs=0.01)


def test_water_written_out_counts() -> None:
    assert molar_mass("MgSO4.7H2O") == pytest.approx(246.466, abs=0.02)


@pytest.mark.parametrize("formula", ["NaCl", "H2O", "C"])
def test_compound_without_magnesium_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError, match="holds no magnesium"):
        elemental_share(formula)


@pytest.mark.parametrize("formula", ["", "Mg(", "magnesium", "Mg2?", "<b>Mg</b>", "Xx"])
def test_text_that_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError):
        elemental_share(formula)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("H12Cl2MgO6", "Cl2H12MgO6", True),
        ("MgO", "MgO2", False),
        ("MgO", "CaO", False),
        ("MgO+", "MgO", False),
        ("?", "?", False),
        ("", "MgO", False),
    ],
)
def test_formulas_are_compared_by_their_atoms_and_charge(one: str, other: str, same: bool) -> None:
    assert same_atoms(one, other) is same
