"""What a study's page says of its figures: whom they rest on, what was given, and where they were read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from forms_catalog.models import Study
from tests import dom
from tests import factories as make

pytestmark = pytest.mark.django_db


def page(client: Client, study: Study) -> str:
    answer = client.get(study.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def cell(html: str, label: str) -> str:
    (found,) = (each for each in dom.parse(html).iter("td") if each.get("data-label") == label)
    return " ".join(" ".join(found.itertext()).split())


def fact(html: str, name: str) -> str:
    pairs = [each for each in dom.parse(html).iter("div") if each.find("dt") is not None]
    (found,) = (each for each in pairs if "".join(each.find("dt").itertext()) == name)
    return " ".join("".join(found.find("dd").itertext()).split())


@pytest.mark.parametrize(
    ("effect", "people"),
    [
        ({"n_mg": 26, "n_control": 27}, "26 and 27 on magnesium, and in the comparison"),
        ({"n_mg": 22, "n_control": 21, "n_basis": "equal_split_assumed"}, "43 in all even split assumed: 22 and 21"),
        ({"n_mg": 12, "n_control": 12, "design": "crossover"}, "12, each in both arms"),
        ({"n_mg": None, "n_control": None, "n_basis": "not_seen"}, "not seen"),
        ({"n_mg": None, "n_control": None, "n_basis": "not_seen", "n_total_seen": 90}, "90"),
    ],
)
def test_effect_says_whom_it_rests_on_and_what_is_assumed(client: Client, effect: dict[str, Any], people: str) -> None:
    study = make.make_study()
    make.make_effect(study=study, outcome=make.make_outcome(), **effect)

    assert cell(page(client, study), "People") == people


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ({}, "Magnesium alone against placebo"),
        ({"intervention": "combination", "comparator": "no_treatment"}, "Magnesium with something else against no tre"),
        ({"comparator": "active:imipramine"}, "against imipramine"),
        ({"given_to_both_arms": "an SSRI"}, "against placebo; both arms also had an SSRI"),
    ],
)
def test_effect_says_what_was_compared_with_what(client: Client, effect: dict[str, Any], words: str) -> None:
    study = make.make_study()
    make.make_effect(study=study, outcome=make.make_outcome(), **effect)

    assert words in cell(page(client, study), "Estimate")


@pytest.mark.parametrize(
    ("trial", "alone", "randomised"),
    [
        ({"magnesium_alone": True, "randomised": True}, "Yes", "Yes"),
        ({"magnesium_alone": False, "randomised": False}, "No: something else came with it", "No"),
        ({"magnesium_alone": None, "randomised": None}, "not stated in what was read", "not stated in what was read"),
        ({"magnesium_given": False, "magnesium_alone": None}, "No arm was given magnesium", "Yes"),
    ],
)
def test_trial_says_whether_magnesium_came_alone_and_by_lot(
    client: Client, trial: dict[str, Any], alone: str, randomised: str
) -> None:
    study = make.make_study()
    make.make_trial(study=study, **trial)
    html = page(client, study)

    assert (fact(html, "Magnesium alone"), fact(html, "Randomised")) == (alone, randomised)


def test_outcome_links_to_where_pooled_and_other_findings_were_read(client: Client) -> None:
    study, outcome = make.make_study(), make.make_outcome()
    make.make_pooled_result(study=study, outcome=outcome, source_url="https://doi.org/10.1000/pooled")
    make.make_narrative_synthesis(study=study, outcome=outcome, source_url="https://example.org/words")
    html = client.get(outcome.get_absolute_url()).content.decode()

    assert dom.find(html, ".//a[@href='https://doi.org/10.1000/pooled']").text == "doi:10.1000/pooled"
    assert dom.find(html, ".//a[@href='https://example.org/words']").text == "example.org"
