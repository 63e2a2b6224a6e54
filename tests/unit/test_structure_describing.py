"""A structure in words."""

import pytest

from forms_catalog.structures import describe, parts_of


def words(smiles: str) -> str:
    return describe(name="Magnesium glycinate", state="dihydrate", formula="X", partner="glycine", smiles=smiles)


@pytest.mark.parametrize(
    ("smiles", "said"),
    [
        ("O.O.[Mg+2].NCC(=O)[O-].NCC(=O)[O-]", "One magnesium ion; two ions of what it is bound to, glycine; two mol"),
        ("[Mg+2].[O-2]", "One magnesium ion; one ion of what it is bound to, glycine; no water."),
        ("O." * 11 + "[Mg+2].[O-2]", "; 11 molecules of water."),
        ("[Mg+2].[OH-].[Cl-]", "; two further pieces, with glycine; no water."),
        ("C[Mg]C", "It is drawn as one piece, with glycine."),
    ],
)
def test_description_counts_what_the_smiles_writes_apart(smiles: str, said: str) -> None:
    assert said in words(smiles)
    assert words(smiles).startswith("Structure of magnesium glycinate, dihydrate: formula X. ")


def test_water_inside_another_piece_is_not_water() -> None:
    assert parts_of("[Mg+2].OCC(=O)[O-].OCC(=O)[O-]").water == 0
