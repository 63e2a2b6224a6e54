"""The words of the site's own texts: kept in step with the documents, and asked when a reader's word is unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connections
from django.db.models import Q
from django.db.models.functions import Length

from mgsite.index.models import Document, Word

LONGEST_WORD = 40
SHORTEST = 3
"""Shorter words are not mended: everything is near them."""
SHORTEST_BEGINNING = 4
"""Shorter words do not go on: who wants to die is not asking about diets."""
MOST_CANDIDATES = 6000
_KEEP = """
INSERT INTO site_index_word (word, shown, uses) VALUES (%s, %s, %s)
ON CONFLICT (word) DO UPDATE SET uses = site_index_word.uses + excluded.uses
"""


def words_in(document: Document) -> set[str]:
    """Every word of a document, once."""
    return {*document.title_words.split(), *document.names_words.split(), *document.body_words.split()}


def change(uses: Mapping[str, int], *, shown: Mapping[str, str], using: str = "default") -> None:
    """Add to, and take from, how many documents hold each word. Call inside the transaction of the change."""
    rows = [(word, shown.get(word, word)[:80], uses[word]) for word in sorted(uses) if uses[word] and is_word(word)]
    if not rows:
        return
    with connections[using].cursor() as cursor:
        cursor.executemany(_KEEP, rows)
        cursor.execute("DELETE FROM site_index_word WHERE uses <= 0")


def is_word(word: str) -> bool:
    """Whether the vocabulary holds such a word: numbers and single letters are neither known nor mended."""
    return not word.isdigit() and len(word) > 1


def mend(unknown: Iterable[str]) -> dict[str, str]:
    """What unknown words may be meant for. A word that others begin with stays, unless
    its last letter alone is missing ("citrat"). One query."""
    wanted = [word for word in unknown if len(word) >= SHORTEST]
    if not wanted:
        return {}
    near = list(_near(wanted))
    return {word: meant for word in wanted if (meant := _meant(word, near)) is not None}


def _near(wanted: list[str]) -> Iterable[tuple[str, str, int]]:
    """Words that go on from those wanted, and words of about their length that begin alike."""
    chosen = Q()
    for word in wanted:
        chosen |= _begins_with(word)
        alike = Q(length__gte=len(word) - 2, length__lte=len(word) + 2)
        # A slip in the very first letters is rare; two changed about are looked for.
        chosen |= alike & (_begins_with(word[0]) | _begins_with(word[1] + word[0]))
    words = Word.objects.annotate(length=Length("word")).filter(chosen).order_by("-uses", "word")
    return words.values_list("word", "shown", "uses")[:MOST_CANDIDATES]


def _begins_with(start: str) -> Q:
    return Q(word__gte=start, word__lt=start[:-1] + chr(ord(start[-1]) + 1))


def _meant(word: str, near: list[tuple[str, str, int]]) -> str | None:
    going_on = [(candidate, shown) for candidate, shown, _ in near if candidate.startswith(word)]
    if len(word) >= SHORTEST_BEGINNING and going_on:
        whole = [shown for candidate, shown in going_on if len(candidate) == len(word) + 1]
        return whole[0] if whole and len(word) > SHORTEST_BEGINNING else ""
    rated = [
        (away, -uses, candidate, shown)
        for candidate, shown, uses in near
        if (away := slips(word, candidate)) is not None
    ]
    return min(rated)[3] if rated else None


def slips(word: str, candidate: str) -> int | None:
    """How many slips make a known word of an unknown one; None for so many that another word was meant.

    One, or two in six letters and more; but two in a short word are only where a letter is missing (not "privacy" and
    "primary", nor "statins" and "status"). Four letters have none wrong ("wine", "wide"), three are at most changed
    about ("OCD", "old"), and an abbreviation has lost no letter ("ADHD", "add").
    """
    most = 1 if len(word) < 6 else 2
    if abs(len(candidate) - len(word)) > most or len(candidate) < len(word) <= 4:
        return None
    if len(set(word).symmetric_difference(candidate)) > 2 * most:  # cheap, and refuses most
        return None
    away = distance(word, candidate)
    changed_about = sorted(word) == sorted(candidate)
    if not changed_about and (len(word) == SHORTEST or len(word) == len(candidate) == SHORTEST + 1):
        return None
    if away > most or (away == 2 and len(word) < 8 and len(word) >= len(candidate)):
        return None
    return away


def distance(one: str, other: str) -> int:
    """How many slips lie between two words: a letter missing, added, wrong, or two changed about."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, opposite in enumerate(other, start=1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1]


def recount(documents: Iterable[Document]) -> Counter[str]:
    """How many of the documents hold each word."""
    return Counter(word for document in documents for word in words_in(document))
