"""Writing the catalog out as an edition, the same layout that loading reads."""

from __future__ import annotations

from pathlib import Path

from forms_catalog.edition.documents import documents
from forms_catalog.edition.errors import EditionError
from forms_catalog.edition.layout import KINDS
from forms_catalog.edition.writing import write_document
from forms_catalog.models import Study
from forms_catalog.synthetic import PREFIX


def export_edition(*, directory: Path) -> int:
    """Write every record to its file and remove the files of records that are gone. Returns how many were written.

    Raises EditionError for a folder that holds anything but an edition, so that no other work is ever overwritten.
    It takes no lock: best run while nobody edits.
    """
    _check_is_ours(directory)
    _check_is_real()
    return sum(_export_kind(kind, directory / kind) for kind in KINDS)


def _check_is_real() -> None:
    if Study.objects.filter(slug__startswith=PREFIX).exists():
        raise EditionError(
            "The catalog holds made-up studies; take them away first: manage.py make_synthetic_studies --number 0."
        )


def _export_kind(kind: str, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    stale = {path.name for path in folder.iterdir()}
    written = 0
    for slug, document in documents(KINDS[kind]._default_manager.all()):
        (folder / f"{slug}.yaml").write_text(write_document(document), encoding="utf-8", newline="\n")
        stale.discard(f"{slug}.yaml")
        written += 1
    for name in stale:
        (folder / name).unlink()
    return written


def _check_is_ours(directory: Path) -> None:
    if directory.exists() and not directory.is_dir():
        raise EditionError(f"{directory} is not a folder.")
    entries = sorted(directory.iterdir()) if directory.exists() else []
    files = [file for entry in entries if entry.name in KINDS and entry.is_dir() for file in entry.iterdir()]
    strange = [entry for entry in entries if entry.name not in KINDS or entry.is_symlink() or not entry.is_dir()]
    strange += [file for file in files if file.suffix != ".yaml" or file.is_symlink() or not file.is_file()]
    if strange:
        raise EditionError(
            f"{directory} holds something other than an edition ({strange[0].name}); choose another folder."
        )
