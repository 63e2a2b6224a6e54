"""People like the reader: counted from the trials' records, nobody twice, and what is unknown is never a match."""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_catalog.explorer.likeness import Answer, Match, age_answer, magnesium_answer, sex_answer, together
from forms_catalog.explorer.people import AGES, BANDS, CONDITIONS, MAGNESIUM, SEXES, Person, likeness
from tests import factories as make

pytestmark = pytest.mark.django_db

URL = "/explore/people/"
FORMS = {"oxide": "Magnesium oxide", "citrate": "Magnesium citrate"}
VALUES = {"age": AGES, "sex": SEXES, "condition": CONDITIONS, "magnesium": MAGNESIUM, "form": FORMS}
YEARS = st.none() | st.integers(0, 120)


def person(**said: str) -> Person:
    return Person.from_params(said, forms=FORMS)


def trial(n: int | None = 40, *, study: dict | None = None, **fields):
    """A trial in people that gave magnesium."""
    return make.make_trial(study=make.make_study(n=n, **study or {}), **fields)


def numbers(**said: str) -> list[int]:
    """People who were like, in trials open to such, not stated, not like."""
    return [group.people for group in likeness(person(**said)).groups]


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from([*values, "x"]) for name, values in VALUES.items()}))
def test_a_person_written_down_and_read_again_is_the_same(said: dict[str, str]) -> None:
    read = person(**said)
    again = Person.from_params(QueryDict(read.query_string), forms=FORMS)
    assert (again.chosen, again.query_string, again.notices) == (read.chosen, read.query_string, ())


@given(st.sampled_from(list(BANDS)), YEARS, YEARS)
def test_ages_match_as_year_by_year_counting_says(band: str, low: int | None, high: int | None) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    start, end = BANDS[band]
    asked = set(range(start, (200 if end is None else end) + 1))
    took = set(range(low or 0, (200 if high is None else high) + 1))
    match = age_answer(BANDS[band], low=low, high=high, mean=50).match
    if low is None and high is None:
        assert match is Match.UNSTATED
    elif not asked & took:
        assert match is Match.NO
    else:
        assert match is (Match.YES if took <= asked else Match.SOME)


@pytest.mark.parametrize(
    ("sex", "match"),
    [("women", Match.YES), ("men", Match.NO), ("mixed", Match.SOME), ("all", Match.UNSTATED), ("", Match.UNSTATED)],
)
def test_who_took_part(sex: str, match: Match) -> None:
    assert sex_answer("women", sex=sex).match is match


@pytest.mark.parametrize(
    ("baseline", "match"),
    [("low", Match.YES), ("normal", Match.NO), ("mixed", Match.SOME), ("not_measured", Match.UNSTATED)],
)
def test_low_magnesium(baseline: str, match: Match) -> None:
    assert magnesium_answer("low", baseline=baseline).match is match


@given(st.lists(st.sampled_from(list(Match)), max_size=4))
def test_only_a_trial_that_matches_in_everything_is_like(matches: list[Match]) -> None:
    found = together([Answer(match, "") for match in matches])
    assert (found is Match.YES) == all(match is Match.YES for match in matches)
    assert (found is Match.NO) == (Match.NO in matches)


def test_everybody_is_counted_once_and_in_one_group() -> None:
    trial(10, sex="women", conditions=["depression", "insomnia"])
    trial(20, sex="mixed", conditions=["depression"])
    trial(30, sex="", conditions=["depression"])
    trial(40, sex="women", conditions=["migraine"])
    arms = trial(50, sex="men", design="crossover")
    for role in ("magnesium", "placebo"):
        make.make_arm(trial=arms, role=role, n_randomised=50)
    assert numbers(sex="women", condition="depression") == [10, 20, 30, 90]


@pytest.mark.parametrize(
    "study",
    [
        {"species": "rat"},
        {"is_public": False},
        {"publication_status": "retracted", "publication_note": "Withdrawn."},
    ],
)
def test_animals_hidden_and_withdrawn_studies_are_nobody(study: dict) -> None:
    trial(40, study=study, sex="women")
    assert likeness(person(sex="women")).trials == 0


def test_a_trial_without_magnesium_is_left_out() -> None:
    trial(40, magnesium_given=False)
    assert likeness(person()).trials == 0


def test_an_unknown_size_is_in_no_number_and_is_said(client: Client) -> None:
    trial(None, sex="women")
    trial(1, sex="women")
    html = client.get(f"{URL}?sex=women").content.decode()
    assert "Of the 1 person in the trials behind this, 1 was like you" in html
    assert "The size of 1 of them was not seen" in html


def test_a_form_chooses_the_trials_by_arm_or_record_each_once() -> None:
    oxide = make.make_form(slug="oxide")
    both = trial(15, study={"form": oxide}, sex="women")
    for _ in range(2):
        make.make_arm(trial=both, role="magnesium", form=oxide)
    make.make_arm(trial=trial(7, sex="women"), role="magnesium", form=oxide)
    trial(100, sex="women")
    assert numbers(form="oxide", sex="women") == [22, 0, 0, 0]


def test_what_the_records_leave_open_is_said(client: Client) -> None:
    trial(10, sex="women", age_min=18)
    trial(10, baseline_magnesium="low")
    html = " ".join(client.get(URL).content.decode().split())
    assert "1 does not tell us the range of ages; 1 does not tell us who were women" in html
    assert "Weight, other medicines and other illnesses are not compared at all." in html


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([*VALUES, "order", "q", "x"]), st.binary(max_size=60))
def test_no_address_breaks_the_page(client: Client, name: str, raw: bytes) -> None:
    for query in (raw.decode("latin-1"), f"{name}={quote_from_bytes(raw)}&sex=women"):
        assert client.get(URL, QUERY_STRING=query).status_code in {200, 302}


def test_ten_thousand_answers_are_refused(client: Client) -> None:
    assert client.get(URL, QUERY_STRING="&".join(["sex=women"] * 10_000)).status_code == 400


def test_one_person_has_one_address(client: Client) -> None:
    response = client.get(f"{URL}?sex=women&age=18-39&form=&condition=")
    assert (response.status_code, response["Location"]) == (302, f"{URL}?age=18-39&sex=women")
    html = client.get(response["Location"]).content.decode()
    assert html.count(" selected") == 2


def test_what_is_not_understood_is_said_and_left_out(client: Client) -> None:
    trial(10)
    html = client.get(f"{URL}?age=%3Cb%3E&sex=women").content.decode()
    assert "The filter age has no value “&lt;b&gt;”" in html


def test_safety_stands_above_the_answer_and_nothing_is_kept(client: Client, first_edition: None) -> None:
    response = client.get(f"{URL}?sex=women")
    html = response.content.decode()
    assert html.index("This is no advice.") < html.index("people in the trials behind this")
    assert not response.cookies


def test_the_page_keeps_its_queries(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{URL}?sex=women&magnesium=low").status_code == 200
        return len(captured)

    trial(10, study={"form": make.make_form()})
    before = asked()
    for _ in range(3):
        trial(10, study={"form": make.make_form()}, sex="women")
    assert asked() == before <= 12


def test_a_long_list_is_cut_but_counted(client: Client) -> None:
    for _ in range(101):
        trial(2, sex="women")
    html = client.get(f"{URL}?sex=women").content.decode()
    assert "Of the 202 people in the trials behind this, 202 were like you" in html
    assert len(re.findall(r'<th scope="row">', html)) == 100
    assert "the newest 100 listed" in html
