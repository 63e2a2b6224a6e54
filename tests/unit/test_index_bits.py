"""Sets written as whole numbers do what Python's own sets do."""

from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.index.bits import FEW, bits_of, first_of, numbers_in, sets_at, sets_by, switches

NUMBERS = st.frozensets(st.integers(0, 400), max_size=4 * FEW)


@given(NUMBERS)
def test_numbers_come_back_in_order(numbers: frozenset[int]) -> None:
    bits = bits_of(list(numbers))
    assert list(numbers_in(bits)) == sorted(numbers)
    assert bits.bit_count() == len(numbers)
    assert [place for place, on in enumerate(switches(bits)) if on] == sorted(numbers)


@given(NUMBERS, st.integers(0, 60))
def test_the_first_few_are_the_smallest(numbers: frozenset[int], few: int) -> None:
    assert first_of(bits_of(list(numbers)), few) == sorted(numbers)[:few]


@given(NUMBERS, NUMBERS)
def test_sets_are_joined_and_taken_apart(some: frozenset[int], others: frozenset[int]) -> None:
    one, other = bits_of(list(some)), bits_of(list(others))
    assert set(numbers_in(one & other)) == some & others
    assert set(numbers_in(one | other)) == some | others
    assert set(numbers_in(one & ~other)) == some - others


@given(st.lists(st.integers(0, 5) | st.none(), max_size=300) | st.lists(st.integers(), min_size=201, max_size=300))
def test_a_column_falls_into_sets_by_its_values(column: list[int | None]) -> None:
    found = sets_by(column)
    for value in set(column):
        assert list(numbers_in(found[value])) == [place for place, each in enumerate(column) if each == value]
    assert found.keys() == set(column)
    assert sets_at(range(len(column)), column) == found
