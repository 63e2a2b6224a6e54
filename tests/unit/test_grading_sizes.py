"""How large an effect is said to be: the word follows from the record and hides no interval that includes zero."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.grading.rule import Group, Source, grade
from forms_catalog.grading.sizes import NOT_COMPARABLE, NOT_STATED, STEPS, Found, Size, in_words, size_of, sizes_of
from forms_catalog.models import Effect, Outcome
from forms_catalog.models.vocabulary import Question, Stance

SLEEP = Outcome(pk=1, slug="sleep")
NAPS = Outcome(pk=2, slug="naps", broader_id=1)
numbers = st.floats(-4, 4).map(lambda value: round(value, 3))


def trial(key: str = "a", *, indirect: frozenset[str] = frozenset(), is_review: bool = False) -> Source:
    return Source(key, key, Group.RANDOMISED, Stance.SUPPORTS, indirect=indirect, is_review=is_review)


def row(smd: float | None = -0.3, *, outcome: Outcome = SLEEP, **fields: Any) -> Effect:
    given_ = {"comparator": "placebo", "intervention": "magnesium_alone", "primary_row": True}
    return Effect(smd=smd, outcome=outcome, **given_ | fields)


@st.composite
def sizes(draw: st.DrawFn) -> Size:
    low, smd, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Size(smd, draw(st.sampled_from([None, (low, high)])))


@pytest.mark.parametrize(
    ("smd", "interval", "words"),
    [
        (-0.439, (-0.876, -0.001), "small effect"),
        (-0.308, (-0.625, 0.009), "small effect, may be none"),
        (-0.5, (-1.0, 0.0), "medium effect, may be none"),
        (-0.78, (-1.37, -0.19), "medium effect"),
        (-0.8, (-1.2, -0.4), "large effect"),
        (-0.19, (-0.3, -0.1), "very small effect"),
        (0.119, (-0.67, 0.908), "no clear effect"),
        (0.02, None, "very small effect, interval not seen"),
        (0.543, (0.22, 0.867), "medium effect against magnesium"),
    ],
)
def test_word_follows_from_size_and_interval(smd: float, interval: tuple[float, float] | None, words: str) -> None:
    assert Size(smd, interval).in_words == words


@given(sizes())
def test_an_interval_that_includes_zero_or_was_not_seen_is_always_said(size: Size) -> None:
    doubted = size.interval is None or size.interval[0] <= 0 <= size.interval[1]

    said = re.search("may be none|no clear effect|interval not seen", size.in_words)
    assert bool(said) == doubted


@given(st.lists(sizes() | st.sampled_from([NOT_STATED, NOT_COMPARABLE]), min_size=1, max_size=5))
def test_several_trials_are_a_range_with_what_may_be_none_and_what_is_missing(found: list[Found]) -> None:
    words = in_words({str(number): each for number, each in enumerate(found)})
    known = [each for each in found if isinstance(each, Size)]

    if not known:
        assert words.startswith("size")
    elif len(known) < len(found):
        assert f" in {len(known)} trial" in words
    if known and not re.search("also in direction", words):
        ends = sorted(abs(each.smd) for each in known)
        smallest, largest = (next(word for least, word in STEPS if end >= least) for end in (ends[0], ends[-1]))
        assert all(word in words for word in (smallest, largest)) or words.startswith("no clear effect")
        assert bool(re.search("may be none|no clear|not seen", words)) == any(not each.is_clear for each in known)


def test_sizes_are_never_averaged() -> None:
    far, near = Size(-0.9, (-1.5, -0.3)), Size(-0.3, (-0.5, -0.1))

    assert in_words({"a": far, "b": near}) == "small to large effects"
    assert in_words({"a": near, "b": Size(-0.4, (-0.9, 0.1))}) == "small effects, 1 of 2 may be none"
    assert in_words({"a": near, "b": near}) == "small effect in each"
    assert in_words({"a": near, "b": Size(0.4, (0.1, 0.7))}) == "sizes differ, also in direction"
    assert in_words({"a": far, "b": NOT_STATED, "c": NOT_COMPARABLE}) == (
        "large effect in 1 trial, not stated in 1, not comparable in 1"
    )
    assert in_words({"a": NOT_STATED, "b": NOT_COMPARABLE}) == "sizes not stated or not comparable"


@pytest.mark.parametrize(
    ("effects", "indirect", "found"),
    [
        ([], frozenset(), NOT_STATED),
        ([row(outcome=Outcome(pk=9))], frozenset(), NOT_STATED),
        ([row(None)], frozenset(), NOT_COMPARABLE),
        ([row(comparator="active:imipramine")], frozenset(), NOT_COMPARABLE),
        ([row(intervention="combination")], frozenset(), NOT_COMPARABLE),
        ([row(flag="integrity")], frozenset(), NOT_COMPARABLE),
        ([row()], frozenset({"form"}), NOT_COMPARABLE),
        ([row()], frozenset({"population"}), Size(-0.3, None)),
        ([row(outcome=NAPS)], frozenset(), Size(-0.3, None)),
        ([row(-0.9, outcome=NAPS), row(ci_low=-0.5, ci_high=-0.1)], frozenset(), Size(-0.3, (-0.5, -0.1))),
        ([row(outcome=NAPS), row(outcome=NAPS)], frozenset(), NOT_COMPARABLE),
    ],
)
def test_only_what_is_comparable_gives_a_size(effects: list[Effect], indirect: frozenset[str], found: Found) -> None:
    assert size_of(trial(indirect=indirect), effects, outcome=SLEEP.pk) == found


def test_a_review_and_what_is_no_trial_have_no_size() -> None:
    graded = grade([trial("a"), trial("b", is_review=True)], question=Question.EFFECT)
    animals = grade([Source("a", "a", Group.INDIRECT, Stance.SUPPORTS)], question=Question.EFFECT)

    assert sizes_of(graded, {"a": [row()], "b": [row()]}, outcome=SLEEP.pk) == {"a": Size(-0.3, None)}
    assert sizes_of(animals, {"a": [row()]}, outcome=SLEEP.pk) == sizes_of(None, {}, outcome=SLEEP.pk) == {}
    assert in_words({}) == ""


def test_editors_and_readers_are_told_the_steps_that_are_used() -> None:
    base = Path(settings.BASE_DIR)
    table = (base / "docs" / "grading.md").read_text(encoding="utf-8").partition("| From | Word |")[2]
    told = re.findall(r"^\| ([\d.]+) \| ([a-z ]+) \|$", table, re.MULTILINE)
    key = (base / "templates" / "explorer" / "_key.html").read_text(encoding="utf-8")

    assert [(float(least), word) for least, word in told] == list(STEPS)
    assert all(f"from {least:g} {word}" in key for least, word in STEPS[:-1])
