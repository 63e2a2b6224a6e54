"""Sets of small numbers as one whole number: number 5 is in the set when bit 5 is on.

Sets are joined with `|` and `&`, taken from one another with `& ~`, and counted with `.bit_count()`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import compress, count
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
FEW = 32
"""Up to here, switching bits on one by one is quicker than writing them all down."""
MOST_CODES = 200
_SWITCHES = bytes.maketrans(b"01", b"\x00\x01")


def bits_of(numbers: Collection[int]) -> int:
    """The set of these numbers."""
    if len(numbers) <= FEW:
        return _one_by_one(numbers)
    last = max(numbers)
    digits = bytearray(b"0") * (last + 1)
    for number in numbers:
        digits[last - number] = 49  # "1"
    return int(digits, 2)


def _one_by_one(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def numbers_in(bits: int) -> Iterator[int]:
    """The numbers of a set, smallest first."""
    return compress(count(), switches(bits))


def first_of(bits: int, number: int) -> list[int]:
    """The smallest few numbers of a set, without a look at the others."""
    found: list[int] = []
    while bits and len(found) < number:
        last = bits & -bits
        found.append(last.bit_length() - 1)
        bits ^= last
    return found


def switches(bits: int) -> bytes:
    """A set as one byte for each number up to its last: 1 is in it, 0 is not."""
    return f"{bits:b}".encode()[::-1].translate(_SWITCHES)


def sets_by(column: Sequence[Key]) -> dict[Key, int]:
    """For each value of a column the set of the rows in which it stands, counted from 0.

    A column of few values is written down as one byte for each row, from which a set is one translation.
    """
    codes = {value: code for code, value in enumerate(dict.fromkeys(column))}
    if len(codes) > MOST_CODES:
        return sets_at(range(len(column)), column)
    written = bytes(map(codes.__getitem__, column))[::-1]
    return {value: int(written.translate(_only(code)), 2) for value, code in codes.items()}


def _only(code: int) -> bytes:
    return b"0" * code + b"1" + b"0" * (255 - code)


def sets_at(numbers: Iterable[int], column: Iterable[Key]) -> dict[Key, int]:
    """The same where each row has a number of its own."""
    found: dict[Key, list[int]] = defaultdict(list)
    for number, value in zip(numbers, column, strict=True):
        found[value].append(number)
    return {value: bits_of(several) for value, several in found.items()}
