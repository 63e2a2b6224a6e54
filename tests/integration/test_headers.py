"""The headers of every public page."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from mgsite.middleware import CONTENT_SECURITY_POLICY
from tests.pages import FRAMED, KINDS, one_of


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in FRAMED])
def test_a_public_page_carries_every_policy_and_no_cookie(kind: str, first_edition: None, client: Client) -> None:
    response = client.get(one_of(kind))
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Permissions-Policy" in response.headers
    assert not response.cookies


@pytest.mark.parametrize("kind", FRAMED)
def test_a_card_may_be_framed_and_is_as_strict_in_all_else(kind: str, first_edition: None, client: Client) -> None:
    response = client.get(one_of(kind))
    again = client.get(one_of(kind), headers={"if-none-match": response.headers["ETag"]})
    policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    assert (response.status_code, again.status_code) == (200, 304)
    for answer in (response, again):
        assert answer.headers["Content-Security-Policy"] == policy != CONTENT_SECURITY_POLICY
        assert "X-Frame-Options" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert not answer.cookies


@pytest.mark.parametrize("kind", KINDS)
def test_a_public_page_may_be_kept_by_any_cache(kind: str, first_edition: None, client: Client) -> None:
    response = client.get(one_of(kind))
    assert response.headers["Cache-Control"].startswith("public")
    # The colours, and an article's marks, are a reader's choice: test_theme.py, test_preferences.py.
    assert "cookie" in response.headers["Vary"].lower()


@pytest.mark.parametrize("kind", KINDS)
def test_a_public_page_seen_before_is_answered_with_304(kind: str, first_edition: None, client: Client) -> None:
    address = one_of(kind)
    etag = client.get(address, headers={"accept-encoding": "gzip"}).headers["ETag"]
    again = client.get(address, headers={"if-none-match": etag, "accept-encoding": "gzip"})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("kind", KINDS)
def test_a_signed_in_editor_gets_the_very_page_readers_get(
    kind: str, first_edition: None, client: Client, admin_client: Client, still_clock: None
) -> None:
    address = one_of(kind)
    assert admin_client.get(address).content == client.get(address).content


@pytest.mark.parametrize("cookies", [{"sessionid": "bogus"}, {"csrftoken": "bogus"}, {"sessionid": "b" * 32}])
def test_a_cookie_of_no_use_leaves_a_public_page_public(cookies: dict[str, str], client: Client, db: None) -> None:
    client.cookies.load(cookies)
    response = client.get("/forms/")
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["ETag"] == Client().get("/forms/").headers["ETag"]
    assert response.headers["Cache-Control"].startswith("public")


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY


def test_the_admin_login_carries_the_policy_too(client: Client, db: None) -> None:
    assert client.get("/admin/login/").headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=3600)
def test_an_https_site_redirects_readers_but_not_the_health_checks(client: Client, db: None) -> None:
    assert client.get("/forms/").headers["Location"].startswith("https://")
    assert client.get("/healthz/").status_code == 200
    assert client.get("/readyz/").status_code == 200


def test_an_upload_over_the_limit_is_refused_before_anyone_asks_who_sends_it(db: None) -> None:
    stranger = Client(enforce_csrf_checks=True)
    picture = SimpleUploadedFile("x.png", b"x" * (settings.UPLOAD_MAX_BYTES + 1))
    assert stranger.post("/admin/login/", {"picture": picture}).status_code == 400


def test_an_upload_within_the_limit_goes_on_to_the_usual_checks(db: None) -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post("/admin/login/", {"picture": SimpleUploadedFile("x.png", b"x")}).status_code == 403
