"""How the index spells: texts and questions meet whatever their spelling, and nothing of a query language comes out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgsite.index.query import Query, Term
from mgsite.index.snippets import WIDTH, Marker
from mgsite.index.vocabulary import distance, slips
from mgsite.index.words import core, joined, tokens, words
from tests.dom import parse_strictly, text

SPELLED = re.compile(r"[a-z0-9]{1,40}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sulphates", "sulfate"),
        ("diarrhoea", "DIARRHEA"),
        ("hypomagnesaemia", "hypomagnesemia"),
        ("randomised", "randomized"),
        ("tumours", "tumor"),
        ("fibre", "fiber"),
        ("studies", "study"),
        ("Barragán-Rodríguez", "barragan rodriguez"),
        ("β-carotene", "beta carotene"),
        ("5 µg", "5 μg"),
        ("µg", "ug"),
        ("Mg²⁺", "mg2"),
        ("the patient’s sleep", "the patient sleep"),
        ("l‑threonate", "L-threonate"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert words(one) == words(other) != []


def test_words_that_differ_stay_apart() -> None:
    assert len({*words("oxide citrate stress status analysis mass gas bus")}) == 8


def test_hyphens_join_and_spaces_do_not() -> None:
    assert [token.word for token in joined(tokens("bis-glycinate and bis glycinate"))] == ["bisglycinate"]


def test_empty_words_count_only_where_there_are_no_others() -> None:
    assert core(words("is magnesium good for sleep")) == ["sleep"]
    assert core(words("what is magnesium")) == ["what", "is", "magnesium"]


@given(st.text())
def test_whatever_is_typed_only_letters_and_figures_come_out(typed: str) -> None:
    found = list(tokens(typed))
    assert all(SPELLED.fullmatch(token.word) for token in (*found, *joined(found)))
    assert all(typed[token.start : token.end].strip() for token in found)


@pytest.mark.parametrize("word", ["", 'a"', "a b", "a*", "é", "a'", "NEAR("])
def test_a_term_that_could_be_more_than_a_word_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="Not a word"):
        Term(word)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("", "", 0), ("sleep", "sleep", 0), ("slep", "sleep", 1), ("anxeity", "anxiety", 1), ("abc", "xyz", 3)],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == distance(other, one) == slips


@pytest.mark.parametrize(
    ("typed", "known", "away"),
    [
        *(("slep", "sleep", 1), ("migren", "migrain", 2), ("glicinat", "glycinat", 1), ("magnisum", "magnesium", 2)),
        *(("adhd", "add", None), ("privaci", "primari", None), ("abc", "xyz", None)),
    ],
)
def test_what_is_too_far_away_is_another_word(typed: str, known: str, away: int | None) -> None:
    assert slips(typed, known) == away


SLEEP = Marker(Query((((Term("sleep"),),), ((Term("magn", prefix=True),),))))


@given(st.text(), st.text(), st.sampled_from(["sleep", "Sleep’s", "<b>sleep</b>", "magnate", "a&b"]))
def test_a_snippet_is_the_text_itself_and_never_live(before: str, after: str, inside: str) -> None:
    given_text = f"{before} {inside} {after}"
    for made in (SLEEP.snippet(given_text), SLEEP.marked(given_text)):
        assert "<" not in made.replace("<mark>", "").replace("</mark>", "")
        assert made.count("<mark>") == made.count("</mark>")
    assert len(text(SLEEP.snippet(given_text))) <= WIDTH + 200


def test_a_snippet_shows_the_place_with_most_words() -> None:
    long = "Sleep. " + "Other words stand here. " * 30 + "Here <i>magnesium</i> and sleep meet. " + "z " * 300
    made = SLEEP.snippet(long)
    assert "Here &lt;i&gt;<mark>magnesium</mark>&lt;/i&gt; and <mark>sleep</mark> meet." in made
    assert made.startswith("… ")
    assert made.endswith(" …")
    parse_strictly(made)
