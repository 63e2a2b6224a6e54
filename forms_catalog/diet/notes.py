"""Notes on diet, under the heading of the page each belongs to. None is left out: what fits nowhere else comes last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms_catalog.models import ReferenceNote
from forms_catalog.models.vocabulary import NoteTopic

PLACES = {
    "risk": ("risk-group-",),
    "surveys": ("low-intake-",),
    "limits": ("limit-below-",),
    "intakes": ("what-intakes-", "daily-value", "eu-label-"),
    "foods": ("foods-that-", "refining-", "water", "absorption-from-"),
    "test": ("serum-caveat", "body-stores"),
    "ranges": ("serum-range-",),
    "units": ("serum-conversion",),
    "signs": ("deficiency-signs-",),
}
"""Beginnings of keys, by the place on the page. Editors name a note so that it stands where it belongs."""
REST = "rest"
SHARED = ("At risk of low magnesium: ", "Low intake: ", "Blood magnesium: ", "Signs of deficiency: ")
"""Openings that the heading says already."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as the page shows it."""

    title: str
    text: str
    source_urls: list[str]


def notes_by_place() -> dict[str, list[Note]]:
    """All notes on diet by place, in the order of their keys. One query."""
    found: dict[str, list[Note]] = {place: [] for place in (*PLACES, REST)}
    for note in ReferenceNote.objects.filter(topic=NoteTopic.DIET):
        found[place_of(note.slug)].append(Note(title_of(note.title), note.text, note.source_urls))
    return found


def place_of(key: str) -> str:
    """Where a note stands."""
    return next((place for place, beginnings in PLACES.items() if key.startswith(beginnings)), REST)


def title_of(title: str) -> str:
    """A title without what its heading says already, still beginning with a capital."""
    for opening in SHARED:
        title = title.removeprefix(opening)
    return title[:1].upper() + title[1:]


def sources_of(notes: Iterable[Note]) -> list[str]:
    """Where they were read, each address once."""
    return list(dict.fromkeys(url for note in notes for url in note.source_urls))
