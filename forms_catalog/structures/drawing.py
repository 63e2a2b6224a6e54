"""From a SMILES to a drawing, by RDKit. Nothing the site runs imports this; `manage.py draw_structures` does.

Each kind of ion or molecule is drawn once, with how many there are. RDKit places atoms and bonds and says where the
letters stand; its colours, styles and identifiers are left behind.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from rdkit import Chem, RDLogger
from rdkit.Chem import rdDepictor
from rdkit.Chem.Draw import rdMolDraw2D
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

from forms_catalog.chemistry import same_atoms
from forms_catalog.structures.arranging import Piece, arrange, label
from forms_catalog.structures.cleaning import clean_drawing

BOND, LETTER, SMALL = 30, 16, 12
POINT = re.compile(r"([MLZ])\s*(?:(-?[\d.]+)[ ,](-?[\d.]+))?")
SVG = "{http://www.w3.org/2000/svg}"


class CannotDraw(ValueError):
    """A structure that cannot be drawn; the message says why."""


def draw(smiles: str, formula: str) -> str:
    """The drawing, cleaned. Raises CannotDraw, also where the SMILES does not have the formula."""
    whole = _read(smiles)
    written = CalcMolFormula(whole)
    if not same_atoms(written, formula):
        raise CannotDraw(f"The SMILES is {written}, but the formula says {formula}.")
    counts = Counter(Chem.MolToSmiles(piece) for piece in Chem.GetMolFrags(whole, asMols=True))
    pieces = [_piece(_read(text), times) for text, times in sorted(counts.items(), key=_place)]
    return clean_drawing(arrange(pieces))


def _read(smiles: str) -> Any:
    RDLogger.DisableLog("rdApp.error")  # the sentence below says it
    molecule = Chem.MolFromSmiles(smiles)
    if molecule is None or not molecule.GetNumAtoms():
        raise CannotDraw(f"{smiles!r} is not a SMILES that RDKit can read.")
    return molecule


def _place(counted: tuple[str, int]) -> tuple[int, int, str]:
    """Magnesium first, water last, what it is bound to between them, the largest first."""
    text = counted[0]
    return (0 if "Mg" in text else 2 if text == "O" else 1, -len(text), text)


def _piece(molecule: Any, times: int) -> Piece:
    if molecule.GetNumAtoms() == 1:
        atom = molecule.GetAtomWithIdx(0)
        return label(atom.GetSymbol(), atom.GetTotalNumHs(), atom.GetFormalCharge(), times=times)
    return _drawn(molecule, times)


def _drawn(molecule: Any, times: int) -> Piece:
    """A piece of several atoms, as RDKit draws it."""
    rdDepictor.SetPreferCoordGen(True)
    rdDepictor.Compute2DCoords(molecule)
    rdDepictor.NormalizeDepiction(molecule)
    rdDepictor.StraightenDepiction(molecule)
    canvas = rdMolDraw2D.MolDraw2DSVG(-1, -1, -1, -1, True)  # letters, not outlines of letters
    options = canvas.drawOptions()
    options.fixedBondLength, options.fixedFontSize, options.padding = BOND, LETTER, 0.01
    options.useBWAtomPalette()  # one line a bond; colours would cut it in two
    rdMolDraw2D.PrepareAndDrawMolecule(canvas, molecule)
    canvas.FinishDrawing()
    root = fromstring(canvas.GetDrawingText().encode("iso-8859-1"))  # noqa: S314  (RDKit's own words)
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    return Piece(times, _body(root), width, height)


def _body(root: Element) -> list[str]:
    """RDKit's bonds, the plain ones joined into one path and each that points up or down in its own; then letters."""
    paths: dict[tuple[str, str], str] = {}
    letters = []
    for element in root.iter():
        kind = element.tag.removeprefix(SVG)
        if kind == "path" and (name := _kind_of(element)):
            bond = "" if name == "bonds" else element.get("class", "").split()[0]
            paths[name, bond] = paths.get((name, bond), "") + _path(element.get("d", ""))
        elif kind == "text":
            letters.append(_letter(element))
        elif kind not in ("svg", "path", "rect"):
            raise CannotDraw(f"RDKit drew a <{kind}>, which drawings here do not hold.")
    return [f'<path class="{name}" d="{d}"/>' for (name, _), d in sorted(paths.items())] + letters


def _kind_of(path: Element) -> str:
    """Which class a bond gets; empty for the corners RDKit adds where lines meet, which round joins make needless."""
    style = path.get("style", "")
    if "bond-" not in path.get("class", ""):
        return ""
    if "fill:none" not in style:
        return "wedge"
    return "hatch" if "stroke-width:1.0" in style else "bonds"


def _path(d: str) -> str:
    return "".join(
        command if command == "Z" else f"{command}{number(x)} {number(y)}" for command, x, y in POINT.findall(d)
    )


def _letter(text: Element) -> str:
    size = re.search(r"font-size:(\d+)", text.get("style", ""))
    small = " small" if size and int(size[1]) < LETTER else ""
    written = (text.text or "").replace("-", "\N{MINUS SIGN}")
    return f'<text class="atom{small}" x="{number(text.get("x"))}" y="{number(text.get("y"))}">{written}</text>'


def number(value: Any) -> str:
    """A coordinate to a tenth, without an idle zero."""
    written = f"{float(value):.1f}".removesuffix(".0")
    return "0" if written == "-0" else written
