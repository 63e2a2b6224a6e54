"""`/.well-known/security.txt` says what RFC 9116 asks for, from the owner's own entry, or is not there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from articles.models import SiteOwner
from forms_catalog.actions import public_content_changed
from mgsite import checks
from mgsite.pages.security import expires

pytestmark = pytest.mark.django_db

ADDRESS = "/.well-known/security.txt"


def fields(client: Client) -> list[tuple[str, str]]:
    response = client.get(ADDRESS)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return [
        (name, value) for name, _, value in (line.partition(": ") for line in response.content.decode().splitlines())
    ]


def test_without_a_contact_there_is_none_and_the_owner_is_reminded(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404
    assert [found.id for found in checks.weaknesses_can_be_reported()] == ["mgsite.W003"]
    SiteOwner.objects.create(email="no address")
    assert client.get(ADDRESS).status_code == 404
    SiteOwner.objects.update(email="ada@m.example")
    assert checks.weaknesses_can_be_reported() == []


def test_it_names_the_owners_contact_and_when_it_ends(client: Client, settings) -> None:
    SiteOwner.objects.create(email="ada+%web@m.example")
    said = fields(client)
    assert [name for name, _ in said] == ["Contact", "Expires", "Preferred-Languages"]
    assert dict(said)["Contact"] == "mailto:ada+%25web@m.example"
    settings.HTTPS, settings.SITE_URL = True, "https://m.example"
    public_content_changed()
    secure = fields(client)
    assert ("Contact", "https://m.example/about/contact/") in secure
    assert ("Canonical", f"https://m.example{ADDRESS}") in secure
    ends = datetime.fromisoformat(dict(secure)["Expires"])
    assert timedelta() < ends - datetime.now(UTC) <= timedelta(days=366)


@given(st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2999, 1, 1), timezones=st.just(UTC)))
def test_it_never_says_that_it_is_over_and_never_more_than_a_year(now: datetime) -> None:
    assert timedelta(days=270) < expires(now) - now <= timedelta(days=366)
