"""A text's words made alike, however they were disguised: for comparing with phrases, never for showing.

Case, accents, look-alike letters, invisible characters, digits for letters, drawn-out letters and letters set apart go.
Each step reads the text once, so the cost grows with its length and with nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

LOOKALIKES = str.maketrans("абвеікмнорсѕтухјԁɡαεικνορτυχ", "abbeikmhopcstyxjdgaeiknoptux")
"""Small Cyrillic and Greek letters that pass for Latin ones."""
LEET = str.maketrans("013457@$!|", "oieastasii")
APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
SIGN_FOR_LETTER = re.compile(r"(?<=\w)[@$!|](?=\w)|(?<!\w)[@$](?=[^\W\d])")
PARTS = re.compile(r"[^\W_]+(?:\*+[^\W_]+)*|[.!?]+|\n\s*\n|[\n,;:()]|[\"“”«»]")
DRAWN_OUT = re.compile(r"([^\W_]|\*)\1+")
INVISIBLE = {"Mn", "Me", "Cf"}
MOST_LETTERS = 4
"""That one character can stand for, so that a text does not grow by being read."""
QUOTES = set('"“”«»')
FEWEST_SET_APART = 3
"""Single letters in a row that are read as one word."""


class Word(NamedTuple):
    """A word made plain, and where it stood."""

    text: str
    sentence: int = 0
    clause: int = 0
    quoted: bool = False
    """Within quotation marks."""


def words_of(text: str) -> list[Word]:
    """The words of a text, plain, in order."""
    return list(_together(_parts(squeezed(_flat(text)))))


def _flat(text: str) -> str:
    """Small Latin letters without accents or invisible characters, where there is such a form."""
    seen = text.lower() if text.isascii() else text.translate({ord(sign): _plain(sign) for sign in set(text)})
    return SIGN_FOR_LETTER.sub(lambda sign: sign[0].translate(LEET), APOSTROPHES.sub("", seen))


def _plain(sign: str) -> str:
    """A character as small letters, or nothing; the few that stand for whole sentences are no letters."""
    if unicodedata.category(sign) in INVISIBLE:
        return ""
    letters = unicodedata.normalize("NFKD", sign).casefold()
    if len(letters) > MOST_LETTERS:
        return " "
    return "".join(letter for letter in letters if unicodedata.category(letter) not in INVISIBLE).translate(LOOKALIKES)


def _parts(text: str) -> Iterator[Word]:
    """Words with the sentence and clause they stand in; punctuation is counted and left out."""
    sentence = clause = 0
    quoted = False
    for part in PARTS.findall(text):
        if part[0].isalnum():
            plain = part if part.isalpha() or part.isdecimal() else squeezed(part.translate(LEET))
            yield Word(plain, sentence, clause, quoted)
        elif part in QUOTES:
            quoted = not quoted if part == '"' else part in "“«"
        else:
            clause += 1
            sentence += part in {".", "!", "?"} or (len(part) > 1 and part != "...")
            quoted = quoted and part[0] != "\n"


def _together(words: Iterable[Word]) -> Iterator[Word]:
    """Words one by one, letters that were set apart as the word they make."""
    for single, run in groupby(words, key=lambda word: len(word.text) == 1):
        letters = list(run)
        if single and len(letters) >= FEWEST_SET_APART:
            yield letters[0]._replace(text=squeezed("".join(word.text for word in letters)))
        else:
            yield from letters


def squeezed(text: str) -> str:
    """No letter twice in a row: what is drawn out and what is spelled so become the same."""
    return DRAWN_OUT.sub(r"\1", text)


def replaced(words: Iterable[Word], same: Mapping[tuple[str, ...], tuple[str, ...]]) -> Iterator[Word]:
    """Words with those of a table put in place of others, pairs before single ones."""
    former: Word | None = None
    for word in words:
        if former is not None and (former.text, word.text) in same:
            yield from _put(former, same[former.text, word.text])
            former = None
        else:
            yield from _alone(former, same)
            former = word
    yield from _alone(former, same)


def _alone(word: Word | None, same: Mapping[tuple[str, ...], tuple[str, ...]]) -> Iterable[Word]:
    if word is None:
        return ()
    texts = same.get((word.text,))
    return (word,) if texts is None else _put(word, texts)


def _put(word: Word, texts: Iterable[str]) -> list[Word]:
    return [word._replace(text=text) for text in texts]


def masked(word: str) -> Iterator[str]:
    """A word with one letter, or two side by side, starred out."""
    for place in range(len(word)):
        yield f"{word[:place]}*{word[place + 1 :]}"
        yield f"{word[:place]}*{word[place + 2 :]}"
