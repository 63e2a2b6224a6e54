"""How Zotero takes names apart, and mends their capitals and dots."""

from __future__ import annotations

import re
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CAPITALS = "A-Z\u0400-\u042f"
SMALL = words("but or yet so for and nor a an the at by from in into of on to with up down as")
_DASHES = r"\u002d\u00ad\u2010-\u2015\u2212\u2e3a\u2e3b"


@dataclass(frozen=True, slots=True)
class Creator:
    """Somebody in two fields; without a first name Zotero keeps one field for the whole name."""

    last: str
    first: str = ""


def clean_author(author: str, *, comma: bool) -> Creator:
    """`comma`: the name is turned round. Without one, the last word is the family name, whoever it is."""
    author = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", author)
    author = re.sub(r"\s+", " ", author, count=1)  # once only
    if comma:
        parts = re.split("[,،] ?", re.sub(r"\.([^ ])", r". \1", author, count=1))
        last, first = parts[0], parts[1] if len(parts) > 1 else ""
    else:
        first, _, last = author.rpartition(" ")
        while first and not last[:1].isalpha():
            first, _, more = first.rpartition(" ")
            last = f"{more} {last}"
    return Creator(last, _with_dots(_spread(first, last=last)))


def _spread(first: str, *, last: str) -> str:
    """'EK' is taken for initials."""
    short = re.fullmatch(f"[{CAPITALS}]{{1,3}}", first) and (len(first) == 1 or last.upper() != last)
    return " ".join(f"{letter}." for letter in first) if short else first


def _with_dots(first: str) -> str:
    first = re.sub(r"^[\s.]+|[\s,]+$", "", first)
    first = re.sub(f"\\s*([{_DASHES}])\\s*", "-", first, count=1)
    names = [name for name in re.split(r"[\s.]+|(?=-)", first) if name is not None]
    dotted = (f"{name}." if re.fullmatch(f"-?[{CAPITALS}]", name) else name for name in names)
    return " ".join(dotted).replace(" -", "-").strip()


def fix_case(name: str) -> str:
    """A name all in capitals, or with none, is given some."""
    return capitalise(name) if name in {name.upper(), name.lower()} else name


def capitalise(text: str) -> str:
    """`capitalizeTitle`, forced; the rule about words after a colon is left out, as no name has one."""
    parts = re.split(f"([ /{_DASHES}])", " ".join(text.split()))
    shout = text.upper() == text
    for place, word in enumerate(parts):
        if not word or (not shout and word != word.lower()):
            continue
        inside = 0 < place < len(parts) - 1
        if inside and re.sub("[^a-zA-Z]+", "", word.lower(), count=1) in SMALL:
            parts[place] = word.lower()
        else:
            quotes = re.match("^['\"¡¿“‘„«\\s]+", word)
            cut = len(quotes[0]) + 1 if quotes else 1
            parts[place] = word[:cut].upper() + word[cut:].lower()
    return "".join(parts)


def clean_doi(text: str) -> str:
    found = re.search(r"10(?:\.[0-9]{4,})?/\S*[^\s.,]", text)
    return found[0] if found else ""
