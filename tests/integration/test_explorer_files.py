"""What is taken away from the explorer is what stood on its page, cell by cell."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms_catalog.models import FormEvidence
from tests import dom
from tests import factories as make

pytestmark = pytest.mark.django_db

TABLES = ["", "view=ladder", "outcome=anxiety&outcome=sleep", "age=adults&funding=industry", "view=ladder&species=rat"]
LISTS = ["view=studies", "view=studies&form=citrate&form=glycinate", "view=studies&cell=citrate.sleep"]
CITATIONS = {"bib": r"^@", "ris": r"^TY  - ", "csl.json": r'^\s*"id": '}


def get(client: Client, suffix: str, query: str) -> str:
    response = client.get(f"/explore{suffix}?{query}" if query else f"/explore{suffix}")
    assert response.status_code == 200, response.headers.get("Location")
    return response.content.decode("utf-8-sig")


def as_csv(client: Client, query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(get(client, ".csv", query), newline="")))


def as_json(client: Client, query: str) -> Any:
    return json.loads(get(client, ".json", query))


def as_text(value: Any) -> str:
    return "" if value is None else " | ".join(value) if isinstance(value, list) else str(value)


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def number_before(word: str, text: str) -> int:
    found = re.search(rf"([\d,]+) {word}", text)
    return int(found.group(1).replace(",", "")) if found else 0


@pytest.mark.parametrize("query", TABLES)
def test_table_and_files_say_the_same_cell_by_cell(client: Client, first_edition: None, query: str) -> None:
    cells = list(dom.parse(get(client, "/", query)).iter("td"))
    rows = as_csv(client, query)

    assert [words(cell) for cell in cells] == [row["in_words"] for row in rows]
    for cell, row in zip(cells, rows, strict=True):
        link = cell.find("a")
        dots = list(cell.iter("i"))
        assert len(dots) == min(int(row["studies"]), 12), row
        assert (link is not None) == bool(int(row["studies"])), row
        assert row["address"] == (f"{settings.SITE_URL}/explore/{link.get('href')}" if link is not None else "")


@pytest.mark.parametrize("query", ["", "outcome=anxiety&outcome=sleep"])
def test_numbers_of_a_row_are_those_of_its_words(client: Client, first_edition: None, query: str) -> None:
    rows = [row for row in as_csv(client, query) if row["certainty"]]

    assert rows
    for row in rows:
        said = row["in_words"].partition(": ")[2]
        assert said.startswith(row["effect"])
        assert number_before("trial", said) == int(row["trials"])
        assert number_before("(?:people|person)", said) == int(row["people"] or 0)
        assert said.endswith(f"{row['certainty'].replace('_', ' ')} certainty")


@pytest.mark.parametrize("query", TABLES + LISTS)
def test_csv_and_json_hold_the_same_values(client: Client, first_edition: None, query: str) -> None:
    document = as_json(client, query)
    rows = as_csv(client, query)

    names = [column["name"] for column in document["metadata"]["columns"]]
    assert all(list(row) == names for row in rows)
    assert len(rows) == len(document["rows"]) > 0
    for row, twin in zip(rows, document["rows"], strict=True):
        assert row == {name: as_text(value) for name, value in twin.items()}


@pytest.mark.parametrize("query", LISTS)
def test_list_and_files_hold_the_same_studies_in_the_same_order(
    client: Client, first_edition: None, query: str
) -> None:
    rows = as_csv(client, query)
    shown: list[str] = []
    for page in range(1, len(rows) // 50 + 2):
        html = get(client, "/", f"{query}&page={page}" if page > 1 else query)
        shown += [link.get("href", "") for link in dom.parse(html).iter("a") if "/studies/" in link.get("href", "")]
    listed = [address for address in shown if re.fullmatch(r"/studies/[^/]+/", address)]

    assert [f"{settings.SITE_URL}{address}" for address in listed] == [row["address"] for row in rows]
    for suffix, start in CITATIONS.items():
        text = get(client, f".{suffix}", query)
        assert len(re.findall(start, text, re.MULTILINE)) == len(rows), suffix


@pytest.mark.parametrize("query", ["", "view=ladder", "view=studies&form=citrate", "form=citrate"])
def test_link_says_how_much_is_in_the_file(client: Client, first_edition: None, query: str) -> None:
    links = {
        words(link): link for link in dom.parse(get(client, "/", query)).iter("a") if link.get("download") is not None
    }
    rows, records = len(as_csv(client, query)), len(json.loads(get(client, ".csl.json", query)))

    said = [
        f"CSV, {rows} rows",
        f"JSON, {rows} rows",
        *(f"{name}, {records} records" for name in ("BibTeX", "RIS", "CSL-JSON")),
    ]
    assert sorted(links) == sorted(said)
    for link in links.values():
        assert client.get(link.get("href")).status_code == 200


def test_json_says_what_it_is(client: Client) -> None:
    make.make_form(slug="citrate", name="Magnesium citrate")
    make.make_study(form=make.make_form(slug="other", name="Magnesium other"))

    document = as_json(client, "view=studies&form=other")

    about = document["metadata"]
    assert about["query"] == "1 study of other, 1 randomised."
    assert about["page"] == f"{settings.SITE_URL}/explore/?view=studies&form=other"
    assert about["address"] == f"{settings.SITE_URL}/explore.json?view=studies&form=other"
    assert about["licence"] == "not stated by the owner"
    assert (about["row_count"], about["complete"]) == (1, True)
    assert all(column["meaning"] for column in about["columns"])
    assert {column["name"]: column.get("unit") for column in about["columns"]}["dose"] == "mg a day"


def test_edition_is_dated_by_the_last_change(client: Client, first_edition: None) -> None:
    from forms_catalog.actions import public_content_changed
    from forms_catalog.models import PublicState

    public_content_changed()
    state = PublicState.objects.get()

    edition = as_json(client, "view=ladder")["metadata"]["edition"]
    assert edition == {"version": state.version, "date": state.changed_at.date().isoformat()}
    assert date.fromisoformat(edition["date"])


def test_what_a_spreadsheet_would_run_is_made_harmless(client: Client) -> None:
    make.make_study(slug="evil", title='=HYPERLINK("http://x","y")', authors=["@SUM(A1)"])

    (row,) = as_csv(client, "view=studies")

    assert row["title"] == '\'=HYPERLINK("http://x","y")'
    assert row["authors"] == "'@SUM(A1)"


def test_file_is_kept_by_caches_as_pages_are(client: Client) -> None:
    response = client.get("/explore.csv?view=studies")

    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert response.headers["Content-Disposition"] == 'attachment; filename="magnesium-and-mind-studies.csv"'
    again = client.get("/explore.csv?view=studies", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("suffix", ["csv", "json", *CITATIONS])
def test_file_goes_by_the_rules_of_the_page(client: Client, suffix: str) -> None:
    for slug in ("citrate", "taurate"):
        make.make_form(slug=slug)

    moved = client.get(f"/explore.{suffix}?form=taurate&form=citrate")
    assert (moved.status_code, moved.headers["Location"]) == (302, f"/explore.{suffix}?form=citrate&form=taurate")
    assert client.get(f"/explore.{suffix}?" + "&".join(["form=a"] * 101)).status_code == 400
    assert client.post(f"/explore.{suffix}").status_code == 405


@pytest.mark.parametrize("suffix", ["csv", "json", *CITATIONS])
@pytest.mark.parametrize("view", ["matrix", "studies"])
def test_file_asks_nothing_more_for_more_rows(client: Client, suffix: str, view: str) -> None:
    counts = []
    for number in (1, 5):
        form, outcome = make.make_form(), make.make_outcome()
        for _ in range(number):
            study = make.make_study(form=form)
            FormEvidence.objects.create(form=form, outcome=outcome, study=study, note="one")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/explore.{suffix}" + ("?view=studies" if view == "studies" else ""))
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 12
