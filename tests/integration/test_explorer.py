"""The explorer's page: what it shows, what it refuses, and that its numbers are what a reader would count."""

from __future__ import annotations

import csv
import gzip
import io
import re
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_catalog.explorer.counts import numbers_of
from forms_catalog.explorer.facets import read_names
from forms_catalog.explorer.ladder import ladder_of
from forms_catalog.explorer.matrix import matrix_of
from forms_catalog.explorer.state import ExplorerState
from forms_catalog.grading.cells import grade_form_for_outcome
from forms_catalog.models import Form, FormEvidence, LadderEntry, Outcome, Study
from tests import dom
from tests import factories as make

pytestmark = pytest.mark.django_db

HOME = "/explore/"
VIEWS = ("", "view=ladder", "view=studies")
MOST = 12


def read(query: str) -> ExplorerState:
    return ExplorerState.from_params(QueryDict(query), names=read_names())


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{HOME}?{query}" if query else HOME)
    assert response.status_code == 200, response.headers.get("Location")
    return response.content.decode()


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def a_trial(**fields: Any) -> Study:
    study = make.make_study(**{key: value for key, value in fields.items() if key in {"slug", "year", "form", "title"}})
    rest = {key: value for key, value in fields.items() if key not in {"slug", "year", "form", "title"}}
    make.make_trial(study=study, **rest)
    return study


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_on_an_empty_catalog_and_on_the_first_edition(client: Client, view: str) -> None:
    assert "No study is on file yet." in page(client, view)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_the_first_edition_and_says_how_much(client: Client, first_edition: None, view: str) -> None:
    total = Study.objects.published().count()

    assert f"{total} studies and sources, " in page(client, view)


def test_address_in_another_spelling_is_sent_to_its_own(client: Client) -> None:
    make.make_form(slug="citrate")
    make.make_form(slug="taurate")

    response = client.get(f"{HOME}?form=taurate&q=&form=citrate&utm_source=x&from=")

    assert (response.status_code, response.headers["Location"]) == (302, f"{HOME}?form=citrate&form=taurate")


def test_what_is_not_understood_is_said_and_the_rest_is_answered(client: Client) -> None:
    make.make_form(slug="citrate")
    a_trial(form=Form.objects.get())

    html = page(client, "form=moonstone&form=citrate&view=hologram&from=soon")

    for word in ("moonstone", "hologram", "soon"):
        assert f"no value “{word}”" in html
    assert "1 study of " in html


@pytest.mark.parametrize(
    "query",
    ["&".join(["form=a"] * 10_000), "&".join(["form=a"] * 101), "form=" + "a" * 7_000],
    ids=["10,000 keys", "101 keys", "7,000 characters"],
)
def test_too_much_at_once_is_refused_in_words(client: Client, query: str) -> None:
    response = client.get(f"{HOME}?{query}")

    assert response.status_code == 400
    assert "more than one view can take" in response.content.decode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300), st.sampled_from(["", "form=", "from=", "view=", "page=", "cell=", "view=studies&page="])
)
def test_no_bytes_break_it(client: Client, raw: bytes, start: str) -> None:
    response = client.get(HOME, QUERY_STRING=start + raw.decode("latin-1"))

    assert response.status_code in {200, 302, 400}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["form", "outcome", "age", "from", "x"]), st.text()), max_size=6))
def test_a_redirect_leads_to_an_answer(client: Client, pairs: list[tuple[str, str]]) -> None:
    response = client.get(f"{HOME}?{urlencode(pairs)}", follow=True)

    assert response.status_code == 200
    assert len(response.redirect_chain) <= 1


FILTERS = [
    "",
    "outcome=sleep",
    "form=citrate&form=oxide&outcome=depression&outcome=sleep",
    "age=older&sex=women&sex=mixed",
    "condition=depression&funding=not_stated&bias=high",
    "direction=no_difference&outcome=anxiety&design=rct",
    "mechanism=nmda&species=rat&species=mouse",
    "magnesium=low&from=2010&to=2020",
]


@pytest.mark.parametrize("query", FILTERS)
def test_number_beside_each_option_is_what_choosing_it_finds(first_edition: None, query: str) -> None:
    state = read(query)
    numbers = numbers_of(state)

    assert numbers.found == state.select().count()
    for facet, options in numbers.fields:
        others = state.without(facet.name)
        for option in options:
            alone = facet.among(others.select(), [option.value])
            assert option.count == len(set(alone.values_list("pk", flat=True))), (facet.name, option.value)


@pytest.mark.parametrize("query", FILTERS[1:])
def test_several_values_of_a_facet_find_any_of_them(first_edition: None, query: str) -> None:
    state = read(query)
    found = set(state.select().values_list("pk", flat=True))

    for name, values in state.chosen.items():
        facet = next(each for each in state.facets if each.name == name)
        others = state.without(name).select()
        either = {pk for value in values for pk in facet.among(others, [value]).values_list("pk", flat=True)}
        assert found == either


def test_ages_are_compared_as_far_as_they_were_seen() -> None:
    for slug, seen in {
        "range": {"age_min": 18, "age_max": 65},
        "mean": {"mean_age": 68.4},
        "old": {"age_min": 60, "age_max": 80, "mean_age": 69.0},
        "edge": {"mean_age": 17.6},
        "from": {"age_min": 18},
        "unseen": {},
    }.items():
        a_trial(slug=slug, **seen)

    found = {
        age: set(read(f"age={age}").select().values_list("slug", flat=True)) for age in ("children", "adults", "older")
    }

    assert found == {"children": {"edge"}, "adults": {"range", "from"}, "older": {"range", "mean", "old"}}


def test_direction_is_that_of_the_outcome_asked_for() -> None:
    sleep, mood = make.make_outcome(slug="sleep"), make.make_outcome(slug="mood")
    study = a_trial(slug="both")
    make.make_result(study=study, outcome=sleep, direction="favours_magnesium")
    make.make_result(study=study, outcome=mood, direction="no_difference")

    assert read("direction=no_difference").select().count() == 1
    assert read("outcome=mood&direction=no_difference").select().count() == 1
    assert read("outcome=sleep&direction=no_difference").select().count() == 0


def test_nothing_found_names_what_to_drop_and_links_there(client: Client) -> None:
    make.make_form(slug="citrate", name="Magnesium citrate")
    a_trial(form=Form.objects.get(), conditions=["stress"])

    html = page(client, "form=citrate&species=rat")
    assert "Nothing matches all of this together" in html
    ways = [(link.get("href"), words(link)) for link in dom.parse(html).iter("a") if "Without" in words(link)]
    assert ways == [(f"{HOME}?form=citrate", "Without who or what rats")]


def test_option_that_leaves_nothing_stays_in_sight_and_cannot_be_ticked(client: Client) -> None:
    make.make_form(slug="citrate")
    a_trial()

    box = next(each for each in dom.parse(page(client)).iter("input") if each.get("value") == "citrate")

    assert box.get("disabled") is not None


def cells_of(html: str) -> list[str]:
    """The text of every cell of the page's one map, as it is read aloud."""
    return [words(cell) for cell in dom.parse(html).iter("td")]


def test_grade_of_every_cell_is_the_one_on_the_forms_page(first_edition: None) -> None:
    forms, outcomes = Form.objects.in_bulk(field_name="slug"), Outcome.objects.in_bulk(field_name="slug")
    filled = [cell for cell in matrix_of(read("")).cells if cell.evidence]

    assert len(filled) > 40
    for cell in filled:
        alone = grade_form_for_outcome(forms[cell.form], outcomes[cell.outcome])
        assert cell.certainty == (alone.grade.certainty.value if alone.grade else ""), cell.in_words


@pytest.mark.parametrize("query", ["", "outcome=sleep", "age=adults&funding=industry"])
def test_each_cell_leads_to_exactly_the_studies_it_counts(first_edition: None, query: str) -> None:
    filled = [cell for cell in matrix_of(read(query)).cells if cell.studies]

    assert filled
    for cell in filled:
        assert read(cell.query).select().count() == cell.studies, cell.in_words


@pytest.mark.parametrize("query", ["", "species=human", "mechanism=nmda"])
def test_each_rung_leads_to_exactly_the_studies_it_counts(first_edition: None, query: str) -> None:
    filled = [cell for row in ladder_of(read(query)) for cell in row.cells if cell.studies]

    assert filled
    for cell in filled:
        assert read(cell.query).select().count() == cell.studies, cell.in_words


def test_empty_cell_says_when_anyone_looked(client: Client) -> None:
    citrate, sleep = make.make_form(slug="citrate", name="Magnesium citrate"), make.make_outcome(slug="sleep")
    mood, pain = make.make_outcome(slug="mood"), make.make_outcome(slug="pain")
    FormEvidence.objects.create(form=citrate, outcome=sleep, note="none found", level="none_found")
    claim = make.make_claim()
    claim.forms.add(citrate)
    claim.outcomes.add(mood)
    make.make_counter_search(claim=claim, searched_on=date(2026, 11, 23))
    other = make.make_form(slug="other", name="Magnesium other")
    for outcome in (mood, pain):
        FormEvidence.objects.create(form=other, outcome=outcome, study=make.make_study(), note="one")

    said = cells_of(page(client))

    assert "Citrate, sleep: None on file, first search found none" in said
    assert "Citrate, mood: None on file, searched 23 Nov 2026" in said
    assert "Citrate, pain: None on file, no search on file" in said


def test_cell_that_the_filters_emptied_says_how_much_there_is_without_them(client: Client) -> None:
    other = make.make_form(slug="other", name="Magnesium other")
    for slug, year in (("sleep", 2010), ("pain", 2020)):
        study = make.make_study(year=year)
        FormEvidence.objects.create(form=other, outcome=make.make_outcome(slug=slug), study=study, note="one")

    said = cells_of(page(client, "from=2015"))

    assert said == ["Other, pain: Not graded, 1 source", "Other, sleep: None with these filters, 1 without"]


def test_empty_rung_says_when_it_was_searched(client: Client) -> None:
    mechanism = make.make_mechanism(slug="nmda", name="NMDA receptor")
    LadderEntry.objects.create(mechanism=mechanism, rung="animal", note="none", searched_on=date(2026, 11, 23))
    gone = make.make_study(publication_status="retracted", publication_note="Withdrawn.")
    LadderEntry.objects.create(mechanism=mechanism, rung="laboratory", study=gone, note="one")

    said = cells_of(page(client, "view=ladder"))

    assert said == [
        "NMDA receptor, laboratory: 1 study, 1 of them retracted",
        "NMDA receptor, animals: None found, searched 23 Nov 2026",
        "NMDA receptor, measured in people: None on file, no search on file",
        "NMDA receptor, felt by people: None on file, no search on file",
    ]


def grow(number: int) -> None:
    form, outcome = make.make_form(), make.make_outcome()
    mechanism = make.make_mechanism()
    for _ in range(number):
        study = a_trial(form=form)
        make.make_result(study=study, outcome=outcome)
        FormEvidence.objects.create(form=form, outcome=outcome, study=study, note="one")
        LadderEntry.objects.create(mechanism=mechanism, rung="animal", study=study, note="one")


@pytest.mark.parametrize("query", [*VIEWS, "sex=mixed&age=adults", "view=studies&species=human"])
def test_more_studies_and_more_options_ask_nothing_more(client: Client, query: str) -> None:
    counts = []
    for number in (1, 4, 9):
        grow(number)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{HOME}?{query}")
        counts.append(len(captured))

    assert counts[0] == counts[1] == counts[2] <= MOST


def test_default_matrix_is_light(client: Client, first_edition: None) -> None:
    assert len(gzip.compress(page(client).encode())) <= 40_000


def test_cell_says_the_size_on_file_and_that_it_may_be_none(client: Client) -> None:
    form, outcome = make.make_form(slug="glycinate", name="Magnesium glycinate"), make.make_outcome(slug="sleep")
    study = make.make_study(slug="schuster2025", form=form, n=155)
    make.make_trial(study=study, magnesium_alone=True)
    make.make_result(study=study, outcome=outcome, direction="favours_magnesium")
    FormEvidence.objects.create(form=form, outcome=outcome, study=study, note="one")
    make.make_effect(study=study, outcome=outcome, smd=-0.308, ci_low=-0.625, ci_high=0.009)
    make.make_effect(study=study, outcome=outcome, smd=-2.0, ci_low=-3.0, ci_high=-1.0, primary_row=False)

    (said,) = cells_of(page(client))

    assert re.fullmatch(
        r"Glycinate, sleep: Results point to a benefit, 1 trial, 155 people, small effect, may be none, "
        r"(very )?low certainty",
        said,
    )
    rows = csv.DictReader(io.StringIO(client.get("/explore.csv").content.decode("utf-8-sig")))
    assert [(row["size"], row["sizes"]) for row in rows] == [
        ("small effect, may be none", "schuster2025: −0.308 (−0.625 to 0.009)")
    ]
