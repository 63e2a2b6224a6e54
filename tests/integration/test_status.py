import pytest
from django.db import DatabaseError, connection
from django.test import Client


def test_healthz_asks_the_database_for_nothing(client: Client) -> None:
    response = client.get("/healthz/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_readyz_says_yes_when_the_database_answers(client: Client, db: None) -> None:
    response = client.get("/readyz/")
    assert (response.status_code, response.json()) == (200, {"ready": True})


def test_readyz_says_503_when_the_database_does_not(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable() -> None:
        raise DatabaseError("no route to postgres://u:hunter2@h")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", unreachable)
        response = client.get("/readyz/")
    assert response.status_code == 503
    assert b"hunter2" not in response.content


def test_robots_are_asked_to_leave_the_admin_and_forms_alone(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in response.content.decode()


@pytest.mark.parametrize("path", ["/healthz/", "/readyz/", "/robots.txt"])
def test_status_pages_answer_get_and_head_only(path: str, client: Client) -> None:
    assert client.post(path).status_code == 405


def test_unasked_favicon_leads_to_the_icon(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith("favicon.svg")
