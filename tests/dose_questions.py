"""Questions to the dose bridge, as anybody or anything could ask them."""

from __future__ import annotations

from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

Question = dict[str, Any]

# Code points that only one of Python and the browser knows yet would be composed by one of them only.
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=12)
WORDS = st.sampled_from(["", " mg", "g", " µg", "mcg", "mmol", " mEq", "%", "ml", " tablets", "x", " MG.", "ｍｇ"])
PRINTED = st.builds(
    lambda digits, places, style, word: spelled(digits, places, style) + word,
    st.integers(0, 10**8),
    st.integers(0, 3),
    st.sampled_from(["plain", "comma", "english", "german", "spaced"]),
    WORDS,
)
LIKELY = st.builds(lambda number, word: f"{number}{word}", st.integers(1, 3000), st.sampled_from(["", " mg", "mg"]))
AMOUNTS = st.one_of(LIKELY, PRINTED, st.from_regex(r"[0-9.,' ]{1,9}( ?[a-z]{1,4})?", fullmatch=True), ANY_TEXT)
COUNTS = st.one_of(st.sampled_from(["", "1", "2", "3", "0,5", "½", "1.500", "2 tablets"]), PRINTED)
WHOLES = st.one_of(st.just(""), st.just(""), LIKELY, PRINTED)


def spelled(digits: int, places: int, style: str) -> str:
    """A number as different countries print it."""
    text = f"{digits / 10**places:,.{places}f}"
    swaps = {
        "plain": {",": ""},
        "comma": {",": "", ".": ","},
        "english": {},
        "german": {",": ".", ".": ","},
        "spaced": {",": " "},
    }
    return text.translate(str.maketrans(swaps[style]))


def questions(rules: dict[str, Any]) -> st.SearchStrategy[Question]:
    """Every choice the form offers, with anything in its fields."""

    def keys(name: str) -> st.SearchStrategy[str]:
        return st.sampled_from([each["key"] for each in rules[name]])

    return st.sampled_from([{"slug": "", "structures": []}, *rules["forms"]]).flatmap(
        lambda form: st.fixed_dictionaries(
            {
                "form": st.just(form["slug"]),
                "hydrate": st.sampled_from(["", *(each["key"] for each in form["structures"])]),
                "amount": AMOUNTS,
                "unit": st.sampled_from(["mg", "mg", "mg", *rules["units"]["names"]]),
                "basis": keys("bases"),
                "per_day": COUNTS,
                "whole": WHOLES,
                "age": keys("ages"),
                "who": keys("people"),
                "kidney": st.sampled_from(["", "", "", "", "", "", "1"]),
                "asked": st.sampled_from([True, True, True, True, True, True, False]),
            }
        )
    )


def sample(rules: dict[str, Any], *, size: int) -> list[Question]:
    """So many questions, for a check that is made of all of them at once."""
    found: list[Question] = []

    @settings(max_examples=size, phases=[Phase.generate], database=None, deadline=None)
    @given(questions(rules))
    def collect(question: Question) -> None:
        found.append(question)

    collect()
    return found
