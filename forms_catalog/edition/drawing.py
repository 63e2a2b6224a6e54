"""Drawing what an edition's files describe: each structure's drawing stands beside its SMILES, in the form's file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from forms_catalog.edition.errors import EditionError
from forms_catalog.edition.layout import written_fields
from forms_catalog.edition.reading import UnreadableFile, read_file
from forms_catalog.edition.writing import write_document
from forms_catalog.models import Hydrate

Draw = Callable[[str, str], str]
"""SMILES and formula → drawing. Raises ValueError with a sentence."""


def draw_edition(*, directory: Path, draw: Draw, every: bool = False) -> tuple[int, list[str]]:
    """Draw what is missing or shows another SMILES (or `every` one). Returns how many, and what could not be drawn.

    Raises EditionError when there is no such folder or a file cannot be read.
    """
    folder = directory / "forms"
    if not folder.is_dir():
        raise EditionError(f"{directory} holds no folder of forms.")
    problems: list[str] = []
    drawn = sum(_draw_file(path, draw=draw, every=every, problems=problems) for path in sorted(folder.glob("*.yaml")))
    return drawn, problems


def _draw_file(path: Path, *, draw: Draw, every: bool, problems: list[str]) -> int:
    document = _document(path)
    structures = [part for part in document.get("hydrates") or [] if every or not _is_current(part)]
    drawn = 0
    for structure in structures:
        try:
            structure["drawing"] = draw(structure["smiles"], structure["formula"])
            structure["drawn_from"] = structure["smiles"]
            drawn += 1
        except ValueError as error:
            problems.append(f"{path.name}, {structure['state']}: {error}")
    if drawn:
        document["hydrates"] = [_in_order(part) for part in document["hydrates"]]
        path.write_text(write_document(document), encoding="utf-8", newline="\n")
    return drawn


def _document(path: Path) -> dict[str, Any]:
    """The file's document, its structures complete enough to be drawn. Raises EditionError."""
    try:
        document = read_file(path)
    except UnreadableFile as error:
        raise EditionError(f"forms/{path.name}: {error}") from error
    parts = document.get("hydrates") or []
    wanted = ("state", "smiles", "formula")
    if not isinstance(parts, list) or not all(
        isinstance(part, dict) and all(isinstance(part.get(name), str) for name in wanted) for part in parts
    ):
        raise EditionError(f"forms/{path.name}: each structure needs {', '.join(wanted)} as texts.")
    return document


def _is_current(structure: dict[str, Any]) -> bool:
    return bool(structure.get("drawing")) and structure.get("drawn_from") == structure["smiles"]


def _in_order(structure: dict[str, Any]) -> dict[str, Any]:
    """The fields in the order an export writes them; one that is not known stays, at the end, for the load to name."""
    names = [field.name for field in written_fields(Hydrate)]
    known = {name: structure[name] for name in names if name in structure}
    return known | structure
