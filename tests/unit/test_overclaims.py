"""Promises beyond the evidence are found; quotations, questions and denials are not."""

import pytest

from forms_catalog.overclaims import find_overclaims


def words(text: str, certainty: str = "low") -> list[str]:
    return [word.lower() for _, word in find_overclaims(text, certainty=certainty)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Magnesium proves to be the answer.", ["proves"]),
        ("It is a proven remedy that cures anxiety.", ["proven", "cures"]),
        ("It may terminate major depression without side effects.", ["terminate", "without side effects"]),
        ("A miracle, guaranteed.", ["miracle", "guaranteed"]),
        ("Glycinate eliminates insomnia.", ["eliminates"]),
        ("It can cure depression.", ["can cure"]),
        ("It has no side effects.", ["no side effects"]),
        ("It is completely safe and risk-free.", ["completely safe", "risk-free"]),
        ("It boosts memory.", ["boosts"]),
        ("**Proven** to work.", ["proven"]),
    ],
)
def test_promise_is_found(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "This does not prove anything.",
        "The trial doesn’t prove it.",
        "No trial that we found has proven this.",
        "It cannot cure depression.",
        "Nothing here proves that it works.",
        "It is not without side effects.",
        "It proves nothing.",
        "The article says that it “cures” anxiety.",
        'They call it "a miracle".',
        "> Magnesium cures all.",
        "Does magnesium cure depression?",
        "Can it be proven?",
        "Improved, approved and disproved; secure; bulletproof.",
        "A proof of concept.",
        "The kidneys eliminate magnesium.",
        "See [the trial](https://example.org/proven-cures).",
        "It may help some people.",
    ],
)
def test_quotation_question_and_denial_are_not(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("This is not new, but it cures.", ["cures"]),
        ("It does not only help, it cures.", ["cures"]),
        ("No doubt it cures.", ["cures"]),
        ("It never fails. It cures.", ["cures"]),
    ],
)
def test_denial_reaches_only_its_own_clause(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("certainty", "found"),
    [
        ("very_low", ["boosts", "proven", "cures"]),
        ("low", ["boosts", "proven", "cures"]),
        ("moderate", ["proven", "cures"]),
        ("high", ["cures"]),
    ],
)
def test_more_may_be_said_the_surer_the_evidence(certainty: str, found: list[str]) -> None:
    assert words("It boosts mood, is proven, and cures.", certainty) == found


def test_line_is_counted_from_one() -> None:
    assert find_overclaims("Calm.\n\nIt cures.\nIt “cures”\nand is proven.", certainty="low") == [
        (3, "cures"),
        (5, "proven"),
    ]


def test_words_parted_by_a_line_end_are_found() -> None:
    assert find_overclaims("It works without side\neffects.", certainty="low") == [(1, "without side effects")]


def test_long_text_without_an_end_is_read_quickly() -> None:
    assert find_overclaims("“" * 5000 + "no " * 5000 + "(" * 5000, certainty="low") == []
