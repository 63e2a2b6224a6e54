"""What the filters of a list share: reading them from an address, and saying what was not understood."""

import json
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.http import urlencode

LONGEST_TEXT = 100
MOST_WORDS = 8
LONGEST_ECHO = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter in force, and the address of the list without it."""

    label: str
    words: str
    without: str


def clean_text(text: str) -> str:
    """Words to search for: composed, without control and format characters, at most 100 characters."""
    kept = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text[: 10 * LONGEST_TEXT])
    return " ".join(unicodedata.normalize("NFC", kept).split())[:LONGEST_TEXT].strip()


def holds(word: str, *, fields: Collection[str]) -> Q:
    """Condition: one of the fields holds a word.

    SQLite keeps JSON as text in ASCII, so an accented name is looked for in that spelling too.
    """
    spellings = {word, json.dumps(word)[1:-1]}
    return Q(*((f"{field}__icontains", spelling) for field in fields for spelling in spellings), _connector=Q.OR)


def read_choice(params: Mapping[str, str], name: str, known: Collection[str], notices: list[str]) -> str:
    """The value of a filter if it is one of `known`; anything else is ignored and noted."""
    value = params.get(name, "")
    if not value or value in known:
        return value
    echo = clean_text(value)[:LONGEST_ECHO]
    notices.append(f"The filter {name} has no value “{echo}”, so it was left out.")
    return ""


def read_text(params: Mapping[str, str], name: str, notices: list[str]) -> str:
    """Words to search for, shortened to what the search takes."""
    value = params.get(name, "")
    if len(value.strip()) > LONGEST_TEXT:
        notices.append(f"Only the first {LONGEST_TEXT} characters of your words were searched for.")
    return clean_text(value)


def address(params: Mapping[str, str]) -> str:
    """A query string of what is set, in a fixed order, so that one list has one address."""
    return urlencode([(name, value) for name, value in params.items() if value])
