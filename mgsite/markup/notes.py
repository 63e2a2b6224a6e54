"""Notes: letters for them, and return links that name the place they lead to."""

import string
from collections import defaultdict

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mgsite.markup.outline import places_told_apart

MOST_WAYS_BACK = 20


def note_label(number: int) -> str:
    """Letters, so that a note is not taken for a reference: 1 is a, 26 is z, 27 is aa."""
    label = ""
    while number:
        number, place = divmod(number - 1, 26)
        label = string.ascii_lowercase[place] + label
    return label


class Notes:
    """Which places refer to which note. A note leads back to the first MOST_WAYS_BACK of them."""

    def __init__(self, *, prefix: str = "") -> None:
        self._prefix = prefix
        self._uses: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        self._called: list[int] = []

    def note_id(self, number: int) -> str:
        """Id of the note itself."""
        return f"{self._prefix}note-{number}"

    def take_called(self) -> list[int]:
        """Notes that were called since this was last asked, in order."""
        called, self._called = self._called, []
        return called

    def marker(self, number: int, *, place: str) -> SafeString:
        """The mark in the text that leads to the note."""
        marker_id = f"{self._prefix}noteref-{number}-{len(self._uses[number]) + 1}"
        self._uses[number].append((marker_id, place))
        self._called.append(number)
        return format_html(
            '<sup class="note"><a id="{}" href="#{}" aria-label="Note {}">{}</a></sup>',
            marker_id,
            self.note_id(number),
            note_label(number),
            note_label(number),
        )

    def ways_back(self, number: int) -> SafeString:
        """Links from a note to every place that refers to it. Ask when the whole text is written."""
        uses = self._uses[number][:MOST_WAYS_BACK]
        places = places_told_apart([place for _, place in uses])
        return format_html_join(
            "",
            ' <a class="back" href="#{}" aria-label="Back to the text: {}, note {}">↩</a>',
            ((marker_id, place, note_label(number)) for (marker_id, _), place in zip(uses, places, strict=True)),
        )
