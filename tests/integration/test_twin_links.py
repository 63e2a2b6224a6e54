"""How pages and JSON name each other, and what is said where there is nothing."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forms_catalog.exports.links import LONGEST_HEADER
from forms_catalog.twins.twin import all_samples
from mgsite.twins import twin_of
from tests import factories as make
from tests.downloads import document

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("address", "twin"),
    [
        ("/studies/?design=rct&page=2", "/studies.json?design=rct"),
        ("/studies/?page=2&design=rct", "/studies.json?design=rct"),
        ("/studies/?page=2", "/studies.json"),
        ("/claims/c1/replies/?after=50", "/claims/c1/replies.json?after=50"),
        ("/forms/compare/?form=oxide&form=citrate", "/forms/compare.json?form=oxide&form=citrate"),
        (f"/studies/?q={'x' * 500}", "/studies.json"),
        ("/", ""),
        ("/about/", ""),
        ("/data/", ""),
        ("/studies.json", ""),
        ("/nowhere/", ""),
        ("/admin/articles/article/", ""),
        ("/replies/passport/secret/replies/", ""),
    ],
)
def test_a_page_names_its_twin_with_the_same_query(address: str, twin: str) -> None:
    assert twin_of(RequestFactory().get(address)) == twin
    assert twin_of(RequestFactory().post(address)) == ""


def test_a_query_is_written_as_an_address_may_be() -> None:
    asked = RequestFactory().get("/studies/", QUERY_STRING='q=a b"<c>')

    assert twin_of(asked) == "/studies.json?q=a%20b%22%3Cc%3E"


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=60)
    | st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(str.encode)
)
def test_no_query_breaks_out_of_the_link(client: Client, raw: bytes) -> None:
    html = client.get("/glossary/", QUERY_STRING=raw.decode("latin-1")).content.decode()
    if '<link rel="alternate"' not in html:
        assert "We could not read that request" in html
        return
    (link,) = re.findall(r'<link rel="alternate" type="application/json" href="([^"<>\s]*)">', html)
    assert link.startswith("/glossary.json")


@pytest.mark.parametrize("address", ["/nowhere/", "/forms/none/", "/articles/none/"])
def test_a_page_that_is_not_there_names_no_twin(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert "application/json" not in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/nowhere.json", "/forms/none.json", "/articles/none.json", "/claims/none/replies.json"]
)
def test_json_that_is_not_there_is_refused_in_json(client: Client, address: str) -> None:
    response = client.get(address, headers={"Origin": "https://elsewhere.example"})

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "no-store" in response.headers["Cache-Control"]
    assert json.loads(response.content) == {
        "error": "There is nothing for readers at this address.",
        "status": 404,
        "documentation": f"{SITE}/data/",
    }
    assert "<html" in client.get(address.removesuffix(".json") + "/").content.decode()


def test_a_failure_is_json_too_where_json_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("articles.views.data.article_series", broken)
    response = Client(raise_request_exception=False).get("/articles.json")

    assert (response.status_code, json.loads(response.content)["error"]) == (500, "Something broke on our side.")


def test_pages_of_a_list_are_linked_in_body_and_header(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms_catalog.exports.json_format.PER_PAGE", 2)
    for year in range(2001, 2006):
        make.make_study(slug=f"s{year}", year=year)

    response = client.get("/studies.json?species=human&page=2")
    said = json.loads(response.content)["metadata"]

    base = f"{SITE}/studies.json?species=human"
    expected = {"first": base, "prev": base, "next": f"{base}&page=3", "last": f"{base}&page=3"}
    assert {name: said["links"][name] for name in expected} == expected
    assert said["links"]["self"] == f"{base}&page=2"
    assert said["links"]["html"] == f"{SITE}/studies/?species=human"
    assert (said["page_number"], said["page_size"], said["page_count"], said["row_count"]) == (2, 2, 3, 5)
    for name, link in expected.items():
        assert f'<{link}>; rel="{name}"' in response.headers["Link"]
    last = document(client, "/studies.json?page=99")["metadata"]
    assert last["notices"] == ["There is no page “99” of this list, so this is page 3 of 3."]
    assert last["links"]["next"] is None


def test_a_header_that_proxies_would_choke_on_is_left_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms_catalog.exports.json_format.PER_PAGE", 1)
    for number in range(3):
        make.make_study(slug=f"s{number}", title="ḿ" * 100)

    short, long = (client.get("/studies.json", {"q": "ḿ" * length, "page": "2"}) for length in (1, 100))

    assert json.loads(long.content)["metadata"]["row_count"] == 3
    assert "next" in short.headers["Link"]
    assert len(short.headers["Link"]) < LONGEST_HEADER
    assert "Link" not in long.headers


def test_a_browser_may_ask_first(client: Client) -> None:
    response = client.options("/forms.json", headers={"Origin": "https://elsewhere.example"})

    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert client.options("/forms/").status_code == 405


def test_samples_on_the_page_are_what_the_json_says(client: Client, first_edition: None) -> None:
    make.make_sent_reply(status="approved")
    with CaptureQueriesContext(connection) as questions:
        html = client.get("/data/").content.decode()
    assert len(questions) <= 12
    samples = all_samples()

    assert set(samples) == {"article", "versions", "reply", "form", "mechanism", "outcome", "study", "claim", "word"}
    for name, sample in samples.items():
        found = document(client, sample.address)
        whole = found["record"] if sample.place == "record" else found["rows"][0]
        assert {field: whole[field] for field in sample.shown} == sample.shown, name
        assert f'href="{sample.address}"' in html
        assert list(whole)[: len(sample.shown)] == list(sample.shown), name


def test_a_site_without_records_tells_of_its_data_too(client: Client) -> None:
    html = client.get("/data/").content.decode()

    assert "/articles/&lt;article&gt;.json" in html
    assert "For example" in html
