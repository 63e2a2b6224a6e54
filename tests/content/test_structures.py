"""The shipped drawings: one of each structure, of what its SMILES and its formula say."""

import re
from collections import Counter
from xml.etree.ElementTree import Element, fromstring

import pytest
from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

from forms_catalog.chemistry import same_atoms
from forms_catalog.edition.layout import DATA
from forms_catalog.edition.reading import read_file
from forms_catalog.structures import clean_drawing

STRUCTURES = {
    f"{path.stem}, {part['state']}": part
    for path in sorted((DATA / "forms").glob("*.yaml"))
    for part in read_file(path)["hydrates"]
}
ATOM = re.compile(r"Mg|Cl|[NOS]")


def pieces(drawing: str) -> list[tuple[int, Element]]:
    """Each group of a drawing, with how many times it counts."""
    found = []
    for group in fromstring(drawing):
        times = [text.text for text in group.iter("text") if text.get("class") == "times"]
        found.append((int(times[0].split()[0]) if times else 1, group))
    return found


def written_atoms(group: Element) -> Counter[str]:
    """Atoms that stand as letters: all but carbon and its hydrogens."""
    words = ["".join(text.itertext()) for text in group.iter("text") if text.get("class") != "times"]
    return Counter(ATOM.findall(" ".join(words)))


def lines(group: Element) -> int:
    """How many bonds are drawn, a double one as two; a hatched one counts as one."""
    plain = sum(path.get("d", "").count("M") for path in group.iter("path") if path.get("class") == "bonds")
    return plain + sum(path.get("class") != "bonds" for path in group.iter("path"))


def test_there_are_structures_to_look_at() -> None:
    assert len(STRUCTURES) >= 25


@pytest.mark.parametrize("name", STRUCTURES)
def test_structure_has_a_drawing_of_its_smiles(name: str) -> None:
    structure = STRUCTURES[name]
    assert structure["drawn_from"] == structure["smiles"]
    assert clean_drawing(structure["drawing"]) == structure["drawing"]


@pytest.mark.parametrize("name", STRUCTURES)
def test_smiles_and_formula_agree(name: str) -> None:
    molecule = Chem.MolFromSmiles(STRUCTURES[name]["smiles"])
    assert same_atoms(CalcMolFormula(molecule), STRUCTURES[name]["formula"])


@pytest.mark.parametrize("name", STRUCTURES)
def test_drawing_holds_the_atoms_and_bonds_of_the_structure(name: str) -> None:
    structure = STRUCTURES[name]
    molecule = Chem.MolFromSmiles(structure["smiles"])
    Chem.Kekulize(molecule)
    atoms, drawn = Counter[str](), 0
    for times, group in pieces(structure["drawing"]):
        atoms += Counter({atom: times * count for atom, count in written_atoms(group).items()})
        drawn += times * lines(group)
    assert atoms == Counter(atom.GetSymbol() for atom in molecule.GetAtoms() if atom.GetSymbol() != "C")
    assert drawn == sum(int(bond.GetBondTypeAsDouble()) for bond in molecule.GetBonds())
