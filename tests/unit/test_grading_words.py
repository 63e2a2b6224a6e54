"""A sentence sounds as sure as its evidence, and no surer."""

import pytest
from django.template import Context, Template

from forms_catalog.grading.words import lower_first
from forms_catalog.models.vocabulary import Certainty
from forms_catalog.overclaims import find_overclaims
from forms_catalog.templatetags.grading import section_of

SENTENCES = {
    "high": "Magnesium oxide results in better sleep",
    "moderate": "Magnesium oxide likely results in better sleep",
    "low": "Magnesium oxide may result in better sleep",
    "very_low": "The evidence is very uncertain about whether magnesium oxide results in better sleep",
}


def render(source: str, **context: str) -> str:
    return Template("{% load grading %}" + source).render(Context(context))


@pytest.mark.parametrize("certainty", Certainty.values)
def test_verb_follows_the_certainty(certainty: str) -> None:
    tag = "{% grade_words subject effect certainty %}"
    words = render(tag, subject="Magnesium oxide", effect="better sleep", certainty=certainty)
    assert words == SENTENCES[certainty]
    assert find_overclaims(words, certainty=certainty) == []


def test_names_are_escaped() -> None:
    words = render("{% grade_words subject 'calm' 'low' %}", subject="<b>Oxide</b>")
    assert words == "&lt;b&gt;Oxide&lt;/b&gt; may result in calm"


def test_unknown_certainty_is_an_error_and_no_sentence() -> None:
    with pytest.raises(ValueError, match="certain"):
        render("{% grade_words 'Oxide' 'calm' 'certain' %}")


@pytest.mark.parametrize(
    ("name", "inside"), [("Magnesium oxide", "magnesium oxide"), ("L-threonate", "L-threonate"), ("", "")]
)
def test_name_inside_a_sentence_keeps_capitals_that_belong_to_it(name: str, inside: str) -> None:
    assert lower_first(name) == inside


BODY = """Opening with [words](claim:c01).

## Forms

Text.

### *L-threonate* and [memory](outcome:memory) ##

Text [best](claim:c19) again [best](claim:c19).

## Later
"""


@pytest.mark.parametrize(("slug", "section"), [("c01", ""), ("c19", "L-threonate and memory"), ("c40", "")])
def test_section_is_the_heading_above_the_first_mark(slug: str, section: str) -> None:
    assert section_of(BODY, slug) == section
