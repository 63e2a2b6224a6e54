"""Words that promise more than the evidence holds, found so that an editor can look at them.

A finding is a question to the editor, not a verdict: words in quotation marks, questions, and what a sentence denies
("does not prove") are passed over.
"""

import re

from forms_catalog.models.vocabulary import Certainty

ALWAYS = (
    r"cur(?:es|ed|ing)|(?:can|could|will|may|might|to|would) cure",
    r"miracles?|miraculous(?:ly)?",
    r"guarante(?:e|es|ed|eing)",
    r"terminat(?:e|es|ed|ing)",
    r"eliminat(?:e|es|ed|ing)(?! (?:the |any |excess |its )*(?:magnesium|drug|medicine)s?)",
    r"eradicat(?:e|es|ed|ing)",
    r"(?:without|no|zero|free of|free from) (?:any |known )?(?:side[- ]effects?|risks?)",
    r"side[- ]effect[- ]free|risk[- ]free",
    r"(?:completely|totally|perfectly|entirely|absolutely|100 ?%) safe",
    r"instant(?:ly)? relie(?:f|ves?)",
)
"""Too much at any certainty."""
PROOF = (
    r"prov(?:e|es|ed|en|ing)(?! (?:nothing|little|neither|wrong|false|that no|too))",
    r"proof(?! of concept)(?!-of-concept)",
    r"conclusive(?:ly)?|definitive(?:ly)?|undeniabl[ey]|unquestionabl[ey]|undoubtedly|beyond (?:any )?doubt",
)
"""Too much below high certainty."""
STRENGTH = (
    r"boost(?:s|ed|ing)?",
    r"revers(?:es|ing)|(?:can|could|will|may|might|to|would) reverse",
    r"(?:highly|extremely|remarkably|dramatically|very) effective",
    r"dramatic(?:ally)? (?:improve(?:s|d|ments?)?|reduc(?:e|es|ed|tions?))",
    r"powerful(?:ly)?",
)
"""Too much below moderate certainty."""

SCALE = (Certainty.VERY_LOW, Certainty.LOW, Certainty.MODERATE, Certainty.HIGH)
QUOTED = re.compile(
    r"“[^”]{0,400}”|‘[^’]{0,400}’(?!\w)|\"[^\"]{0,400}\"|`[^`]{0,400}`|(?m:^[ ]{0,3}>.*$)|"
    r"\]\([^)\s]{0,400}[^)]{0,200}\)"
)
DENIAL = re.compile(
    r"\b(?:not|no|never|nor|neither|nothing|nobody|none|cannot|without|hardly|barely|fails? to|failed to|far from|"
    r"instead of|rather than|too few to|too small to)\b|n[’']t\b",
    re.IGNORECASE,
)
NO_DENIAL = re.compile(r"\b(?:not (?:only|just|merely)|(?:no|without) (?:a )?(?:doubt|question))\b", re.IGNORECASE)
CLAUSE_END = re.compile(r"[.;:!?,()—–\n]\s*|\s-\s|\b(?:but|yet|although|though|while)\b", re.IGNORECASE)
FARTHEST_DENIAL = 8
"""Words between a denial and what it denies."""


def find_overclaims(text: str, *, certainty: str) -> list[tuple[int, str]]:
    """Line (from 1) and words of each promise that goes beyond the certainty; plain text or Markdown."""
    told = QUOTED.sub(lambda quoted: re.sub(r"[^\n]", " ", quoted[0]), text)
    return [
        (told.count("\n", 0, found.start()) + 1, " ".join(found[0].split()))
        for found in pattern_for(certainty).finditer(told)
        if not is_denied(told[: found.start()]) and not is_asked(told[found.end() :])
    ]


def pattern_for(certainty: str) -> re.Pattern[str]:
    """Everything that is too much at this certainty; words may be parted by a line's end."""
    level = SCALE.index(Certainty(certainty))
    words = [*ALWAYS]
    if level < SCALE.index(Certainty.HIGH):
        words += PROOF
    if level < SCALE.index(Certainty.MODERATE):
        words += STRENGTH
    joined = "|".join(words).replace(" ", r"\s+").replace(r"\s+?", r"\s?")
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w])", re.IGNORECASE)


def is_denied(before: str) -> bool:
    """Whether the clause up to here denies what follows: 'no trial has', 'it does not'."""
    clause = CLAUSE_END.split(joined_lines(before[-300:]))[-1]
    near = " ".join(NO_DENIAL.sub(" ", clause).split()[-FARTHEST_DENIAL:])
    return bool(DENIAL.search(near))


def is_asked(after: str) -> bool:
    """Whether the sentence ends as a question."""
    end = re.search(r"[.!?](?=\s|$|[”\"’)*_])", joined_lines(after[:400]))
    return bool(end and end[0] == "?")


def joined_lines(text: str) -> str:
    """Single line ends are spaces, as in Markdown; a blank line still parts."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)
