"""What a search owes people in danger: help before any result, and the safety check where it knows nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from mgsite.index.keeping import rebuild
from mgsite.index.questions import understand
from mgsite.index.vocabulary import slips
from tests import factories as make
from tests.dom import parse, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["I want to die", "suicide", "how to kill myself", "self harm"])
def test_words_of_somebody_in_danger_are_answered_with_help_before_any_result(client: Client, typed: str) -> None:
    document = parse(client.get("/search/", {"q": typed}).content.decode())
    main = next(each for each in document.iter("main"))
    first = next(each for each in main.iter("h2"))
    assert first.get("id") == "crisis-title"
    assert "A shorter or a plainer word" not in text(client.get("/search/", {"q": typed}).content.decode())
    assert any(link.get("href", "").startswith("https://findahelpline.com") for link in main.iter("a"))


@pytest.mark.parametrize("typed", ["sleep", "low mood", "magnesium and suicide risk: a meta-analysis", ""])
def test_other_words_are_not_met_with_it(client: Client, typed: str) -> None:
    assert 'id="crisis"' not in client.get("/search/", {"q": typed}).content.decode()


def test_where_nothing_is_found_the_safety_check_is_offered_and_what_is_not_listed_is_not_called_safe(
    client: Client,
) -> None:
    main = text(client.get("/search/", {"q": "magnesium with warfarin"}).content.decode())
    assert "One that is not listed is no safer: ask a pharmacist" in main


def test_a_guess_or_a_number_alone_never_stands_for_the_rest(client: Client) -> None:
    make.make_form(slug="oxide", name="Magnesium oxide", absorption="10 people drank water at night")
    rebuild()
    for typed in ("watr tomorrow", "10 bananas"):
        asked = understand(typed)
        assert asked.query.groups
        assert client.get("/search.json", {"q": typed}).json()["count"] == 0
        assert "Did you mean" not in client.get("/search/", {"q": typed}).content.decode()
    relaxed = client.get("/search.json", {"q": "night tomorrow"}).json()
    assert "oxide" in {result["key"] for result in relaxed["results"]}


@pytest.mark.parametrize(("word", "other"), [("ocd", "old"), ("die", "diet"), ("wine", "wide"), ("statins", "status")])
def test_another_word_is_no_slip(word: str, other: str) -> None:
    assert slips(word, other) is None
