"""What is taken away from the comparison, from people like me and from the pathways is what stands on the page."""

from __future__ import annotations

import json
import re
from xml.etree.ElementTree import Element

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms_catalog.models import Study
from forms_catalog.models.vocabulary import Certainty
from tests import dom
from tests import factories as make
from tests.downloads import csv_rows, document

pytestmark = pytest.mark.django_db

COMPARE, PEOPLE, PATHWAYS = "forms/compare", "explore/people", "explore/pathways"
COMPARISONS = ["form=citrate&form=glycinate&form=oxide&form=sulfate", "form=chloride&form=l-threonate"]
PERSONS = ["age=18-39&sex=women&condition=poor_sleep&magnesium=low", "age=60", "sex=men&form=oxide"]
PATHS = ["", "form=oxide", "outcome=sleep", "form=l-threonate&outcome=cognition"]
EVERY = [
    *((COMPARE, query) for query in COMPARISONS),
    *((PEOPLE, query) for query in ["", *PERSONS]),
    *((PATHWAYS, query) for query in PATHS),
]


def address(base: str, suffix: str, query: str) -> str:
    return f"/{base}{suffix}" + (f"?{query}" if query else "")


def page(client: Client, base: str, query: str) -> Element:
    response = client.get(address(base, "/", query))
    assert response.status_code == 200, response.headers.get("Location")
    return dom.parse(response.content.decode())


def words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def certainty(row: dict[str, str]) -> str:
    return f"{Certainty(row['certainty']).label} certainty" if row["certainty"] else ""


@pytest.mark.parametrize("query", COMPARISONS)
def test_comparison_and_file_say_the_same_cell_by_cell(client: Client, first_edition: None, query: str) -> None:
    (table,) = [each for each in page(client, COMPARE, query).iter("table") if "compare-table" in each.get("class", "")]
    rows = csv_rows(client, address(COMPARE, ".csv", query))
    cells = list(table.findall(".//tbody/tr/td"))

    assert len(cells) == len(rows) > 20
    for cell, row in zip(cells, rows, strict=True):
        says = row["says"].replace(" | ", " ") or "Nothing on this was seen."
        if row["row"] == "doses" and not row["says"]:
            says = ""
        parts = [says, certainty(row), row["basis"]]
        assert words(cell) == " ".join(" ".join(filter(None, parts)).split()), row["row"]
        if row["row"] == "share" and row["elemental_magnesium_percent"]:
            assert f"{float(row['elemental_magnesium_percent']):.1f} %" == row["says"]
    assert {row["row"] for row in rows} >= {"cautions", "share", "doses", "outcome", "absorption", "tolerability"}


@pytest.mark.parametrize("query", PERSONS)
def test_trials_and_file_say_the_same_cell_by_cell(client: Client, first_edition: None, query: str) -> None:
    html, rows = page(client, PEOPLE, query), csv_rows(client, address(PEOPLE, ".csv", query))
    asked = [name for name in ("age", "sex", "condition", "magnesium") if f"{name}=" in query]
    shown = []
    for table in (each for each in html.iter("table") if "people-table" in each.get("class", "")):
        match = words(table.find("caption/strong"))
        shown += [(match, *map(words, each.findall("td")), each) for each in table.findall("tbody/tr")]

    assert len(shown) == len(rows) > 5
    for (match, people, *answers, element), row in zip(shown, rows, strict=True):
        link = element.find("th/a")
        assert (match, words(link)) == (row["match"], row["citation"])
        assert f"{settings.SITE_URL}{link.get('href')}" == row["address"]
        assert people.replace(",", "").replace("not seen", "") == row["people"]
        assert answers == [f"{row[name]} {row[f'{name}_on_record']}" for name in asked]
    numbers = [
        int(number.replace(",", ""))
        for number in re.findall(r">([\d,]+)</strong> in", client.get(address(PEOPLE, "/", query)).content.decode())
    ]
    in_groups = [
        sum(int(row["people"] or 0) for row in rows if row["match"] == match)
        for match in ("Like you", "Open to you", "Not stated", "Not like you")
    ]
    assert numbers == in_groups


def test_nobody_is_like_or_unlike_where_nothing_was_asked(client: Client, first_edition: None) -> None:
    rows = csv_rows(client, address(PEOPLE, ".csv", ""))

    assert rows
    assert {(row["match"], row["age"], row["sex_on_record"]) for row in rows} == {("", "", "")}


@pytest.mark.parametrize("query", PATHS)
def test_bands_lists_and_file_say_the_same(client: Client, first_edition: None, query: str) -> None:
    html, rows = page(client, PATHWAYS, query), csv_rows(client, address(PATHWAYS, ".csv", query))
    titles = {words(title) for title in html.findall(".//{*}g[@class='pathways-bands']/{*}a/{*}title")}
    lists = {}
    for item in html.iter("li"):
        number = item.find("strong")
        if "-to-" in item.get("id", "") and number is not None:
            lists[item.get("id")] = (int(words(number)), [a.get("href") for a in item.findall("span/span/a")])

    assert titles == {row["in_words"] for row in rows}
    assert len(lists) == len(rows) > 0
    for row in rows:
        start, end = ("form", "mechanism") if row["step"] == "form_to_mechanism" else ("mechanism", "outcome")
        nodes = (f"{start}-{row['from']}" if row["from"] else start, f"{end}-{row['to']}")
        number, links = lists["-to-".join(nodes) + ("-people" if row["in_people"] == "true" else "-laboratory")]
        keys = row["study_keys"].split(" | ")
        assert int(row["studies"]) == number == len(keys)
        assert links == [f"/studies/{key}/" for key in keys[:20]]


@pytest.mark.parametrize(("base", "query"), EVERY)
def test_both_files_hold_the_same_values_and_the_links_say_how_many(
    client: Client, first_edition: None, base: str, query: str
) -> None:
    rows, twin = (csv_rows(client, address(base, ".csv", query)), document(client, address(base, ".json", query)))
    about = twin["metadata"]
    links = {
        words(link): link.get("href")
        for link in page(client, base, query).iter("a")
        if link.get("download") is not None
    }

    assert [column["name"] for column in about["columns"]] == list(rows[0])
    assert all(column["meaning"] for column in about["columns"])
    for row, values in zip(rows, twin["rows"], strict=True):
        assert row == {name: as_text(value) for name, value in values.items()}
    assert about["row_count"] == len(rows)
    assert about["page"] == settings.SITE_URL + address(base, "/", query)
    assert about["address"] == settings.SITE_URL + address(base, ".json", query)
    assert {"title", "licence", "edition", "caution", "query"} <= about.keys()
    assert links == {f"{name}, {len(rows)} rows": address(base, f".{name.lower()}", query) for name in ("CSV", "JSON")}


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else " | ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_file_goes_by_the_rules_of_its_page(client: Client, suffix: str) -> None:
    for slug in ("citrate", "oxide"):
        make.make_form(slug=slug)
    for base, asked, own in (
        (COMPARE, "form=oxide&form=citrate", "form=citrate&form=oxide"),
        (PEOPLE, "sex=men&age=60", "age=60&sex=men"),
        (PATHWAYS, "outcome=&form=oxide", "form=oxide"),
    ):
        moved = client.get(address(base, f".{suffix}", asked))
        assert (moved.status_code, moved.headers["Location"]) == (302, address(base, f".{suffix}", own))
        assert client.post(address(base, f".{suffix}", own)).status_code == 405


@pytest.mark.parametrize(("base", "name"), [(COMPARE, "form"), (PEOPLE, "age"), (PATHWAYS, "outcome")])
def test_what_is_not_understood_is_said_in_the_file(client: Client, base: str, name: str) -> None:
    twin = document(client, address(base, ".json", f"{name}=moonstone"))

    assert len(twin["metadata"]["notices"]) == 1
    assert "moonstone" in twin["metadata"]["notices"][0]
    assert twin["rows"] == []


def test_file_asks_nothing_more_for_more_rows(client: Client) -> None:
    forms = [make.make_form(slug=slug) for slug in ("citrate", "oxide")]
    mechanism, outcome = make.make_mechanism(), make.make_outcome(is_main=True)

    def grow() -> None:
        study = make.make_study(form=forms[0])
        study.mechanisms.add(mechanism)
        make.make_arm(trial=make.make_trial(study=study), role="magnesium", form=forms[1])
        make.make_result(study=study, outcome=outcome)
        make.make_form_evidence(form=forms[1], outcome=outcome, study=study)

    def asked() -> list[int]:
        counts = []
        for base, query in ((COMPARE, "form=citrate&form=oxide"), (PEOPLE, "age=60"), (PATHWAYS, "")):
            with CaptureQueriesContext(connection) as captured:
                assert json.loads(client.get(address(base, ".json", query)).content)["rows"]
            counts.append(len(captured))
        return counts

    grow()
    before = asked()
    for _ in range(3):
        grow()
    assert asked() == before
    assert max(before) <= 12


def test_a_study_that_readers_cannot_see_is_in_no_file(client: Client) -> None:
    form, mechanism = make.make_form(slug="oxide"), make.make_mechanism()
    study = make.make_study(slug="hidden2020", form=form, is_public=False)
    study.mechanisms.add(mechanism)
    make.make_trial(study=study)
    make.make_result(study=study, outcome=make.make_outcome())

    assert Study.objects.count() == 1
    for name in ("people", "pathways"):
        assert csv_rows(client, reverse(f"compare:{name}-csv")) == []
