"""The order of results, the same on both databases: what is called so first, then what has it in its title.

An engine's own order decides only among equals, and which of very many matches are looked at at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mgsite.index.engines import Candidate
from mgsite.index.lexicon import phrase_of
from mgsite.index.questions import Question
from mgsite.index.sources import SECTION
from mgsite.index.words import FILLER, core

PRIOR = {
    "form": 7,
    "mechanism": 8,
    "outcome": 7,
    "article": 6,
    "claim": 4,
    "term": 5,
    "study": 2,
    "page": 5,
    "medicine": 4,
    "food": 4,
    "caution": 3,
    "unverified": 3,
    SECTION: 1,
    "reply": 0,
}
"""What a reader more probably wants, where nothing else decides."""
SPOKEN_OF = {"page": 0, "medicine": 40, "caution": 40, "unverified": 40}
"""Kinds that a question may name in passing, though their names stand for no record when words are looked up; and what
that adds: whether something is safe comes before what it is."""
NAMED, NAMED_IN_PART, IN_TITLE, BY_KEY = 100.0, 30.0, 20.0, 120.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its weight."""

    candidate: Candidate
    weight: float


def rank(candidates: Sequence[Candidate], question: Question) -> list[Ranked]:
    """The candidates, best first."""
    named = {(record.kind, record.record) for records in question.named for record in records}
    ranked = [_weigh(candidate, place / len(candidates), question, named) for place, candidate in enumerate(candidates)]
    ranked = _with_their_sections(ranked)
    return sorted(ranked, key=lambda each: (-each.weight, each.candidate.title, each.candidate.id))


def _with_their_sections(ranked: Sequence[Ranked]) -> list[Ranked]:
    """An article is as good as the best of its sections."""
    best: dict[int, float] = {}
    for each in ranked:
        if each.candidate.kind == SECTION:
            best[each.candidate.record] = max(best.get(each.candidate.record, 0), each.weight + PRIOR["article"])
    return [
        replace(each, weight=max(each.weight, best.get(each.candidate.record, 0)))
        if each.candidate.kind == "article"
        else each
        for each in ranked
    ]


def _weigh(candidate: Candidate, place: float, question: Question, named: set[tuple[str, int]]) -> Ranked:
    title = candidate.title_words.split()
    inside = set(question.sequence) & set(title)
    weight = PRIOR[candidate.kind] + 5 * (1 - place)
    whole = not candidate.part
    weight += NAMED * is_called(candidate, question)
    weight += NAMED_IN_PART * (whole and (candidate.kind, candidate.record) in named)
    weight += _spoken_of(candidate, question)
    weight += IN_TITLE * len(inside) / len(question.sequence) if question.sequence else 0
    # Of two titles that hold the words, the shorter one is more about them.
    weight += 4 * len(inside) / len(title) if title else 0
    weight += BY_KEY * (whole and candidate.key == question.typed.strip().lower())
    return Ranked(candidate, weight)


def is_called(candidate: Candidate, question: Question) -> bool:
    """Whether the whole question is one of the record's names."""
    names = _names(candidate)
    if FILLER.issuperset(question.sequence):  # every page is about magnesium: none is called so more than others
        return question.sequence != ("magnesium",) and " ".join(question.sequence) in names
    return any(phrase_of(name.split()) == question.phrase for name in names)


def _names(candidate: Candidate) -> list[str]:
    return [name for name in (candidate.title_words, *candidate.names_words.split("\n")) if name]


def _spoken_of(candidate: Candidate, question: Question) -> float:
    """What it counts that one of its names is a part of the question."""
    if candidate.kind not in SPOKEN_OF:
        return 0
    asked = f" {' '.join(question.sequence)} "
    said = (" ".join(core(name.split())) for name in _names(candidate))
    inside = any(f" {name} " in asked for name in said if not FILLER.issuperset(name.split()))
    return inside * (NAMED_IN_PART + SPOKEN_OF[candidate.kind])
