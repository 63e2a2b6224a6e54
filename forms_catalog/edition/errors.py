"""What is wrong with an edition, said so that whoever wrote the file can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in an edition something stands."""

    file: str
    """The file, from the edition's folder: 'studies/tarleton2017.yaml'."""
    record: str = ""
    """The record, and the part of it: 'tarleton2017, results 2'."""
    field: str = ""

    def part(self, relation: str, number: int | None = None) -> "Place":
        """A part of this record; numbers count from 1."""
        label = relation if number is None else f"{relation} {number}"
        return Place(self.file, f"{self.record}, {label}")

    def at(self, field: str) -> "Place":
        """A field of this record."""
        return Place(self.file, self.record, field)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.record, self.field) if part)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong."""

    place: Place
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class EditionError(Exception):
    """An edition was refused, or could not be written. `str()` lists every problem, one per line."""

    def __init__(self, problems: list[Problem] | str) -> None:
        self.problems = [] if isinstance(problems, str) else sorted(set(problems))
        super().__init__(problems if isinstance(problems, str) else "\n".join(map(str, self.problems)))
