"""The reference list: numbers by first appearance, and every place that cites an entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mgsite.markup.outline import places_told_apart
from mgsite.markup.references import Target


@dataclass(frozen=True, slots=True)
class Use:
    """One place that cites an entry: the id of its marker, its name for readers, where in the source."""

    id: str
    place: str
    locator: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of the reference list."""

    number: int
    id: str
    key: str
    url: str
    title: str
    details: Mapping[str, Any]
    uses: tuple[Use, ...]


@dataclass(slots=True)
class Cited:
    """A source while the text is being written."""

    number: int
    target: Target
    uses: list[Use] = field(default_factory=list)


class Bibliography:
    """Collects citations in the order of the text."""

    def __init__(self, *, prefix: str = "") -> None:
        self._prefix = prefix
        self._cited: dict[str, Cited] = {}

    def cite(self, target: Target, *, place: str, locator: str) -> tuple[int, str, str]:
        """Note one citation. The entry's number, the marker's id and the entry's id."""
        cited = self._cited.setdefault(target.key, Cited(len(self._cited) + 1, target))
        marker = f"{self._prefix}cite-{cited.number}-{len(cited.uses) + 1}"
        cited.uses.append(Use(marker, place, locator))
        return cited.number, marker, self._entry_id(cited)

    def entries(self) -> tuple[Entry, ...]:
        """The list as it stands."""
        return tuple(
            Entry(
                number=cited.number,
                id=self._entry_id(cited),
                key=cited.target.key,
                url=cited.target.url,
                title=cited.target.title,
                details=dict(cited.target.details),
                uses=_told_apart(cited.uses),
            )
            for cited in self._cited.values()
        )

    def _entry_id(self, cited: Cited) -> str:
        return f"{self._prefix}ref-{cited.number}"


def _told_apart(uses: list[Use]) -> tuple[Use, ...]:
    places = places_told_apart([use.place for use in uses])
    return tuple(Use(use.id, place, use.locator) for use, place in zip(uses, places, strict=True))
