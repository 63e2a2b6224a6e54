"""What RDKit draws for us: each kind of piece once, counted, and only where SMILES and formula agree."""

import re

import pytest

from forms_catalog.structures import clean_drawing
from forms_catalog.structures.arranging import WIDEST, Piece, arrange
from forms_catalog.structures.drawing import CannotDraw, draw, number

GLYCINATE = "O.O.[Mg+2].NCC(=O)[O-].NCC(=O)[O-]"


def letters(drawing: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", text) for text in re.findall(r"<text.*?</text>", drawing)]


def test_each_kind_of_piece_is_drawn_once_with_its_number() -> None:
    drawing = draw(GLYCINATE, "C4H12MgN2O6")
    assert letters(drawing).count("Mg2+") == letters(drawing).count("H2O") == 1
    assert letters(drawing).count("2 ×") == 2
    assert drawing.count("<path") == 1


def test_a_salt_of_two_ions_is_drawn_too() -> None:
    assert letters(draw("[O-2].[Mg+2]", "MgO")) == ["Mg2+", "O2−"]


@pytest.mark.parametrize("formula", ["Cl2H12MgO6", "MgCl2H12O6"])
def test_the_order_of_a_formula_does_not_matter(formula: str) -> None:
    assert letters(draw("O.O.O.O.O.O.[Mg+2].[Cl-].[Cl-]", formula)) == ["Mg2+", "2 ×", "Cl−", "6 ×", "H2O"]


def test_wedges_and_hatches_are_kept() -> None:
    flat = draw("NC(CC(=O)O)C(=O)[O-].[Mg+2].[Cl-]", "C4H6ClMgNO4")
    deep = draw("N[C@@H](CC(=O)O)C(=O)[O-].[Mg+2].[Cl-]", "C4H6ClMgNO4")
    other = draw("N[C@H](CC(=O)O)C(=O)[O-].[Mg+2].[Cl-]", "C4H6ClMgNO4")
    assert 'class="hatch"' not in flat
    assert len({kind for kind in ("hatch", "wedge") if f'class="{kind}"' in deep}) == 1
    assert deep != other


@pytest.mark.parametrize(
    ("smiles", "formula", "said"),
    [
        ("[O-2].[Mg+2]", "MgO2", "The SMILES is MgO, but the formula says MgO2."),
        ("[Mg+2]", "Mg", "but the formula says Mg."),
        ("nonsense", "MgO", "not a SMILES"),
        ("", "MgO", "not a SMILES"),
        ("[Mg+2].[O-2]", "?", "but the formula says ?"),
    ],
)
def test_what_does_not_fit_is_not_drawn(smiles: str, formula: str, said: str) -> None:
    with pytest.raises(CannotDraw, match=re.escape(said)):
        draw(smiles, formula)


def test_rows_are_no_wider_than_a_phone() -> None:
    piece = Piece(2, ['<text class="atom" x="0" y="19">O</text>'], 200.0, 20.0)
    drawing = clean_drawing(arrange([piece, piece, piece]))
    wide, high = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing).groups()
    assert int(wide) <= WIDEST
    assert int(high) > 3 * 20


@pytest.mark.parametrize(
    ("value", "written"), [("12.34", "12.3"), ("3.0", "3"), ("-0.04", "0"), (0, "0"), ("-0.5", "-0.5"), ("-7", "-7")]
)
def test_coordinate_keeps_its_sign_and_no_idle_zero(value: str | int, written: str) -> None:
    assert number(value) == written
