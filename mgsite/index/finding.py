"""Finding: a question, the kinds looked at, and what came of it. At most six queries, however much there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from mgsite.index.engines import Candidate, Pick, engine_of
from mgsite.index.models import Document
from mgsite.index.questions import Question, beginning, understand
from mgsite.index.ranking import PRIOR, Ranked, rank
from mgsite.index.sources import SECTION

MOST = 200
"""Matches that are ranked; what is beyond them is asked for by one more word."""
MOST_WEIGHED = 4_000
MOST_SECTIONS = 3
SHORTEST_BEGINNING = 2
"""Characters before anything is suggested: one letter begins everything."""
MANY = ("study", "reply")
"""Kinds that may grow without end."""
COUNTED = tuple(kind for kind in PRIOR if kind != SECTION)
SUGGESTED = ("form", "mechanism", "outcome", "article", "term", "claim", "page", "medicine", "food")


@dataclass(frozen=True, slots=True)
class Hit:
    """One result, and the sections of it that answer."""

    document: int
    kind: str
    record: int
    key: str
    sections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a question led to."""

    question: Question
    hits: tuple[Hit, ...] = ()
    """The best ones, in order."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """All that match, by kind, whatever kind is looked at."""
    relaxed: bool = False
    """Whether nothing holds all the words, and so these hold only some of them."""


def find(typed: str, *, kind: str = "") -> Found:
    """The best matches for what was typed, of one kind or of all. Whatever is typed, nothing is raised."""
    question = understand(typed)
    if not question.query.groups:
        return Found(question)
    counts, relaxed = _counts(question), False
    if not counts and len(question.query.groups) > 1:
        question, relaxed = question.relaxed(), True
        counts = _counts(question) if question.query.groups else {}
    if not counts:
        return Found(question)
    picks = _picks(kind, counts)
    candidates = engine_of("default").candidates(question.query, picks) if picks else []
    return Found(question, tuple(_gathered(rank(candidates, question)))[:MOST], counts, relaxed)


def _picks(kind: str, counts: Mapping[str, int]) -> list[Pick]:
    """Few and many apart, so that a hundred thousand studies never crowd out the one form that was meant."""
    asked = [each for each in COUNTED if kind in {"", each} and counts.get(each)]
    few = tuple(each for each in asked if each not in MANY)
    # An article is found by its sections too.
    picks = [Pick((*few, SECTION) if "article" in few else few, MOST)] if few else []
    return [*picks, *(Pick((each,), MOST, ranked=counts[each] <= MOST_WEIGHED) for each in asked if each in MANY)]


def _counts(question: Question) -> dict[str, int]:
    counted = engine_of("default").counts(question.query, kinds=COUNTED)
    return {kind: counted[kind] for kind in COUNTED if counted.get(kind)}


def _gathered(ranked: Sequence[Ranked]) -> Iterable[Hit]:
    """One hit for each record; an article's sections go with it, at the place of the best of them."""
    sections: dict[int, list[int]] = {}
    for each in ranked:
        if each.candidate.kind == SECTION:
            sections.setdefault(each.candidate.record, []).append(each.candidate.id)
    for each in ranked:
        if each.candidate.kind != SECTION:
            yield _hit(each, sections if each.candidate.kind == "article" else {})


def _hit(each: Ranked, sections: Mapping[int, list[int]]) -> Hit:
    found = each.candidate
    inside = sections.get(found.record, [])[:MOST_SECTIONS]
    return Hit(found.id, found.kind, found.record, found.key, tuple(inside))


def documents(hits: Iterable[Hit], **looked_up: Any) -> dict[int, Any]:
    """The documents of some hits and of their sections, annotated with what is looked up beside. One query."""
    wanted = [key for hit in hits for key in (hit.document, *hit.sections)]
    rows: QuerySet[Document] = Document.objects.filter(pk__in=wanted)
    return {row.pk: row for row in rows.defer("title_words", "names_words", "body_words").annotate(**looked_up)}


def suggest(typed: str, *, most: int = 8) -> list[Candidate]:
    """Titles that go on as somebody types. One query."""
    query = beginning(typed)
    if len(typed.strip()) < SHORTEST_BEGINNING or not query.groups:
        return []
    found = engine_of("default").candidates(query, [Pick(SUGGESTED, 40), Pick(("study",), 20, ranked=False)])
    question = Question(typed, sequence=tuple(word for group in query.groups for word in [group[-1][0].word]))
    return [each.candidate for each in rank(found, question)][:most]
