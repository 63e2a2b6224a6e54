"""Headings and places: what the contents list shows, and how a return link names where it leads back to."""

from collections import Counter
from dataclasses import dataclass

from django.utils.text import slugify

OPENING = "the opening"
_NAMES = {
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quotation",
    "table_open": "table",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents list."""

    level: int
    id: str
    text: str


class Outline:
    """Follows the writer through a text and knows where it is."""

    def __init__(self, *, prefix: str = "") -> None:
        self.headings: list[Heading] = []
        self.place = OPENING
        self._prefix = prefix
        self._section = OPENING
        self._blocks: Counter[str] = Counter()
        self._ids = Names(between="-")
        self._labels = Names(between=" ")
        self._level = 1

    def heading(self, *, level: int, text: str, listed: bool) -> Heading:
        """A heading with its id, at most one level below the one before it. `listed`: it begins a section."""
        self._level = min(max(level, 2), self._level + 1)
        heading = Heading(self._level, self.new_id(f"s-{slugify(text)[:60].strip('-') or 'section'}"), text)
        if listed:
            self.headings.append(heading)
            self._section = self.place = text
            self._blocks.clear()
        return heading

    def enter_block(self, kind: str) -> None:
        """A block of the text begins; `kind` is the type of its first token."""
        name = _NAMES.get(kind, "passage")
        self._blocks[name] += 1
        self.place = f"{self._section}, {name} {self._blocks[name]}"

    def enter_note(self, label: str) -> None:
        """An end note begins."""
        self.place = f"note {label}"

    def new_id(self, wanted: str) -> str:
        """An id that is not taken yet in this rendering, prefixed."""
        return self._ids.take(f"{self._prefix}{wanted}")

    def new_label(self, wanted: str) -> str:
        """A name for a landmark that no other landmark in this rendering has."""
        return self._labels.take(wanted)


class Names:
    """Names that must differ: the second asker for one gets a number after it."""

    def __init__(self, *, between: str) -> None:
        self._between = between
        self._taken: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def take(self, wanted: str) -> str:
        """The name, or the name with the next number that makes it new."""
        name, number = wanted, self._numbers[wanted]
        while name in self._taken:
            number = max(number, 1) + 1
            name = f"{wanted}{self._between}{number}"
        self._numbers[wanted] = number
        self._taken.add(name)
        return name


def places_told_apart(places: list[str]) -> list[str]:
    """The same names, with a number after those that occur more than once."""
    seen: Counter[str] = Counter()
    named = []
    for place in places:
        seen[place] += 1
        named.append(place if seen[place] == 1 else f"{place}, mention {seen[place]}")
    return named
