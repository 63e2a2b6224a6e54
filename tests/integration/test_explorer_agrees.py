"""Whatever is asked of the explorer: sentence, list, options, files and cells tell of the same studies."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_catalog.explorer.counts import numbers_of
from forms_catalog.explorer.facets import Names, Place, explorer_facets, read_names
from forms_catalog.explorer.state import ExplorerState
from tests import dom
from tests.downloads import csv_rows, document

pytestmark = pytest.mark.django_db
PER_PAGE = 50
RECORDS = {"bib": r"^@", "ris": r"^TY  - "}
SOME = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def questions(draw: st.DrawFn, names: Names) -> list[tuple[str, str]]:
    """One to four values of any facets, places of the maps included, and sometimes years."""
    facets = [facet for facet in explorer_facets(names) if facet.options]
    asked = []
    for _ in range(draw(st.integers(1, 4))):
        facet = draw(st.sampled_from(facets))
        asked.append((facet.name, draw(st.sampled_from(list(facet.options)))))
    years = draw(st.lists(st.integers(1970, 2026), max_size=2))
    return asked + [(name, str(year)) for name, year in zip(("from", "to"), years, strict=False)]


def state_of(asked: list[tuple[str, str]]) -> ExplorerState:
    return ExplorerState.from_params(QueryDict(urlencode(asked)), names=read_names())


def listed(client: Client, state: ExplorerState, *, pages: int) -> list[str]:
    """Keys of the studies on all pages of the list."""
    keys = []
    for number in range(1, pages + 1):
        html = client.get("/explore/", QUERY_STRING=urlencode([*state.to_params(), *turned(number)])).content.decode()
        rows = dom.parse(html).find(".//ul[@class='rows explorer-rows']")
        links = [] if rows is None else [link.get("href", "") for link in rows.iter("a")]
        keys += [found.group(1) for href in links if (found := re.fullmatch(r"/studies/([^/]+)/", href))]
    return keys


def turned(number: int) -> list[tuple[str, str]]:
    return [("page", str(number))] if number > 1 else []


def number_said(sentence: str) -> int:
    return int(sentence.split(" ", 1)[0].replace(",", ""))


@SOME
@given(data=st.data())
def test_sentence_list_and_every_file_hold_the_same_studies(client: Client, first_edition: None, data: Any) -> None:
    state = state_of(data.draw(questions(read_names()))).seen_as("studies")
    after = f"?{state.query_string}"

    rows, about = csv_rows(client, f"/explore.csv{after}"), document(client, f"/explore.json{after}")
    keys = [row["key"] for row in rows]
    assert number_said(about["metadata"]["query"]) == about["metadata"]["row_count"] == len(keys)
    assert about["metadata"]["query"] in dom.text(client.get(f"/explore/{after}").content.decode())
    assert keys == [row["key"] for row in about["rows"]]
    assert keys == listed(client, state, pages=-(-len(keys) // PER_PAGE))
    for suffix, start in RECORDS.items():
        text = client.get(f"/explore.{suffix}{after}").content.decode()
        assert len(re.findall(start, text, re.MULTILINE)) == len(keys), suffix
    assert len(document(client, f"/explore.csl.json{after}")) == len(keys)


@SOME
@given(data=st.data())
def test_choosing_an_option_finds_as_many_as_stand_beside_it(first_edition: None, data: Any) -> None:
    state = state_of(data.draw(questions(read_names())))
    facet = data.draw(st.sampled_from([each for each in state.facets if not isinstance(each, Place)]))
    value = data.draw(st.sampled_from(list(facet.options)))
    option = next(each for each in numbers_of(state).options(facet) if each.value == value)

    chosen = [pair for pair in state.to_params() if pair[0] != facet.name] + [(facet.name, value)]
    assert option.count == len(set(state_of(chosen).select().values_list("pk", flat=True)))


@SOME
@given(data=st.data())
def test_ways_out_of_nothing_lead_to_as_many_as_they_say(first_edition: None, data: Any) -> None:
    state = state_of(data.draw(questions(read_names())))

    for choice, number in numbers_of(state).ways_on:
        assert ExplorerState.from_params(QueryDict(choice.without), names=state.names).select().count() == number > 0
