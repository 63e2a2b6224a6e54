"""What is written is read back as it was, and reads well."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from forms_catalog.edition.reading import read_document
from forms_catalog.edition.writing import write_document

texts = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"], exclude_characters="\x00"), max_size=300)
words = st.lists(
    st.sampled_from(["magnesium", "a", "(n=23)", "95 % CI:", "#1", "- x", "'", '"', "é", ">", "|"]), max_size=60
)
scalars = st.one_of(
    texts,
    words.map(" ".join),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)
names = st.from_regex(r"\A[a-z][a-z_]{0,10}\Z")
documents = st.dictionaries(
    names,
    st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=6
    ),
    max_size=5,
)


@given(documents)
@settings(max_examples=200, deadline=None)
@example({"a": "no"})
@example({"a": "1:30"})
@example({"a": "0o7"})
@example({"a": "2026-11-23"})
@example({"a": " leading and trailing " + "word " * 40})
@example({"a": "first line\r\nsecond line\n\n  indented\n"})
@example({"a": "word\u2028word\x85word\ufeff" + " word" * 40})
@example({"a": "\x85", "b": "\u2028", "c": "\u2029", "d": "\r"})
@example({"null": "null", "a": "~"})
def test_document_comes_back_as_it_was(document: dict[str, Any]) -> None:
    assert read_document(write_document(document)) == document


def test_same_document_gives_the_same_bytes() -> None:
    shared = ["a", "b"]
    document = {"first": shared, "second": shared}

    text = write_document(document)

    assert "&" not in text
    assert text == write_document({"first": ["a", "b"], "second": ["a", "b"]})


def test_long_text_is_folded_and_lists_of_numbers_stay_on_one_line() -> None:
    text = write_document({"why": "word " * 30 + "end", "args": [2500, 25.53], "day": dt.date(2026, 11, 23)})

    lines = text.splitlines()
    assert lines[0] == "why: >-"
    assert max(map(len, lines)) <= 120
    assert "args: [2500, 25.53]" in lines
    assert "day: 2026-11-23" in lines
