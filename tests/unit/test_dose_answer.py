"""The dose bridge's answers: worked examples, and what holds whatever is asked."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from forms_catalog.models import AdverseEffect, Caution, Form, ReferenceNote, Study, UpperLevel
from forms_catalog.models.vocabulary import PublicationStatus
from forms_catalog.tools.dose.answer import Answer, answer
from forms_catalog.tools.dose.figures import shown
from forms_catalog.tools.dose.question import Question
from forms_catalog.tools.dose.rules import rules
from forms_catalog.tools.dose.weights import cases, structures, weigh
from tests.dose_questions import sample

pytestmark = pytest.mark.django_db

DRY, WET = "anhydrous", "dihydrate"
CITRATES = ("anhydrous-trimagnesium-dicitrate", "nonahydrate", "dibasic-11-anhydrous-magnesium-hydrogen-citrate")
WORKED = [
    ("l-threonate", "monohydrate", "1000", "1", "78"),
    ("l-threonate", DRY, "1000", "1", "83"),
    ("l-threonate", "monohydrate", "1.5 g", "1", "117"),
    ("l-threonate", DRY, "1.5 g", "1", "124"),
    ("l-threonate", "monohydrate", "2 g", "1", "156"),
    ("l-threonate", DRY, "2 g", "1", "165"),
    ("l-threonate", DRY, "3000", "1", "248"),
    ("l-threonate", "monohydrate", "3000", "1", "233"),
    ("glycinate", DRY, "1000", "1", "141"),
    ("glycinate", WET, "1000", "1", "117"),
    ("glycinate", DRY, "1419", "1", "200"),
    ("citrate", CITRATES[0], "1000", "1", "162"),
    ("citrate", CITRATES[1], "1000", "1", "119"),
    ("citrate", CITRATES[2], "1000", "1", "113"),
    ("oxide", DRY, "414", "2", "499"),
    ("oxide", DRY, "403", "3", "729"),
    ("oxide", DRY, "250", "2", "302"),
    ("hydroxide", DRY, "1200", "1", "500"),
    ("chloride", "hexahydrate", "500", "4", "239"),
    ("chloride", DRY, "500", "4", "511"),
    ("chloride", "hexahydrate", "2.5 g", "1", "299"),
    ("chloride", DRY, "2.5 g", "1", "638"),
    ("sulfate", "heptahydrate-epsom-salt", "15 g", "1", "1,479"),
    ("orotate", "dihydrate-12", "6100", "1", "400"),
]


KNOWN: dict[str, Any] = {}


@pytest.fixture
def known(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the first edition knows: plain data that nobody changes, so it is asked for once."""
    if not KNOWN:
        request.getfixturevalue("first_edition")
        KNOWN.update(rules())
    return KNOWN


def asked(known: dict[str, Any], **said: str) -> Answer:
    return answer(Question(**{"amount": "", **said}, asked=True), known)


def by_name(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(row for row in rows if name in (row.get("name"), row.get("short")))


@pytest.mark.parametrize(("form", "state", "amount", "per_day", "mg"), WORKED)
def test_worked_example(known: dict[str, Any], form: str, state: str, amount: str, per_day: str, mg: str) -> None:
    key = f"{form}.{state}"
    assert key in {each["key"] for each in structures(known, form=form, hydrate=key)}
    found = asked(known, form=form, hydrate=key, amount=amount, per_day=per_day, basis="compound")
    assert found.hero["number"] == mg


def test_tablet_that_may_hold_oxide_or_magnesium_is_a_range(known: dict[str, Any]) -> None:
    assert asked(known, form="oxide", amount="250", per_day="2").hero["number"] == "302–500"


def test_unnamed_hydrate_is_a_range_and_says_why(known: dict[str, Any]) -> None:
    found = asked(known, form="citrate", amount="1000", basis="compound")
    assert found.hero["number"] == "113–162"
    assert "3 compounds" in found.hero["why"]
    assert len([line for line in found.working if line.startswith("If it is")]) == 3


def test_mmol_count_the_magnesium_itself(known: dict[str, Any]) -> None:
    found = asked(known, amount="10 mmol")
    assert found.hero["number"] == "243"
    assert any("20 mEq" in line for line in found.working)
    assert any("itself" in notice["text"] for notice in found.notices)


@pytest.mark.parametrize("query", [{"age": "19-30", "who": "man"}, {"age": "31-50", "who": "pregnant"}])
def test_share_is_of_the_persons_own_intake(known: dict[str, Any], query: dict[str, str]) -> None:
    recommended = {"man": 400, "pregnant": 360}[query["who"]]
    row = by_name(asked(known, amount="200", basis="elemental", **query).intakes, "US")
    assert row["figure"] == f"{recommended} mg a day"
    assert row["share"] == f"{round(20_000 / recommended)} %"


def test_each_authority_has_its_own_level_for_the_age(known: dict[str, Any]) -> None:
    adult = asked(known, amount="300", basis="elemental").levels
    assert [(row["name"], row["figure"], row["state"]) for row in adult] == [
        ("United States", "350 mg a day", "within"),
        ("European Union", "250 mg a day", "above"),
        ("Norway", "350 mg a day", "within"),
        ("United Kingdom", "not seen", "not_seen"),
    ]
    child = asked(known, amount="100", basis="elemental", age="3").levels
    assert [(row["name"], row["figure"], row["state"]) for row in child] == [
        ("United States", "65 mg a day", "above"),
        ("European Union", "None set for this age.", "not_set"),
        ("United Kingdom", "not seen", "not_seen"),
    ]
    assert all(row["sources"] and row["about"] for row in [*adult[:3], *child[:2]])


@pytest.mark.parametrize(("amount", "kind"), [("250", ""), ("250.1", "above"), ("350", "above"), ("350.1", "above")])
def test_above_a_level_is_said_first_with_what_to_do(
    known: dict[str, Any], first_edition: None, amount: str, kind: str
) -> None:
    found = asked(known, amount=amount, basis="elemental")
    assert [warning["kind"] for warning in found.warnings] == ([kind] if kind else [])
    for warning in found.warnings:
        assert ("United States" in warning["title"]) == (Fraction(amount) > 350)
        assert ReferenceNote.objects.get(slug="disclaimer-4-ask-first").text in warning["do"]
        assert any(
            AdverseEffect.objects.get(slug="diarrhoea-loose-stools").detail[4:] in line for line in warning["effects"]
        )
        assert found.said.startswith(warning["title"])


def test_range_that_crosses_a_level_may_be_above_it(known: dict[str, Any]) -> None:
    found = asked(known, form="glycinate", amount="1000", per_day="2", basis="compound")
    assert by_name(found.levels, "EU")["state"] == "may"
    assert found.warnings[0]["title"].startswith("This may be above")


def test_a_range_above_one_level_names_those_it_may_be_above_as_well(known: dict[str, Any]) -> None:
    title = asked(known, form="citrate", amount="1200", per_day="2").warnings[0]["title"]
    assert title == (
        "Above the upper level: European Union 250 mg. It may also be above: United States 350 mg, Norway 350 mg"
    )


def test_kidney_disease_gets_the_warning_and_no_dose(known: dict[str, Any], first_edition: None) -> None:
    found = asked(known, form="oxide", amount="500", basis="compound", kidney="1")
    assert found.state == "kidney"
    assert Caution.objects.get(slug="any-kidney-disease").rule in found.warnings[0]["lines"][1]
    assert not any([found.hero, found.working, found.intakes, found.levels, found.trials, found.foods, found.scale])
    assert not any(char.isdigit() for char in found.said)


def test_more_than_the_pure_compound_holds_cannot_be_right(known: dict[str, Any]) -> None:
    def kinds(amount: str, whole: str) -> list[str]:
        found = asked(known, form="glycinate", amount=amount, whole=whole, basis="elemental")
        return [warning["kind"] for warning in found.warnings]

    assert kinds("200", "1000") == ["impossible"]
    assert kinds("100", "706") == []  # 99.52 mg, rounded on the label, and right
    assert kinds("141", "1000") == []


def test_pregnancy_children_and_epsom_salt_are_warned_of(known: dict[str, Any]) -> None:
    def kinds(**said: str) -> list[str]:
        return [warning["kind"] for warning in asked(known, amount="50", basis="elemental", **said).warnings]

    assert kinds(who="pregnant") == kinds(who="breastfeeding") == ["pregnancy"]
    assert kinds(age="14-17") == ["child"]
    assert kinds(form="sulfate") == ["form"]
    assert kinds(age="18", who="woman", form="oxide") == []


def test_trials_are_named_with_what_they_gave(known: dict[str, Any]) -> None:
    found = asked(known, amount="239", basis="elemental")
    assert found.closest == (
        "The anxiety and depression trial Tarleton and others 2017 gave 248 mg of elemental magnesium a day for "
        "6 weeks; you would take 239 mg."
    )
    row = next(row for row in found.trials if row["slug"] == "tarleton2017")
    assert (row["dose"], row["text"]) == ("248", "9 mg less")
    doses = [Fraction(row["mg"]) for row in found.trials]
    assert doses == sorted(doses)


def test_a_trials_dose_that_does_not_follow_from_what_it_prints_is_marked(known: dict[str, Any]) -> None:
    found = asked(known, amount="450", basis="elemental")
    assert {row["slug"] for row in found.trials if row["doubt"]} == {"barragan2008"}
    assert found.closest.endswith("That trial’s dose is as printed; it does not follow from what else is printed.")


@pytest.mark.parametrize("age", ["under-1", "4-8", "14-17"])
def test_a_childs_dose_is_set_beside_no_trial(known: dict[str, Any], age: str) -> None:
    found = asked(known, amount="100", basis="elemental", age=age)
    assert (found.trials, found.scale["trials"]) == ([], [])
    assert "no guide for a child" in found.closest
    assert "trials" not in found.scale["finding"]


def test_an_age_without_an_upper_level_is_not_called_safe(known: dict[str, Any]) -> None:
    found = asked(known, amount="100", basis="elemental", age="under-1")
    assert found.scale["finding"] == "No upper level is set for this age. That does not make a dose safe."
    assert [head["label"] for head in found.scale["heads"]] == ["Recommended intake, food included"]


def test_a_trial_that_gave_about_the_same_is_among_those_that_gave_as_much(known: dict[str, Any]) -> None:
    found = asked(known, form="oxide", amount="403", per_day="3", basis="compound")
    assert found.trials[-1]["text"] == "about the same"
    assert "1 of 17 trials" in found.scale["finding"]


def test_withdrawn_trial_is_nothing_to_compare_with(known: dict[str, Any], first_edition: None) -> None:
    taken_back = {"publication_status": PublicationStatus.RETRACTED, "publication_note": "Taken back."}
    Study.objects.filter(slug="tarleton2017").update(**taken_back)
    assert "tarleton2017" not in {trial["slug"] for trial in rules()["trials"]}
    assert "tarleton2017" in {trial["slug"] for trial in known["trials"]}


def test_food_is_counted_in_servings(known: dict[str, Any]) -> None:
    foods = asked(known, amount="78", basis="elemental").foods
    assert next(row["text"] for row in foods if row["food"] == "Spinach, boiled") == "1 × 1/2 cup"


def test_shares_are_those_of_the_catalog(known: dict[str, Any], first_edition: None) -> None:
    listed = {each["key"]: each["share"] for form in known["forms"] for each in form["structures"]}
    stored = [hydrate for form in Form.objects.all() for hydrate in form.hydrates.all()]
    assert len(listed) == len(stored) >= 25
    assert sorted(listed.values()) == sorted(f"{hydrate.elemental_percent:.3f}" for hydrate in stored)


def test_each_age_lies_within_one_band_of_each_authority(known: dict[str, Any], first_edition: None) -> None:
    """Except the two that stand for several on purpose: adults of any age, and babies."""
    ages = [age for age in known["ages"] if age["key"] not in {"", "under-1"}]
    rows = [*known["intakes"], *known["levels"]]
    cut = [
        (age["label"], row["age"])
        for age in ages
        for row in rows
        if row["from"] < age["until"]
        and age["from"] < row["until"]
        and not (row["from"] <= age["from"] and age["until"] <= row["until"])
    ]
    assert cut == []
    assert len(UpperLevel.objects.all()) == len(known["levels"])


def test_compound_to_magnesium_and_back_is_the_same_weight(known: dict[str, Any]) -> None:
    for form in known["forms"]:
        for each in form["structures"]:
            weight = weigh(known, "1234.5", "mg")
            [case] = cases(known, weight, form=form["slug"], hydrate=each["key"], basis="compound")
            assert 100 * case.mg / Fraction(case.share) == weight.mg
            typed = f"{float(case.mg):.10f}"
            assert Fraction(typed) == case.mg
            back = asked(known, form=form["slug"], hydrate=each["key"], amount=typed, basis="elemental")
            assert f"{shown(weight.mg)} mg of pure" in back.working[-1]


def test_more_in_never_comes_to_less(known: dict[str, Any]) -> None:
    amounts = ["0.001", "0.5", "9.99", "10", "99", "250", "250.5", "1000", "99999", "100000"]
    for form in known["forms"]:
        doses = [asked(known, form=form["slug"], amount=amount) for amount in amounts]
        numbers = [ends(each.hero["number"]) for each in doses]
        assert all(low <= high and low[0] <= high[0] for low, high in pairwise(numbers))
        above = [sum(row["state"] == "above" for row in each.levels) for each in doses]
        assert above == sorted(above)


def ends(number: str) -> tuple[float, float]:
    """Least and most, as printed."""
    found = [0.001 if "under" in each else float(each.replace(",", "")) for each in number.split("–")]
    return found[0], found[-1]


def test_whatever_is_asked_is_answered_in_whole_words(known: dict[str, Any]) -> None:
    """Several hundred questions: no number that is none, no sentence with a hole in it, nothing that breaks."""
    states = set()
    for question in sample(known, size=400):
        found = answer(Question(**question), known)
        states.add(found.state)
        text = json.dumps(found.as_data(), ensure_ascii=False).lower()
        assert not re.search(r"\b(nan|inf|infinity|undefined|none mg)\b|{\w+}", text)
        if found.hero:
            assert ends(found.hero["number"])[0] > 0
            assert found.levels
            assert found.scale["finding"]
    assert states == {"ask", "mistakes", "kidney", "answered"}
