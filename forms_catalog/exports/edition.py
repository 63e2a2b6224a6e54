"""The whole edition as one zip: made once for each state of the public content, and kept in the data directory.

The same content gives the same bytes: rows, files and dates come in an order and at a time that the content decides.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from forms_catalog.actions import AsOf, public_state
from forms_catalog.caching import code_version
from forms_catalog.exports.about import as_of
from forms_catalog.exports.citation_lists import citation_lines
from forms_catalog.exports.csv_format import csv_lines
from forms_catalog.exports.lists import Source, edition_sources
from forms_catalog.exports.readme import NAME, datasette_metadata, readme, said_of
from forms_catalog.exports.sqlite_file import write_database
from forms_catalog.exports.studies import study_series
from forms_catalog.models import Study

ZIP_STARTS = dt.date(1980, 1, 1)  # a zip knows no earlier day
SUMS = "SHA256SUMS"
TRIES = 3


def edition_file() -> Path:
    """The zip of the present public content; made now if nobody has asked since it changed.

    Raises OSError where the data directory cannot hold it.
    """
    wanted = _place(as_of())
    if wanted.is_file():
        return wanted
    with _alone(wanted.parent):
        state = public_state()  # what was waited for may have made it, or the content may have changed
        wanted = _place(state)
        if not wanted.is_file():
            _make(wanted, state)
            _forget_others(wanted)
    return wanted


def size_at_hand(state: AsOf) -> int | None:
    """Bytes of the zip of this state, should somebody have asked for it already.

    Raises OSError where the data directory cannot hold it.
    """
    wanted = _place(state)
    wanted.parent.mkdir(parents=True, exist_ok=True)
    return wanted.stat().st_size if wanted.is_file() else None


def open_edition() -> BinaryIO:
    """The same, open for reading. Content that changes this very moment may take the file away: then the next one."""
    for _ in range(TRIES):
        with suppress(FileNotFoundError):
            return edition_file().open("rb")
    return edition_file().open("rb")


def _place(state: AsOf) -> Path:
    """Its moment belongs to the name: a database put back from a backup counts its versions anew."""
    folder = Path(settings.DATA_DIR) / "editions"
    moment = f"{state.changed_at:%Y%m%d%H%M%S%f}" if state.changed_at else "never"
    return folder / f"{NAME}-{state.version}-{moment}-{code_version()}.zip"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One maker at a time, among all threads and processes of this machine."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(wanted: Path, state: AsOf) -> None:
    """Written beside and moved into place, so that nobody ever meets half a file."""
    with tempfile.TemporaryDirectory(dir=wanted.parent, prefix="making-") as scratch:
        folder = Path(scratch) / NAME
        folder.mkdir()
        write_files(folder, state)
        packed = Path(scratch) / "packed.zip"
        pack(folder, packed, on=state.changed_on or ZIP_STARTS)
        packed.replace(wanted)


def _forget_others(kept: Path) -> None:
    for other in kept.parent.iterdir():
        if other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
        elif other != kept and other.suffix == ".zip":
            other.unlink(missing_ok=True)


def write_files(folder: Path, state: AsOf) -> None:
    """The edition's files, and last of all their hashes."""
    sources = edition_sources()
    (folder / "csv").mkdir()
    _write(folder / "README.md", [readme(sources, state)])
    _write(folder / "metadata.json", [datasette_metadata(sources)])
    _write(folder / "studies.ris", _ris())
    for source in sources:
        _write(folder / "csv" / f"{source.table.name}.csv", _csv(source))
    write_database(folder / f"{NAME}.db", sources, said=said_of(state))
    _write(folder / SUMS, [f"{_sha256(path)}  {path.relative_to(folder)}\n" for path in _files(folder)])


def _csv(source: Source) -> Iterator[str]:
    return csv_lines(source.table, source.portions())


def _ris() -> Iterator[str]:
    return citation_lines("ris", study_series({}, rows=Study.objects.published()).portions())


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(folder: Path, packed: Path, *, on: dt.date) -> None:
    """Put a folder into a zip that depends on nothing but its files and the day."""
    with zipfile.ZipFile(packed, "w") as archive:
        for path in _files(folder):
            entry = zipfile.ZipInfo(str(path.relative_to(folder.parent)), (on.year, on.month, on.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with archive.open(entry, "w") as written, path.open("rb") as file:
                shutil.copyfileobj(file, written)
