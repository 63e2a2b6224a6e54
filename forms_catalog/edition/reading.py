"""Strict reading of record files: a small, safe part of YAML, and no way out of the folder.

Refused: a field named twice, aliases, tags, dates with a time, numbers that are not finite, deep nesting, big files,
links to elsewhere, anything that is not a record file.
"""

from __future__ import annotations

import datetime as dt
import math
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from forms_catalog.edition.errors import EditionError, Place, Problem
from forms_catalog.models.fields import validate_key

MAX_FILE_BYTES = 256 * 1024
MAX_FILES = 50_000
MAX_TOTAL_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 8
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_resolver = yaml.resolver.Resolver()


class UnreadableFile(ValueError):
    """A file that is not a record; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Source:
    """One record file, read but not yet checked against its model."""

    kind: str
    slug: str
    document: dict[str, Any]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(f"{self.kind}/{self.slug}.yaml", self.slug)


class _Reader:
    """Turns the events of one YAML text into plain values."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=Loader)
        self._scalars = yaml.constructor.SafeConstructor()

    def document(self) -> dict[str, Any]:
        """The one mapping the text holds."""
        next(self._events)  # stream start
        if not isinstance(next(self._events), yaml.DocumentStartEvent):
            raise UnreadableFile("The file is empty.")
        value = self._value(next(self._events), depth=0)
        next(self._events)  # document end
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            raise UnreadableFile("The file holds more than one document.")
        if not isinstance(value, dict):
            raise UnreadableFile("A record is a mapping of field names to values.")
        return value

    def _value(self, event: yaml.Event, *, depth: int) -> Any:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableFile(f"Line {line}: anchors and aliases are not used here; write the value out.")
        if getattr(event, "tag", None):
            raise UnreadableFile(f"Line {line}: tags are not used here.")
        if depth > MAX_DEPTH:
            raise UnreadableFile(f"Line {line}: nested too deeply.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line=line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(depth=depth)
        return self._mapping(depth=depth)

    def _sequence(self, *, depth: int) -> list[Any]:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, depth=depth + 1))
        return items

    def _mapping(self, *, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name = self._value(event, depth=depth + 1)
            line = _line(event)
            if not isinstance(name, str):
                raise UnreadableFile(f"Line {line}: a field name must be a word, not {name!r}.")
            if name in mapping:
                raise UnreadableFile(f"Line {line}: {name} is given twice.")
            mapping[name] = self._value(next(self._events), depth=depth + 1)
        return mapping

    def _scalar(self, event: yaml.ScalarEvent, *, line: int) -> Any:
        if not event.implicit[0]:
            return event.value
        tag = _resolver.resolve(yaml.ScalarNode, event.value, (True, False))
        try:
            value = self._scalars.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, yaml.YAMLError) as error:
            raise UnreadableFile(f"Line {line}: {event.value!r} cannot be read; put it in quotes.") from error
        if isinstance(value, float) and not math.isfinite(value):
            raise UnreadableFile(f"Line {line}: {event.value} is not a finite number.")
        if value is not None and type(value) not in (str, int, float, bool, dt.date):
            raise UnreadableFile(f"Line {line}: {event.value!r} is not a word, a number, yes or no, or a date.")
        return value


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def read_document(text: str) -> dict[str, Any]:
    """The mapping that a record file holds. Raises UnreadableFile."""
    try:
        return _Reader(text).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"Line {mark.line + 1}: " if mark else ""
        raise UnreadableFile(f"{where}this is not YAML ({getattr(error, 'problem', None) or error}).") from error


def read_file(path: Path) -> dict[str, Any]:
    """The mapping that one file holds. Raises UnreadableFile."""
    state = path.lstat()
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableFile("Only plain files are read; links are not followed.")
    if state.st_size > MAX_FILE_BYTES:
        raise UnreadableFile(f"The file is larger than {MAX_FILE_BYTES // 1024} kB.")
    try:
        return read_document(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableFile("The file is not UTF-8 text.") from error
    except OSError as error:
        raise UnreadableFile(f"The file cannot be read ({error.strerror}).") from error


def read_folder(directory: Path, *, kinds: list[str]) -> tuple[list[Source], list[Problem]]:
    """Every record of the folder, in order of kind and slug, and what could not be read.

    Raises EditionError when there is no such folder or it holds too much.
    """
    if not directory.is_dir():
        raise EditionError(f"{directory} is not a folder.")
    sources: list[Source] = []
    problems = [
        Problem(Place(entry.name), "There is no such kind of record.")
        for entry in sorted(directory.iterdir())
        if entry.name not in kinds
    ]
    paths = {kind: _record_files(directory / kind, problems=problems) for kind in kinds}
    _check_size([path for of_kind in paths.values() for path in of_kind], directory=directory)
    for kind, of_kind in paths.items():
        for path in of_kind:
            try:
                validate_key(path.stem)
                sources.append(Source(kind=kind, slug=path.stem, document=read_file(path)))
            except (UnreadableFile, ValidationError) as error:
                what = error.messages[0] if isinstance(error, ValidationError) else str(error)
                problems.append(Problem(Place(f"{kind}/{path.name}", path.stem), what))
    return sources, problems


def _check_size(paths: list[Path], *, directory: Path) -> None:
    if len(paths) > MAX_FILES or sum(path.lstat().st_size for path in paths) > MAX_TOTAL_BYTES:
        raise EditionError(f"{directory} holds more than {MAX_FILES} records or {MAX_TOTAL_BYTES >> 20} MB.")


def _record_files(folder: Path, *, problems: list[Problem]) -> list[Path]:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        problems.append(Problem(Place(folder.name), "This must be a folder; links are not followed."))
        return []
    entries = sorted(folder.iterdir()) if folder.exists() else []
    problems += [
        Problem(Place(f"{folder.name}/{entry.name}"), "Only .yaml files belong here.")
        for entry in entries
        if entry.suffix != ".yaml"
    ]
    return [entry for entry in entries if entry.suffix == ".yaml"]
