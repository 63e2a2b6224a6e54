"""The whole edition as one zip: what is in it, what never is, and that it is made once."""

import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import html5lib
import pytest
from django.conf import settings as site
from django.test import Client

from forms_catalog.actions import public_content_changed
from forms_catalog.edition.layout import KINDS
from forms_catalog.exports import edition
from forms_catalog.exports.lists import edition_sources
from forms_catalog.models import Study
from tests import factories as make
from tests.downloads import body, csv_rows
from tests.integration.test_data_records import secret

pytestmark = pytest.mark.django_db

__all__ = ["secret"]
ZIP = "/data/magnesium-and-mind.zip"
TOP = "magnesium-and-mind/"


@pytest.fixture(autouse=True)
def _own_data_directory(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


def files(client: Client) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body(client, ZIP))) as archive:
        assert archive.testzip() is None
        return {name.removeprefix(TOP): archive.read(name) for name in archive.namelist()}


def database(client: Client, tmp_path: Path) -> sqlite3.Connection:
    path = tmp_path / "opened.db"
    path.write_bytes(files(client)["magnesium-and-mind.db"])
    return sqlite3.connect(path)


def test_zip_holds_database_tables_citations_and_hashes(first_edition, client) -> None:
    found = files(client)
    tables = [source.table.name for source in edition_sources()]

    assert set(found) == {
        "README.md",
        "metadata.json",
        "studies.ris",
        "magnesium-and-mind.db",
        "SHA256SUMS",
        *(f"csv/{table}.csv" for table in tables),
    }
    sums = dict(reversed(line.split("  ")) for line in found["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items() if name != "SHA256SUMS"
    }
    readme = found["README.md"].decode()
    assert all(f"`{column.name}`" in readme for source in edition_sources() for column in source.table.columns)
    assert "Licence: not stated by the owner." in readme


@pytest.mark.parametrize("kind", ["studies", "forms", "mechanisms", "outcomes", "claims"])
def test_list_in_the_zip_is_the_list_of_the_site(first_edition, client, kind: str) -> None:
    assert files(client)[f"csv/{kind}.csv"] == body(client, f"/{kind}.csv")


def test_ris_in_the_zip_is_that_of_the_site(first_edition, client) -> None:
    assert files(client)["studies.ris"] == body(client, "/studies.ris")


def test_database_holds_the_same_as_the_csv_and_its_keys_lead_somewhere(first_edition, client, tmp_path) -> None:
    found, opened = files(client), database(client, tmp_path)

    assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    for source in edition_sources():
        name = source.table.name
        rows = list(csv.DictReader(io.StringIO(found[f"csv/{name}.csv"].decode("utf-8-sig"), newline="")))
        kept = opened.execute(f'SELECT * FROM "{name}"').fetchall()
        assert len(rows) == len(kept), name
        for row, stored in zip(rows, kept, strict=True):
            for column, value in zip(source.table.columns, stored, strict=True):
                assert (row[column.name] == "") == (value is None or value == "[]"), (name, column.name)
                if column.holds == "number" and value is not None:
                    assert float(row[column.name]) == value
    assert opened.execute("SELECT count(*) FROM studies").fetchone()[0] == Study.objects.published().count()
    assert opened.execute("SELECT value FROM about WHERE name = 'licence'").fetchone() == ("not stated by the owner",)
    meant = opened.execute("SELECT count(*) FROM columns WHERE meaning IS NULL OR meaning = ''").fetchone()
    assert meant == (0,)


def test_datasette_is_told_what_columns_mean(first_edition, client) -> None:
    said = json.loads(files(client)["metadata.json"])["databases"]["magnesium-and-mind"]["tables"]

    assert said["studies"]["columns"]["dose_mg_elemental_per_day"] == "Dose of elemental magnesium"
    assert set(said) == {source.table.name for source in edition_sources()}


def test_nothing_private_is_in_the_edition(client, secret: Study, django_user_model) -> None:
    django_user_model.objects.create_user("private-editor", email="private@example.org")
    article = make.make_published_article()
    make.make_sent_reply(article=article, status="approved", name="Private", body="Private words of a reader.")
    make.make_article(title="Private draft")

    everything = b"\n".join(files(client).values()).lower()

    assert b"secret" not in everything.replace(b'"secret"', b"")
    assert b"private" not in everything
    assert b"shown2020" in everything


def test_study_made_public_is_in_the_edition(client, secret: Study) -> None:
    """So that the test before this one looks for what would be there."""
    Study.objects.filter(pk=secret.pk).update(is_public=True)
    found = files(client)

    assert {name for name, content in found.items() if b"ecret" in content} >= {
        "magnesium-and-mind.db",
        "studies.ris",
        "csv/studies.csv",
        "csv/study_results.csv",
        "csv/effects.csv",
        "csv/form_evidence.csv",
        "csv/mechanism_ladder.csv",
        "csv/outcome_notes.csv",
        "csv/claim_sources.csv",
        "csv/claim_searches.csv",
        "csv/common_claims.csv",
    }


def test_same_content_gives_the_same_bytes(first_edition, client, settings, tmp_path) -> None:
    first = body(client, ZIP)
    settings.DATA_DIR = tmp_path / "elsewhere"

    assert body(client, ZIP) == first


def test_edition_is_made_once_for_each_state_of_the_content(client, monkeypatch) -> None:
    make.make_study(slug="one")
    public_content_changed()
    made: list[Path] = []
    monkeypatch.setattr(edition, "_make", lambda *args: (made.append(args[0]), real(*args)))

    body(client, ZIP)
    body(client, "/data/")
    body(client, ZIP)
    assert len(made) == 1

    make.make_study(slug="two")
    public_content_changed()
    assert b"two" in files(client)["csv/studies.csv"]
    assert len(made) == 2
    kept = [path for path in (site.DATA_DIR / "editions").iterdir() if path.name != "lock"]
    assert kept == [made[1]]


real = edition._make


def test_page_makes_no_file(client) -> None:
    html = client.get("/data/").content.decode()

    assert "it is put together as you ask" in html
    assert f'href="{ZIP}" download>magnesium-and-mind.zip</a>' in html
    assert list((site.DATA_DIR / "editions").iterdir()) == []


def test_link_says_how_large_the_file_is_once_it_was_made(client) -> None:
    response = client.get(ZIP)
    html = client.get("/data/").content.decode()
    size = len(response.getvalue())

    assert response.headers["Content-Length"] == str(size)
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == 'attachment; filename="magnesium-and-mind.zip"'
    assert f"magnesium-and-mind.zip, {size / 1024:.1f}\xa0KB" in html
    assert client.get(ZIP, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_zip_is_sent_as_it_is_to_a_browser_that_takes_gzip(client) -> None:
    response = client.get(ZIP, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in response.headers
    assert response.getvalue()[:2] == b"PK"


def test_page_stands_without_room_for_the_file(client, settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path / "a-file"
    settings.DATA_DIR.write_text("")

    response = client.get("/data/")

    assert response.status_code == 200
    assert "cannot be put together just now" in response.content.decode()
    assert client.get(ZIP).status_code == 503


def test_page_names_every_column_with_its_meaning(client) -> None:
    page = html5lib.parse(client.get("/data/").content.decode(), namespaceHTMLElements=False)
    said = {
        details.get("id"): {
            "".join(row.find("th").itertext()): "".join(row.findall("td")[0].itertext())
            for row in details.find(".//tbody").iter("tr")
        }
        for details in page.iter("details")
        if details.find(".//tbody") is not None
    }

    for source in edition_sources():
        assert list(said[source.table.name]) == [column.name for column in source.table.columns]
        for column in source.table.columns:
            assert said[source.table.name][column.name].startswith(column.meaning)


def test_examples_on_the_page_find_something(first_edition, client) -> None:
    html = client.get("/data/").content.decode()
    examples = set(re.findall(r'href="(/[a-z/]+\.csv\?[^"]+)"', html))

    assert examples
    assert all(csv_rows(client, example.replace("&amp;", "&")) for example in examples)


def test_units_stand_in_the_names_of_doses() -> None:
    doses = [c for source in edition_sources() for c in source.table.columns if c.unit == "mg a day"]

    assert doses
    assert [column.name for column in doses if "mg_" not in column.name or not column.name.endswith("per_day")] == []


def test_every_public_kind_of_record_is_in_the_edition_but_crisis_lines() -> None:
    left_out = {"crisis-lines"}
    tables = {source.table.name for source in edition_sources()}

    assert {kind.replace("-", "_") for kind in KINDS if kind not in left_out} <= tables
    assert "crisis_lines" not in tables
