"""Finding: a question, the kinds looked at, and what came of it. At most seven queries, however much there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from mgsite.index.engines import Candidate, engine_of
from mgsite.index.models import Document
from mgsite.index.questions import Question, beginning, understand
from mgsite.index.ranking import PRIOR, Ranked, rank
from mgsite.index.sources import SECTION

MOST = 200
"""Matches that are ranked; what is beyond them is asked for by one more word."""
MOST_SECTIONS = 3
COUNTED = tuple(kind for kind in PRIOR if kind != SECTION)
SUGGESTED = ("form", "mechanism", "outcome", "article", "term", "claim", "study")


@dataclass(frozen=True, slots=True)
class Hit:
    """One result, and the sections of it that answer."""

    document: int
    kind: str
    record: int
    key: str
    exact: bool
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
        counts = _counts(question)
    if not counts:
        return Found(question)
    candidates = engine_of("default").candidates(question.query, kinds=_looked_at(kind), most=MOST)
    return Found(question, tuple(_gathered(rank(candidates, question))), counts, relaxed)


def _looked_at(kind: str) -> list[str]:
    """An article is found by its sections too."""
    if not kind:
        return [*COUNTED, SECTION]
    return [kind, SECTION] if kind == "article" else [kind]


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
    return Hit(found.id, found.kind, found.record, found.key, each.exact, tuple(inside))


def documents(hits: Iterable[Hit]) -> dict[int, Document]:
    """The documents of some hits and of their sections. One query."""
    wanted = [key for hit in hits for key in (hit.document, *hit.sections)]
    rows: QuerySet[Document] = Document.objects.filter(pk__in=wanted)
    return {row.pk: row for row in rows.defer("title_words", "names_words", "body_words")}


def suggest(typed: str, *, most: int = 8) -> list[Candidate]:
    """Titles that go on as somebody types. One query."""
    query = beginning(typed)
    if not query.groups:
        return []
    found = engine_of("default").candidates(query, kinds=SUGGESTED, most=40)
    question = Question(typed, sequence=tuple(word for group in query.groups for word in [group[-1][0].word]))
    return [each.candidate for each in rank(found, question)][:most]
