"""How many years of school a text asks for: SMOG, from the long words in its sentences. For editors, never for readers.

McLaughlin 1969: 1.0430 * sqrt(words of three syllables or more * 30 / sentences) + 3.1291. Syllables are counted by
the spelling, which is right for nine long words in ten; the grade is a thermometer, not a verdict.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.passages import passages
from mgsite.markup import MarkupError

LONG = 3
ENOUGH_SENTENCES = 30
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouyà-ÿ]+")
# An e that is written and not spoken: at the end of a word, or of its first half.
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiou]l)e$|(?<=[^aeiouylsxzcgh])es$|(?<=[aeiou]l)es$|(?<=[^aeioutdy])ed$"
    r"|(?<=[^aeiouyl])e(?=(?:ment|ful|less|ly|ness)s?$)"
    r"|(?<=^som)e(?=[a-z])|(?<=^ther)e(?=f)|(?<=^wher)e(?=[a-z])|(?<=^els)e(?=w)"
)
# Two vowels side by side that are two sounds: 'serious' and 'diet', not 'caution' and 'patient'.
_TWO_SOUNDS = re.compile(
    r"(?<![tcsxg])ia|(?<![tcsxgn])io|(?<![tcsx])iu|ie(?=t)|(?<![tc])ie(?=n[tc])|(?<=sc)ie(?=n)"
    r"|(?<![qg])ua(?=[ltr])|(?<![qg])ue(?=n|l)|ea$|eas$|eo$|eor|(?<=cr)ea(?=t)|[aeiou]ing|ism"
)


@dataclass(frozen=True, slots=True)
class ReadingGrade:
    """The grade, and what it was counted from."""

    smog: float
    sentences: int
    long_words: int

    def __str__(self) -> str:
        basis = f"{self.long_words} long words in {self.sentences} sentences"
        caution = "" if self.sentences >= ENOUGH_SENTENCES else "; fewer than 30 sentences, so only a rough figure"
        return f"SMOG {self.smog:.1f} ({basis}{caution})"


def reading_grade(body: str) -> ReadingGrade | None:
    """The grade of an article's running text; None for a text without a sentence, or one that cannot be read."""
    try:
        sentences = list(_sentences(body))
    except MarkupError:
        return None
    if not sentences:
        return None
    long_words = sum(syllables(word) >= LONG for sentence in sentences for word in _WORD.findall(sentence))
    return ReadingGrade(1.0430 * math.sqrt(long_words * 30 / len(sentences)) + 3.1291, len(sentences), long_words)


def _sentences(body: str) -> Iterator[str]:
    """Sentences of paragraphs, lists and notes. Headings and tables hold none; what ends in no full stop is neither."""
    for passage in passages(body):
        for piece in passage.pieces:
            if piece.heads is None and piece.words.rstrip(' ”’")').endswith((".", "!", "?", ":", ";", ",")):
                yield from (sentence for _, sentence in piece.sentences() if _WORD.search(sentence))


def syllables(word: str) -> int:
    """How many syllables a word seems to have."""
    word = _SILENT.sub("", re.sub(r"[’'].*", "", word.lower()))
    return max(1, len(_VOWELS.findall(word)) + len(_TWO_SOUNDS.findall(word)))
