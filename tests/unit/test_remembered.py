"""What is remembered is made again as soon as public content has changed, and never kept from a transaction."""

from collections.abc import Callable

import pytest
from django.db import transaction

from forms_catalog.actions import public_content_changed, public_state
from forms_catalog.remembered import of_state, remembered, remembered_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def number(settings) -> Callable[[], int]:
    """Counts how often it was made."""
    settings.REMEMBER_CATALOG = True
    made: list[int] = []

    @remembered
    def number() -> int:
        made.append(0)
        return len(made)

    return number


def test_made_once_until_public_content_changes(number: Callable[[], int]) -> None:
    assert [number(), number()] == [1, 1]
    public_content_changed()
    assert [number(), number()] == [2, 2]


def test_nothing_is_kept_from_inside_a_transaction(number: Callable[[], int]) -> None:
    with transaction.atomic():
        assert [number(), number()] == [1, 2]
    assert [number(), number()] == [3, 3]


def test_a_page_that_knows_the_version_asks_nothing(
    number: Callable[[], int], django_assert_num_queries: Callable
) -> None:
    with of_state(public_state()), django_assert_num_queries(0):
        assert [number(), number()] == [1, 1]
    with django_assert_num_queries(1):
        assert number() == 1


def test_an_older_page_gets_an_answer_of_its_own(number: Callable[[], int]) -> None:
    before = public_state()
    public_content_changed()
    assert number() == 1
    with of_state(before):
        assert number() == 2


def test_tests_remember_nothing(settings) -> None:
    made: list[int] = []
    count = remembered(lambda: len(made.append(0) or made))
    assert (settings.REMEMBER_CATALOG, count(), count()) == (False, 1, 2)


@pytest.fixture
def asked(settings) -> tuple[Callable[[str], str], list[str]]:
    """Answers questions, and keeps two of them; and what it was asked in earnest."""
    settings.REMEMBER_CATALOG = True
    made: list[str] = []

    @remembered_by(key=str.lower, most=2)
    def answer(question: str) -> str:
        made.append(question)
        return f"{question}!"

    return answer, made


def test_each_question_is_answered_once_and_the_one_longest_not_asked_is_forgotten(asked) -> None:
    answer, made = asked
    assert [answer(question) for question in ("a", "b", "A", "c", "a", "b")] == ["a!", "b!", "a!", "c!", "a!", "b!"]
    assert made == ["a", "b", "c", "b"]


def test_no_answer_outlives_a_change_or_a_transaction(asked) -> None:
    answer, made = asked
    answer("a")
    public_content_changed()
    answer("a")
    with transaction.atomic():
        answer("a")
        answer("b")
    answer("b")
    assert made == ["a", "a", "a", "b", "b"]
