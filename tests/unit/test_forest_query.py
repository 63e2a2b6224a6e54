"""What an article or an address may ask of a forest plot, and text that a spreadsheet may open."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.charts.query import ForestQuery, misread
from forms_catalog.exports.csv_format import MARK, csv_text

queries = st.builds(
    ForestQuery,
    outcome=st.from_regex(r"[a-z0-9-]{1,80}", fullmatch=True),
    comparator=st.sampled_from(["", "placebo", "no_treatment", "active"]),
    without=st.sampled_from(["", "flagged"]),
)


@given(queries)
def test_query_survives_being_written_and_read(query: ForestQuery) -> None:
    key = "&".join(filter(None, [f"forest?outcome={query.outcome}", query.params]))

    assert ForestQuery.from_key(key) == query
    assert ForestQuery.from_key(key.upper()) == query


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_of_charts(text: str) -> None:
    for key in (text, f"forest?{text}", f"forest?outcome=a&{text}"):
        query = ForestQuery.from_key(key)
        assert query is None or ForestQuery.from_key(f"forest?outcome={query.outcome}&{query.params}".rstrip("&"))


@given(st.dictionaries(st.sampled_from(["comparator", "without", "page"]), st.text(max_size=60)))
def test_what_an_address_says_wrongly_narrows_nothing_and_is_said(params: dict[str, str]) -> None:
    query = ForestQuery.from_params("sleep", params)

    wrong = [name for name in ("comparator", "without") if params.get(name) and not getattr(query, name)]
    assert len(misread(params)) == len([name for name in wrong if params[name] != "any"])


def test_narrowing_is_said_in_words() -> None:
    query = ForestQuery("sleep", comparator="active", without="flagged")

    assert query.in_words == "compared with another treatment, without trials whose printed figures do not add up"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n=", " =", "\0=", "＝"])
def test_text_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    text = f'{start}HYPERLINK("http://example.org","x")'
    rows = list(csv.reader(io.StringIO(csv_text(["a"], [[text]]).removeprefix(MARK), newline="")))

    assert rows == [["a"], [f"'{text}".replace("\0", "")]]


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert csv_text(["a", "b", "c"], [[-0.5, None, "a, “b”"]]) == MARK + 'a,b,c\r\n-0.5,,"a, “b”"\r\n'


def test_what_is_not_understood_comes_back_short_and_visible() -> None:
    (sentence,) = misread({"comparator": "a\0\u202eb" + "c" * 100})
    assert "“a b" in sentence
    assert len(sentence) < 120
