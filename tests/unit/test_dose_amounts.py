"""Amounts as people type them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.tools.dose.amounts import read
from forms_catalog.tools.dose.figures import half_up, percent, shown, span
from forms_catalog.tools.dose.words import PROBLEMS


@pytest.mark.parametrize(
    ("typed", "value", "word"),
    [
        ("500", "500", ""),
        ("1200,5", "1200.5", ""),
        ("1.200,5", "1200.5", ""),
        ("1,200.5", "1200.5", ""),
        ("1 200,5", "1200.5", ""),
        ("1\u00a0200", "1200", ""),
        ("1'200", "1200", ""),
        ("1.200.300", "1200300", ""),
        ("0,500", "0.5", ""),
        (".5", "0.5", ""),
        ("5.", "5", ""),
        ("1½", "1.5", ""),
        ("１２００ｍｇ", "1200", "mg"),
        ("  250  mcg ", "250", "mcg"),
        ("250 µg", "250", "μg"),
        ("1.5 g.", "1.5", "g"),
        ("2 Tablets", "2", "tablets"),
    ],
)
def test_amount_is_read(typed: str, value: str, word: str) -> None:
    reading = read(typed)
    assert (reading.problem, reading.value, reading.word) == ("", Fraction(value), word)
    assert reading.decimal is None


@pytest.mark.parametrize("typed", ["1.200", "1,200"])
def test_what_can_be_read_in_two_ways_says_both(typed: str) -> None:
    assert (read(typed).value, read(typed).decimal) == (1200, Fraction("1.2"))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "empty"),
        (" \t\u3000", "empty"),
        ("9" * 10_000, "long"),
        ("five hundred", "words"),
        ("NaN", "words"),
        ("-inf", "words"),
        ("\x00", "words"),
        ("1,2,3", "number"),
        ("1 2", "number"),
        ("250-500", "several"),
        ("500 mg 2", "several"),
        ("1e3", "exponent"),
        ("1E+3 mg", "exponent"),
        ("1/2", "fraction"),
        ("-5", "negative"),
        ("−5 mg", "negative"),
        ("0", "zero"),
        ("0,0 mg", "zero"),
    ],
)
def test_what_cannot_be_read_says_why(typed: str, problem: str) -> None:
    assert read(typed).problem == problem
    assert PROBLEMS[problem]


@given(st.text())
def test_any_text_is_read_or_refused_with_words(typed: str) -> None:
    reading = read(typed)
    assert reading.value > 0 if not reading.problem else reading.problem in PROBLEMS


@given(st.integers(1, 10**9), st.integers(0, 6), st.sampled_from(".,"))
def test_a_number_comes_back_however_its_decimals_are_marked(digits: int, places: int, mark: str) -> None:
    text = f"{digits / 10**places:.{places}f}".replace(".", mark)
    reading = read(text)
    assert Fraction(text.replace(mark, ".")) in (reading.value, reading.decimal)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0"),
        ("0.005", "under 0.01"),
        ("0.25", "0.25"),
        ("0.999", "1"),
        ("9.94", "9.9"),
        ("9.96", "10"),
        ("10.5", "11"),
        ("1209.4", "1,209"),
        ("999999.5", "1,000,000"),
    ],
)
def test_amounts_are_rounded_once_and_halves_upwards(value: str, words: str) -> None:
    assert shown(Fraction(value)) == words


def test_ranges_that_print_alike_are_one_number() -> None:
    assert span(Fraction("140.6"), Fraction("141.4")) == "141"
    assert span(Fraction("117"), Fraction("141")) == "117–141"
    assert percent(Fraction(1, 200)) == "under 1"
    assert half_up(Fraction(5, 2), 0) == "3"


@given(st.fractions(0, 10**6), st.fractions(0, 10**6))
def test_a_larger_amount_never_prints_smaller(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert printed(low) <= printed(high)


def printed(value: Fraction) -> float:
    return 0.001 if "under" in shown(value) else float(shown(value).replace(",", ""))
