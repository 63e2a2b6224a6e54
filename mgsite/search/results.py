"""Results as a page and a machine take them: shaped from documents, with what is known of each today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Value, When
from django.utils.safestring import SafeString

from forms_catalog.grading.outcomes import Picture
from forms_catalog.models.vocabulary import Certainty, Verdict
from forms_catalog.queries.glances import looked_up, rung_in_words
from mgsite.index.finding import Hit, documents
from mgsite.index.models import Document
from mgsite.index.query import Query
from mgsite.index.snippets import Marker
from mgsite.search.filters import ONE_OF

RUNG = Case(When(kind="mechanism", then=looked_up(form="pk", mechanism="record")["rung"]), default=Value(""))
Pictured = Callable[[], Mapping[int, Picture]]
"""Asks for the pictures of outcomes by their keys, when they are needed."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result."""

    kind: str
    key: str
    url: str
    title: SafeString
    snippet: SafeString
    line: dict[str, Any]
    sections: tuple[tuple[SafeString, str], ...]
    """Sections of an article that answer: title and address."""
    document: Document

    @property
    def what(self) -> str:
        """What it is, in a word or two."""
        return ONE_OF[self.kind]

    @property
    def verdict_label(self) -> str:
        """For a claim: the verdict's word."""
        return str(Verdict(self.line["verdict"]).label)

    @property
    def certainty_label(self) -> str:
        """For a claim and an outcome: the certainty's word."""
        return str(Certainty(self.line["certainty"]).label)


def results_of(hits: Sequence[Hit], query: Query, *, pictured: Pictured) -> list[Result]:
    """The results of some hits. One query, and what the pictures of outcomes ask where one is among them."""
    found, marker = documents(hits, rung=RUNG), Marker(query)
    lines = _lines(hits, found, pictured)
    return [_result(hit, found, marker, lines.get((hit.kind, hit.record), {})) for hit in hits if hit.document in found]


def _lines(hits: Sequence[Hit], found: Mapping[int, Any], pictured: Pictured) -> dict[tuple[str, int], dict[str, str]]:
    """What is worked out for a result's line, by kind and record: what of it depends on other records.

    Worked out now, as a study may have been taken back since.
    """
    outcomes = [hit.record for hit in hits if hit.kind == "outcome"]
    pictures = pictured() if outcomes else {}
    grades = {key: pictures[key].grade for key in outcomes if key in pictures}
    mechanisms = [found[hit.document] for hit in hits if hit.kind == "mechanism" and hit.document in found]
    return {
        **{("mechanism", each.record): {"fact": rung_in_words(each.rung)} for each in mechanisms},
        **{("outcome", key): {"certainty": grade.certainty.value} for key, grade in grades.items() if grade},
    }


def _result(hit: Hit, found: dict[int, Document], marker: Marker, worked_out: dict[str, str]) -> Result:
    document = found[hit.document]
    inside = [found[key] for key in hit.sections if key in found]
    return Result(
        kind=hit.kind,
        key=hit.key,
        url=document.url,
        title=marker.marked(document.title),
        # An article is long: its best section knows the place.
        snippet=marker.snippet(inside[0].body if inside else document.body),
        line=document.line | worked_out,
        sections=tuple((marker.marked(section.title), section.url) for section in inside),
        document=document,
    )
