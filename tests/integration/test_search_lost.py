"""The page for an address that leads nowhere searches for its words, and never fails over it."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from mgsite.index.checks import index_and_rows_agree
from mgsite.index.models import IndexState
from mgsite.search.address import words_of
from tests.contracts.test_pages import faults

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/forms/magnesim-oxide.html", "magnesim oxide"),
        ("/studies/tarleton2017x.json", "tarleton2017x"),
        ("/Articles/sleep_and%20nerves/", "sleep and 20nerves"),
        ("/", ""),
        ("/.well-known/security.txt", ""),
        ("/\x00/\u202e/", ""),
    ],
)
def test_words_of_an_address_leave_its_sections_out(path: str, words: str) -> None:
    assert words_of(path) == words


def test_a_lost_address_leads_to_what_was_meant(searchable_edition: None, client: Client) -> None:
    response = client.get("/forms/magnesim-glicinate.html")
    html = response.content.decode()
    assert response.status_code == 404
    assert faults(html) == []
    assert 'href="/forms/glycinate/"' in html
    assert 'value="magnesim glicinate"' in html


def test_where_the_catalog_answers_the_answer_is_shown(searchable_edition: None, client: Client) -> None:
    html = client.get("/depression/").content.decode()
    assert faults(html) == []
    assert 'href="/outcomes/depression/"' in html.partition("<main")[2]


@pytest.mark.parametrize(
    "path", ["/%00/", "/%ff%fe/", "/%F0%9F%98%80/", '/"><script>/', "/a%20OR/", "/" + "sleep-" * 500]
)
def test_a_hostile_address_is_lost_like_any_other(path: str, client: Client) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<script>" not in response.content.decode()


def test_without_a_database_the_page_keeps_its_fixed_ways_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(params: object) -> None:
        raise OperationalError

    monkeypatch.setattr("mgsite.search.address.search_for", gone)
    response = client.get("/forms/magnesim-oxide/")
    assert response.status_code == 404
    assert 'href="/claims/"' in response.content.decode()


def test_system_check_speaks_of_an_index_of_other_rules() -> None:
    assert index_and_rows_agree(databases=["default"]) == []
    IndexState.objects.update(rules="of old")
    (warning,) = index_and_rows_agree(databases=["default"])
    assert (warning.id, warning.hint) == ("site_index.W001", "Run manage.py rebuild_search.")
    assert index_and_rows_agree(databases=[]) == []
