"""What a search shows, for its page and for its twin in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.html import strip_tags

from articles.crisis import level_of
from forms_catalog.queries.facets import Counts, Listing
from forms_catalog.queries.paging import page_number
from mgsite.index.finding import MOST, Found, Hit, find
from mgsite.search.answers import (
    Answer,
    amount_meant,
    cell_meant,
    comparison_meant,
    is_number,
    outcome_meant,
    pictures_at_hand,
    source_answer,
    source_called,
)
from mgsite.search.filters import KINDS, SearchFilters
from mgsite.search.results import Pictured, Result, results_of

PER_PAGE = 20


@dataclass(frozen=True)
class Search:
    """One search, done."""

    filters: SearchFilters
    found: Found
    answer: Answer | None
    page: Page[Hit]
    pictured: Pictured

    @cached_property
    def results(self) -> list[Result]:
        """What this page of it shows."""
        return results_of(self.page.object_list, self.found.question.query, pictured=self.pictured)  # type: ignore[arg-type]

    @property
    def speaks_of_danger(self) -> bool:
        """Whether the words may be of somebody who thinks of dying: then help comes before any result."""
        return bool(level_of(self.filters.q))

    @property
    def total(self) -> int:
        """All matches, of every kind."""
        return sum(self.found.counts.values())

    @property
    def count(self) -> int:
        """Matches of the kind asked for."""
        return self.found.counts.get(self.filters.kind, 0) if self.filters.kind else self.total

    @property
    def listing(self) -> Listing:
        """The numbers as lists of the site have them."""
        counts = Counts(by_value={"kind": self.found.counts}, without={"kind": self.total}, total=self.total)
        return Listing(filters=self.filters, counts=counts, count=self.count)

    @property
    def kinds(self) -> list[tuple[str, int, str, bool]]:
        """Words, number and address of each kind that has results, and whether it is the one asked for."""
        every = ("Everything", self.total, self.filters.of_kind(""), not self.filters.kind)
        offered = [option for _, options in self.listing.fields for option in options]
        return [every, *((each.words, each.count, self.filters.of_kind(each.value), each.chosen) for each in offered)]

    @property
    def beyond(self) -> int:
        """Matches that are not listed: the best of them are enough for anybody."""
        return max(0, self.count - MOST)

    @property
    def mended_query(self) -> str:
        """Address of the question as it was understood; empty where nothing was mended."""
        return self.filters.asking(self.found.question.mended) if self.found.question.mended else ""


def search_for(params: Mapping[str, str]) -> Search:
    """The search that an address asks for. At most twelve queries."""
    filters = SearchFilters.from_params(params)
    study = source_called(filters.q)
    found = find(study.slug if study else "" if is_number(filters.q) else filters.q, kind=filters.kind)
    pictured = cache(pictures_at_hand)
    direct = (
        source_answer(study)
        if study
        else amount_meant(found) or cell_meant(found) or comparison_meant(found) or outcome_meant(found, pictured)
    )
    answer = None if filters.kind else direct
    hits = [hit for hit in found.hits if answer is None or (hit.kind, hit.key) != answer.shows]
    paginator = Paginator(hits, PER_PAGE)
    page = paginator.page(page_number(params.get("page", ""), last=paginator.num_pages))
    return Search(filters, found, answer if page.number == 1 else None, page, pictured)


def as_data(search: Search) -> dict[str, Any]:
    """The same for machines: no markup in it."""
    return {
        "query": search.filters.q,
        "kind": search.filters.kind,
        "understood_as": search.found.question.mended,
        "holds_all_words": not search.found.relaxed,
        "count": search.count,
        "counts": {kind: search.found.counts.get(kind, 0) for kind in KINDS},
        "answer": _answer_data(search.answer),
        "results": [_result_data(result) for result in search.results],
        "page": search.page.number,
        "pages": search.page.paginator.num_pages,
    }


def _answer_data(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    names = ("title", "url", "text", "certainty", "status")
    return {**{name: getattr(answer, name) for name in names}, "facts": list(answer.facts)}


def _result_data(result: Result) -> dict[str, Any]:
    document = result.document
    return {
        "kind": result.kind,
        "key": result.key,
        "url": result.url,
        "title": document.title,
        "passage": _plain(result.snippet),
        "updated": document.updated.isoformat() if document.updated else None,
        **result.line,
        "sections": [{"title": _plain(title), "url": url} for title, url in result.sections],
    }


def _plain(marked: str) -> str:
    return unescape(strip_tags(marked))
