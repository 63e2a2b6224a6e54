"""Every record and list has a twin in JSON, told of on /data/, whose fields stay as they are (ADR 20)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Reply
from forms_catalog.exports.columns import Column, Holds
from forms_catalog.models import Claim, Study
from forms_catalog.twins.metadata import METADATA
from forms_catalog.twins.twin import TWINS, Twin
from mgsite.pages.about.index import PAGES
from tests import factories as make
from tests.dom import text as words_of
from tests.downloads import document
from tests.pages import FIRST_ARTICLE, KINDS, all_of

pytestmark = pytest.mark.django_db
MOST_QUESTIONS = 12
GOLDEN = Path(__file__).with_name("twins.yaml")
ROWLESS = {
    "home": "it leads to records and is none",
    "style guide": "it shows how the site looks",
    "about": "a page of prose",
    "data": "it tells of the twins",
    "tools": "it leads to tools",
    "feeds": "it leads to feeds",
    "claim card": "another face of a claim",
    "outcome card": "another face of an outcome",
    **{f"about {page.name}": "a page of prose" for page in PAGES if page.name != "corrections"},
}
"""Pages that are no record and no list, and why."""
KEYS = {
    "article": [FIRST_ARTICLE],
    "form": ["citrate", "oxide"],
    "mechanism": ["nmda"],
    "outcome": ["depression", "sleep"],
    "study": ["tarleton2017", "abbasi2012"],
    "claim": ["c28", "c12"],
    "word": ["nmda-receptor", "upper-level"],
}
MORE = {
    "search": ["/search.json?q=magnesium+glycinate+sleep", "/search.json?q=nmda", "/search.json?q=insomnea"],
    "dose": ["/tools/dose.json?form=glycinate&amount=1500&basis=compound&per_day=2&who=pregnant"],
}


@pytest.fixture
def told(searchable_edition: None) -> None:
    """The first edition, a reply to an article and one to a claim, and entries of every sort in the log."""
    article = Article.objects.get(slug=FIRST_ARTICLE)
    first = make.make_sent_reply(article=article, status="approved", kind="question")
    make.make_sent_reply(article=article, status="approved", kind="evidence", source="10.1000/182")
    make.make_sent_reply(about=Claim.objects.get(slug="c12"), status="approved")
    make.make_verdict_change(claim=Claim.objects.get(slug="c28"))
    make.make_alert(study=Study.objects.get(slug="tarleton2017"))
    assert first.number == 1


def addresses(twin: Twin) -> list[str]:
    """Real addresses of a kind of JSON."""
    if twin.name == "reply":
        return [f"/replies/{public_id}.json" for public_id in Reply.objects.values_list("public_id", flat=True)]
    if match := re.search(r"<(\w+)>", twin.data):
        return [twin.data.replace(match[0], key) for key in KEYS[match[1]]]
    return [twin.example, *MORE.get(twin.name, [])]


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of an answer with its value; rows of a list are one place."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for each in value:
            yield from leaves(each, f"{place}[]")
    else:
        yield place, value


def fields_of(twin: Twin) -> dict[str, Column]:
    """Every field that /data/ tells of, by its place in the answer."""
    tables = {"metadata": METADATA, **twin.fields}
    return {f"{place}.{c.name}" if place else c.name: c for place, table in tables.items() for c in table.columns}


def field_at(place: str, fields: dict[str, Column]) -> str:
    """The field that tells of a place: its own, or one that has it among its parts; empty where there is none."""
    if place in fields:
        return place
    steps = re.split(r"(?=[.\[])", place)
    above = ("".join(steps[:number]) for number in range(len(steps) - 1, 0, -1))
    return next((name for name in above if name in fields and fields[name].holds == Holds.PARTS), "")


def fits(value: Any, column: Column) -> bool:
    """Whether a value is what its field is said to hold; null always is."""
    types: dict[Holds, Any] = {
        Holds.NUMBER: (int, float),
        Holds.YES_OR_NO: bool,
        Holds.LIST: list,
        Holds.PARTS: object,
    }
    if value is None or column.holds == Holds.PARTS:
        return True
    if column.holds == Holds.NUMBER and isinstance(value, bool):
        return False
    if column.holds == Holds.DATE:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))
    if column.holds == Holds.MOMENT:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00", value))
    return isinstance(value, types.get(column.holds, str))


def test_every_field_that_leaves_is_told_of_and_every_field_told_of_leaves(client: Client, told: None) -> None:
    unseen_metadata = {f"metadata.{column.name}" for column in METADATA.columns}
    for twin in TWINS.values():
        fields, seen = fields_of(twin), set()
        for address in addresses(twin):
            for place, value in leaves(document(client, address)):
                told_by = field_at(place, fields)
                holds_nothing = value in (None, [], {}) and (
                    place == "parts" or any(name.startswith(place) for name in fields)
                )
                assert told_by or holds_nothing, (address, place)
                assert not told_by or told_by != place or fits(value, fields[told_by]), (address, place, value)
                seen.add(told_by)
        unseen = {name for name in fields if name not in seen}
        unseen_metadata &= unseen
        assert {name for name in unseen if not name.startswith(("metadata.", "parts."))} - MAY_BE_EMPTY == set(), twin
    assert unseen_metadata == set()


MAY_BE_EMPTY = {
    *("review.by", "review.on"),  # no pharmacist has reviewed the list
    *("results[].sections[].title", "results[].sections[].url"),
}


def test_fields_are_those_of_the_golden_file() -> None:
    """Whatever goes, or is called or holds something else, breaks somebody's script: read ADR 20 before you edit it."""
    tables = {table.name: table for twin in TWINS.values() for table in twin.tables} | {"metadata": METADATA}
    now = {
        "answers": {
            twin.data: {place or "(the answer itself)": table.name for place, table in twin.fields.items()}
            for twin in TWINS.values()
        },
        "fields": {
            name: {
                column.name: f"{column.holds.value}{f', {column.unit}' if column.unit else ''}"
                for column in table.columns
            }
            for name, table in sorted(tables.items())
        },
    }
    assert now == yaml.safe_load(GOLDEN.read_text())


def test_no_two_tables_share_a_name() -> None:
    tables = [table for twin in TWINS.values() for table in twin.tables]
    named = {table.name: table for table in tables}
    assert [table.name for table in tables if named[table.name].columns != table.columns] == []


def test_every_record_and_list_has_a_twin_that_its_page_names(client: Client, told: None) -> None:
    for kind in KINDS:
        address = all_of(kind)[0]
        html = client.get(address, follow=True).content.decode()
        found = re.findall(r'<link rel="alternate" type="application/json" href="([^"]+)">', html)
        assert len(found) == (kind not in ROWLESS), (kind, found)
        for twin in found:
            response = client.get(twin.replace("&amp;", "&"))
            assert response.status_code == 200, (kind, twin)
            assert response.headers["Content-Type"] == "application/json"
            assert json.loads(response.content)["metadata"]["page"].endswith(address.split("?")[0]) or "?" in address


def test_every_kind_of_twin_answers_in_the_same_way(client: Client, told: None) -> None:
    for twin in TWINS.values():
        address = addresses(twin)[0]
        with CaptureQueriesContext(connection) as questions:
            response = client.get(address, headers={"Origin": "https://elsewhere.example"})
        assert len(questions) <= MOST_QUESTIONS, address
        said = json.loads(response.content)["metadata"]

        assert said["links"]["self"].startswith("http://127.0.0.1:8000/"), address
        assert client.get(said["links"]["self"].removeprefix("http://127.0.0.1:8000")).status_code == 200, address
        assert client.get(said["links"]["html"].removeprefix("http://127.0.0.1:8000"), follow=True).status_code == 200
        assert {"licence", "edition", "documentation", "page", "address"} <= set(said), address
        assert f'<{said["links"]["html"]}>; rel="alternate"; type="text/html"' in response.headers["Link"], address
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Access-Control-Expose-Headers"] == "ETag, Link"
        assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304, address
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b""), address
        assert client.post(address).status_code == 405
        asked = client.options(address, headers={"Access-Control-Request-Headers": "if-none-match"})
        assert (asked.status_code, asked.headers["Access-Control-Allow-Headers"]) == (204, "If-None-Match"), address
        for name, link in said["links"].items():
            assert (
                link is None
                or name in {"self", "html"}
                or client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
            )


def test_the_page_about_data_tells_of_every_twin_and_every_field(client: Client, told: None) -> None:
    html = client.get("/data/").content.decode()
    page = words_of(html)
    for twin in TWINS.values():
        assert twin.data in page, twin.data
        assert twin.holds in page, twin.holds
        for table in (*twin.tables, METADATA):
            assert f'id="{table.name}"' in html, table.name
            assert f'href="#{table.name}-caption"' in html, table.name
            for column in table.columns:
                assert f"<code>{column.name}</code>" in html, (table.name, column.name)
                assert column.meaning in page, column.meaning
