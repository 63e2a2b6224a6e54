"""Posts from other sites' pages."""

import pytest
from django.test import RequestFactory

from articles.origin import CrossOriginRefused, check_same_origin

OWN = {"Origin": "http://testserver"}


def post(headers: dict[str, str], *, secure: bool = False):
    return RequestFactory().post("/articles/a/replies/", headers=headers, secure=secure)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        OWN,
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
    ],
)
def test_own_pages_are_let_through(headers) -> None:
    check_same_origin(post(headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:8080"},
        {"Origin": "https://testserver"},
    ],
)
def test_other_sites_are_refused(headers) -> None:
    with pytest.raises(CrossOriginRefused):
        check_same_origin(post(headers))


def test_the_site_address_is_own_behind_a_proxy_that_changes_the_host(settings) -> None:
    settings.SITE_URL = "https://magnesium.example"
    check_same_origin(post({"Origin": "https://magnesium.example"}))
    with pytest.raises(CrossOriginRefused):
        check_same_origin(post({"Origin": "http://magnesium.example"}))


def test_secure_requests_expect_a_secure_origin() -> None:
    check_same_origin(post({"Origin": "https://testserver"}, secure=True))
