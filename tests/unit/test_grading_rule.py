"""The grading rule against a second, slow, obvious writing of it, and at each of its thresholds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forms_catalog.grading import rule
from forms_catalog.grading.rule import DIMENSIONS, Group, Source, grade
from forms_catalog.models.vocabulary import BiasLevel, Certainty, Question, Stance

# The second writing: no helper of the first, one sentence of docs/grading.md at a time.


def oracle(sources: list[Source], question: Question) -> tuple[str, list[int]] | None:
    if question == "fact":
        return None
    voices = [source for source in sources if source.stance != "background"]
    trials = [s for s in voices if s.group == Group.RANDOMISED]
    watched = [s for s in voices if s.group == Group.OBSERVATIONAL]
    rest = [s for s in voices if s.group == Group.INDIRECT]
    if question == "association" and trials + watched:
        counted, level = [s for s in voices if s.group != Group.INDIRECT], 4
    elif question == "effect" and trials:
        counted, level = trials, 4
    elif question == "effect" and watched:
        counted, level = watched, 2
    elif rest:
        counted, level = rest, 1
    else:
        return None
    points = [
        bias_points(counted) if level == 4 else 0,
        disagreement_points(counted),
        misfit_points(counted),
        size_points(counted),
        money_points(counted),
    ]
    for point in points:
        level = level - point
    if level < 1:
        level = 1
    return {1: "very_low", 2: "low", 3: "moderate", 4: "high"}[level], points


def bias_points(counted: list[Source]) -> int:
    bad = doubtful = 0
    for source in counted:
        if source.bias and "high" in source.bias:
            bad += 1
        elif not source.bias or any(level != "low" for level in source.bias):
            doubtful += 1
    if bad > len(counted) / 2:
        return 2
    if bad >= 1 or doubtful > len(counted) / 2:
        return 1
    return 0


def disagreement_points(counted: list[Source]) -> int:
    if len(counted) < 2:
        return 0
    stances = [str(source.stance) for source in counted]
    for_it, against = stances.count("supports"), stances.count("contradicts")
    camp = for_it if for_it < against else against
    if camp >= 2 and camp >= len(counted) / 3:
        return 2
    if camp >= 1:
        return 1
    return 1 if stances.count("qualifies") > len(counted) / 2 else 0


def misfit_points(counted: list[Source]) -> int:
    bad = 0
    for dimension in ["population", "form", "dose", "outcome", "comparator"]:
        if len([s for s in counted if dimension in s.indirect]) > len(counted) / 2:
            bad += 1
    return bad if bad < 2 else 2


def size_points(counted: list[Source]) -> int:
    sizes = [s.people for s in counted if s.is_review and s.people is not None]
    single = [s.people for s in counted if not s.is_review and s.people is not None]
    if single:
        sizes.append(sum(single))
    if not sizes:
        return 1
    if max(sizes) < 100:
        return 2
    if max(sizes) < 400:
        return 1
    yes = len([s for s in counted if s.crosses_no_effect is True])
    no = len([s for s in counted if s.crosses_no_effect is False])
    return 1 if yes > no else 0


def money_points(counted: list[Source]) -> int:
    paid = len([s for s in counted if s.industry is True])
    unpaid = len([s for s in counted if s.industry is False])
    return 1 if paid > unpaid else 0


SOURCES = st.builds(
    Source,
    key=st.just("s"),
    label=st.just("S"),
    group=st.sampled_from(Group),
    stance=st.sampled_from(Stance),
    is_review=st.booleans(),
    people=st.none() | st.integers(0, 500) | st.sampled_from([49, 50, 99, 100, 199, 200, 399, 400]),
    bias=st.none() | st.lists(st.sampled_from(BiasLevel.values), max_size=5).map(tuple),
    indirect=st.frozensets(st.sampled_from(DIMENSIONS), max_size=5),
    crosses_no_effect=st.none() | st.booleans(),
    industry=st.none() | st.booleans(),
)


@hypothesis_settings(max_examples=600, deadline=None)
@given(sources=st.lists(SOURCES, max_size=9), question=st.sampled_from(Question))
def test_second_writing_of_the_rule_agrees(sources: list[Source], question: Question) -> None:
    graded = grade(sources, question=question)
    expected = oracle(sources, question)
    assert (graded and (str(graded.certainty), [step.points for step in graded.steps])) == expected


@hypothesis_settings(max_examples=200, deadline=None)
@given(sources=st.lists(SOURCES, min_size=1, max_size=9), question=st.sampled_from(Question))
def test_every_source_is_counted_or_said_to_be_left_out(sources: list[Source], question: Question) -> None:
    graded = grade(sources, question=question)
    if graded:
        assert len(graded.counted) + len(graded.left_out) + len(graded.background) == len(sources)
        assert not {source.group for source in graded.counted} & {source.group for source in graded.left_out}


@hypothesis_settings(max_examples=200, deadline=None)
@given(sources=st.lists(SOURCES, min_size=1, max_size=9), seed=st.randoms())
def test_order_of_the_sources_does_not_matter(sources: list[Source], seed: Any) -> None:
    shuffled = list(sources)
    seed.shuffle(shuffled)
    first, second = grade(sources, question=Question.EFFECT), grade(shuffled, question=Question.EFFECT)
    assert (first and first.steps) == (second and second.steps)


# At each threshold


def trial(**fields: Any) -> Source:
    """A large, direct, independent trial at low risk of bias, in favour."""
    defaults = {
        "key": "a2020",
        "label": "A 2020",
        "group": Group.RANDOMISED,
        "stance": Stance.SUPPORTS,
        "people": 400,
        "bias": ("low",) * 5,
        "crosses_no_effect": False,
        "industry": False,
    }
    return Source(**defaults | fields)


def points(domain: str, *sources: Source, question: Question = Question.EFFECT) -> int:
    graded = grade(sources, question=question)
    assert graded
    return next(step.points for step in graded.steps if step.domain == domain)


def test_flawless_trial_is_high() -> None:
    graded = grade([trial()], question=Question.EFFECT)
    assert graded
    assert graded.certainty == Certainty.HIGH
    assert graded.points == 0


@pytest.mark.parametrize(("people", "expected"), [(99, 2), (100, 1), (399, 1), (400, 0), (None, 1), (0, 2)])
def test_imprecision_at_its_thresholds(people: int | None, expected: int) -> None:
    assert points("Imprecision", trial(people=people)) == expected


@pytest.mark.parametrize(
    ("crossing", "expected"), [((True, False), 0), ((True, True, False), 1), ((True, None, None), 1), ((None, None), 0)]
)
def test_imprecision_from_intervals(crossing: tuple[bool | None, ...], expected: int) -> None:
    assert points("Imprecision", *(trial(crosses_no_effect=value) for value in crossing)) == expected


def test_review_and_the_studies_in_it_are_not_added_up() -> None:
    sources = [trial(people=60), trial(people=30), trial(people=95, is_review=True)]
    assert rule.people_behind(sources) == 95
    assert points("Imprecision", *sources) == 2


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([("low",), ("some_concerns",)], 0),
        ([("low",), ("some_concerns",), None], 1),
        ([("low",), ("low",), ("high",)], 1),
        ([("low",), ("high",)], 1),
        ([("low",), ("high",), ("high", "low")], 2),
        ([None], 1),
        ([()], 1),
        ([("not_assessable",)], 1),
    ],
)
def test_risk_of_bias_at_its_thresholds(levels: list[tuple[str, ...] | None], expected: int) -> None:
    assert points("Risk of bias", *(trial(bias=level) for level in levels)) == expected


def test_risk_of_bias_takes_nothing_where_the_start_allows_for_it() -> None:
    assert points("Risk of bias", trial(group=Group.OBSERVATIONAL, bias=("high",))) == 0


def test_risk_of_bias_counts_where_watching_starts_high() -> None:
    assert points("Risk of bias", trial(group=Group.OBSERVATIONAL, bias=None), question=Question.ASSOCIATION) == 1


@pytest.mark.parametrize(
    ("stances", "expected"),
    [("s", 0), ("q", 0), ("ss", 0), ("sc", 1), ("ssscc", 2), ("sssscc", 2), ("ssssscc", 1), ("sq", 0), ("sqq", 1)],
)
def test_inconsistency_at_its_thresholds(stances: str, expected: int) -> None:
    words = {"s": Stance.SUPPORTS, "c": Stance.CONTRADICTS, "q": Stance.QUALIFIES}
    assert points("Inconsistency", *(trial(stance=words[letter]) for letter in stances)) == expected


@pytest.mark.parametrize(
    ("misfits", "expected"),
    [
        ([["dose"], []], 0),
        ([["dose"], ["dose"], []], 1),
        ([["dose", "form"], ["dose"], ["form"]], 2),
        ([list(DIMENSIONS)], 2),
        ([["dose"], ["form"], ["outcome"]], 0),
    ],
)
def test_indirectness_at_its_thresholds(misfits: list[list[str]], expected: int) -> None:
    assert points("Indirectness", *(trial(indirect=frozenset(dimensions)) for dimensions in misfits)) == expected


@pytest.mark.parametrize(
    ("paid", "expected"), [([True], 1), ([True, False], 0), ([True, True, False], 1), ([None], 0), ([True, None], 1)]
)
def test_publication_bias_at_its_thresholds(paid: list[bool | None], expected: int) -> None:
    assert points("Publication bias", *(trial(industry=value) for value in paid)) == expected


@pytest.mark.parametrize(
    ("question", "groups", "start", "counted"),
    [
        (Question.EFFECT, "ROI", "high", 1),
        (Question.EFFECT, "OOI", "low", 2),
        (Question.EFFECT, "II", "very_low", 2),
        (Question.ASSOCIATION, "ROI", "high", 2),
        (Question.ASSOCIATION, "I", "very_low", 1),
    ],
)
def test_start_follows_the_question_and_the_strongest_evidence(
    question: Question, groups: str, start: str, counted: int
) -> None:
    kinds = {group.name[0]: group for group in Group}
    graded = grade([trial(group=kinds[letter]) for letter in groups], question=question)
    assert graded
    assert (graded.start, len(graded.counted)) == (start, counted)


@pytest.mark.parametrize(
    ("sources", "question"),
    [([], Question.EFFECT), ([trial(stance=Stance.BACKGROUND)], Question.EFFECT), ([trial()], Question.FACT)],
)
def test_nothing_to_grade_gives_no_grade(sources: list[Source], question: Question) -> None:
    assert grade(sources, question=question) is None


def test_nothing_goes_below_very_low_and_the_sum_says_so() -> None:
    graded = grade([trial(people=3, bias=("high",), indirect=frozenset(DIMENSIONS))], question=Question.EFFECT)
    assert graded
    assert (graded.certainty, graded.points, graded.floored) == (Certainty.VERY_LOW, 6, True)


@pytest.mark.parametrize(
    ("domain", "sources", "words"),
    [
        ("Imprecision", [trial(people=23)], "23 people: fewer than 100."),
        ("Imprecision", [trial(people=1)], "1 person: fewer than 100."),
        ("Imprecision", [trial(people=None)], "No source gives the number of people in what was read."),
        ("Imprecision", [trial(people=1500), trial(people=None)], "1,500 people (size not seen for 1 source)."),
        ("Imprecision", [trial(people=1500, crosses_no_effect=None)], "1,500 people; no interval is on file."),
        (
            "Imprecision",
            [trial(people=1500, crosses_no_effect=True)],
            "1,500 people, but 1 of 1 interval on file includes no effect.",
        ),
        ("Inconsistency", [trial(), trial(stance=Stance.CONTRADICTS)], "1 for, 1 against, 0 for only part of it."),
        ("Indirectness", [trial(indirect=frozenset({"dose"}))], "The one source does not fit the question in dose."),
        ("Publication bias", [trial(industry=True), trial()], "Industry paid for 1 of 2 whose funding is known."),
    ],
)
def test_reason_holds_the_numbers_of_this_body(domain: str, sources: list[Source], words: str) -> None:
    graded = grade(sources, question=Question.EFFECT)
    assert graded
    assert next(step.reason for step in graded.steps if step.domain == domain) == words


# The page in docs


def test_documentation_gives_the_numbers_of_the_rule() -> None:
    text = (Path(settings.BASE_DIR) / "docs" / "grading.md").read_text(encoding="utf-8")
    few, very_few = re.findall(r"fewer than (\d+) people", text)
    assert (int(few), int(very_few)) == (rule.FEW_PEOPLE, rule.VERY_FEW_PEOPLE)
    starts = re.findall(r"^\| (effect|association) \| .* \| [a-z ]+ \((\d)\) \|$", text, re.MULTILINE)
    written = [(question, int(level)) for question, level in starts]
    assert written == [(str(question), basis.start) for question, bases in rule.BASES.items() for basis in bases]
    named = re.findall(r"^\| ([A-Z][a-z ]+) \| .* \| .* \|$", text, re.MULTILINE)
    graded = grade([trial()], question=Question.EFFECT)
    assert graded
    assert [name for name in named if name not in ("Question", "Reason")] == [step.domain for step in graded.steps]
    assert all(dimension in text for dimension in DIMENSIONS)
    for doi in re.findall(r"doi (10\.\S+?)\)", str(rule.__doc__)):
        assert f"https://doi.org/{doi.rstrip(').')}" in text
