"""The reading grade that editors see."""

import math

import pytest

from articles.reading_grade import reading_grade, syllables

LONG = """magnesium depression anxiety memory evidence placebo supplement supplements medicine medicines article
certainty overstated created serious various interaction pharmacist clinician antidepressant receptor mechanism
average example idea area radio religion official condition conditions decision physician nutrient ingredient
previous dietary usually actually supported unsupported contradicted limited reliable variable insomnia experience
serotonin neurotransmitters deficiency absorption tolerability society improvement element hospital different family
entirely carefully variety several"""
SHORT = """people taken studies studied kidney wanted needed asked changes little tables science diet being times doses
made safe because before outcome measured special patient question caution cautious trial trials quiet blood going
seeing placed judged advised reviewed published carried tried worried sometimes something therefore elsewhere
statement rarely safely likely helpful friend treated"""


@pytest.mark.parametrize("word", LONG.split())
def test_long_words_are_known_for_long(word: str) -> None:
    assert syllables(word) >= 3


@pytest.mark.parametrize("word", SHORT.split())
def test_short_words_are_not_taken_for_long(word: str) -> None:
    assert syllables(word) < 3


def test_grade_follows_the_published_formula() -> None:
    grade = reading_grade("Magnesium is a mineral. Some people take it.")

    assert grade is not None
    assert (grade.sentences, grade.long_words) == (2, 2)
    assert math.isclose(grade.smog, 1.0430 * math.sqrt(2 * 30 / 2) + 3.1291)


def test_simple_words_read_more_easily_than_long_ones() -> None:
    plain = reading_grade("The cat sat on the mat. It was warm there.")
    hard = reading_grade("Supplementation ameliorates depressive symptomatology. Bioavailability varies considerably.")

    assert plain is not None
    assert hard is not None
    assert plain.smog < 6 < 12 < hard.smog


def test_headings_and_tables_are_no_sentences() -> None:
    grade = reading_grade(
        "## A considerable heading\n\nOne plain line.\n\n| Complicated | b |\n|---|---|\n| Figures. | x |"
    )

    assert grade is not None
    assert (grade.sentences, grade.long_words) == (1, 0)


@pytest.mark.parametrize("body", ["", "## Only a heading", "x" * 1_000_000])
def test_text_without_a_sentence_has_no_grade(body: str) -> None:
    assert reading_grade(body) is None


def test_few_sentences_are_said_to_be_few() -> None:
    assert "only a rough figure" in str(reading_grade("One line."))
    assert "rough" not in str(reading_grade("One line. " * 30))
