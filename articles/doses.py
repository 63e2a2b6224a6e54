"""Doses without a unit: 'take 300 a day' says nothing until it says 300 of what.

A careful net with wide meshes. It looks only at a number that stands where a dose stands, so years, counts,
shares and reference numbers pass; a dose in words ('three hundred') passes too.
"""

import re
from collections.abc import Iterator

_UNIT = (
    r"(?:mg|mcg|µg|μg|ug|kg|g|mL|ml|L|mmol|mol|mEq|meq|IU|%|‰|milligram(?:me)?s?|gram(?:me)?s?|microgram(?:me)?s?|"
    r"millilit(?:re|er)s?|lit(?:re|er)s?|(?:milli)?moles?|millimoles?|units?|per\s?cent|percent)(?![A-Za-z])"
)
_ONE = r"\d{1,3}(?:,\d{3})+|\d{2,4}(?:\.\d+)?"
_NUMBER = rf"(?P<number>(?<![\w.,$€£#/-])(?:{_ONE})(?:\s?(?:-|–|to|or|and)\s?(?:{_ONE}))?)(?![\w-]|[.,]\d|\s?%)"
_HUNDREDS = r"(?=\d{3}|\d{1,3},\d{3})"
_FILLERS = (
    r"(?:\s+(?:of|is|was|were|be|about|around|roughly|nearly|almost|some|up\s+to|at\s+least|at\s+most|only|just|"
    r"more\s+than|less\s+than|over|under|above|below|between|from|an\s+extra|an|a|the))*"
)
_DOSE = r"\b(?:take|takes|taking|took|taken|swallow|doses?|dosed|dosages?|dosing|supplement(?:ing)?\s+with)"
_EACH = r"(?:a|per|each|every)\s+(?:day|night|morning|evening)"
_DAILY = rf"{_EACH}|(?:/|-)day|daily|nightly|twice|once|three\s+times"
_END = r"\s*(?:[.;:!?)”]|,(?!\d)|$)"
_AFTER = rf"(?=\s*(?:{_DAILY})\b|\s+(?:of\s+)?(?:elemental\s+)?magnesium\b|\s+(?:in\s+the|at|before|with)\s|{_END})"
_BY_THE_DAY = rf"(?=\s+(?:{_EACH}|daily|nightly|before\s+bed|at\s+(?:night|bedtime))\b)"
_SUBSTANCE = r"(?=\s+of\s+(?:elemental\s+)?magnesium\b(?!['’]s|\s+(?:users|takers|trials|studies|reviews|supplements)))"

_PATTERNS = (
    re.compile(rf"{_DOSE}\b:?{_FILLERS}\s+{_NUMBER}{_AFTER}", re.IGNORECASE),
    re.compile(rf"{_NUMBER}{_SUBSTANCE}", re.IGNORECASE),
    re.compile(
        rf"\bmagnesium\b(?:\s+[a-z-]+)?(?:,|:|\s+at|\s+of)?{_FILLERS}\s+{_NUMBER}(?=\s*(?:{_DAILY})\b)", re.IGNORECASE
    ),
    # Whatever the verb: hundreds of something by the day are magnesium here, while twenty may be cigarettes.
    re.compile(rf"{_HUNDREDS}{_NUMBER}(?:\s+(?:of\s+)?(?:elemental\s+)?magnesium)?{_BY_THE_DAY}", re.IGNORECASE),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_BEFORE = re.compile(rf"(?<![A-Za-z]){_UNIT}\s*(?:to|or|and|-|–)?\s*$")
_UNIT_ALONE = re.compile(rf"(?:\bin\s+|\(|,\s*){_UNIT}")
_UNIT_WORD = re.compile(rf"(?<![A-Za-z]){_UNIT}")
_DOSE_COLUMN = re.compile(r"\b(?:dose|doses|dosage|amount)\b", re.IGNORECASE)
_BARE = re.compile(rf"\s*(?:{_ONE})(?:\s?(?:-|–|to|or|and)\s?(?:{_ONE}))?(?:\s+(?:{_DAILY}))?\s*", re.IGNORECASE)
_AROUND = 40


def doses_without_unit(words: str) -> Iterator[tuple[int, str]]:
    """Each dose that names no unit: where it begins in the words of one sentence, and the dose as it stands."""
    if _UNIT_ALONE.search(words):
        return  # 'in milligrams: take 300 a day'
    seen: set[int] = set()
    for pattern in _PATTERNS:
        for found in pattern.finditer(words):
            place = found.start("number")
            if place in seen or _YEAR.fullmatch(found["number"]) or _UNIT_BEFORE.search(words[:place]):
                continue
            seen.add(place)
            yield found.start(), _with_what_follows(words, found)


def is_dose_without_unit(cell: str, *, head: str) -> bool:
    """Whether a table's cell is a bare number under a head that promises a dose and names no unit."""
    return bool(_DOSE_COLUMN.search(head) and not names_a_unit(head) and _BARE.fullmatch(cell))


def names_a_unit(head: str) -> bool:
    """Whether the head of a column gives the unit of the numbers under it."""
    return _UNIT_WORD.search(head) is not None


def _with_what_follows(words: str, found: re.Match[str]) -> str:
    """The dose with a few words after it, so that two doses can be told apart."""
    rest = re.match(r"[^.;:!?]*", words[found.end() :])
    return " ".join((found[0] + (rest[0] if rest else "")[:_AROUND]).split())
