"""What readers type leads where it should, on whichever database the suite runs."""

from __future__ import annotations

from pathlib import Path

import yaml

from mgsite.search.page import Search, search_for

GOLDEN = yaml.safe_load((Path(__file__).parent / "search_queries.yaml").read_text(encoding="utf-8"))


def first_of(search: Search) -> str:
    """The answer if there is one, else the first result."""
    if search.answer:
        kind, key = search.answer.shows
        return f"{kind}/{key}" if kind else f"answer/{search.answer.title}"
    return "/".join((search.results[0].kind, search.results[0].key)) if search.results else "nothing"


def test_golden_questions_lead_to_the_expected_first_result(searchable_edition: None) -> None:
    assert len(GOLDEN) >= 60
    found = {typed: first_of(search_for({"q": typed})) for typed in GOLDEN}
    assert {typed: first for typed, first in found.items() if first != GOLDEN[typed]} == {}
