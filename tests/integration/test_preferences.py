"""The switch for the evidence marks: one cookie, two words, set by a form and by nothing else."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory, override_settings

from articles.rendering import sync_references
from forms_catalog.caching import public_page, public_page_with_marks
from mgsite.preferences import YEAR, remember
from tests.factories import make_claim, make_published_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

SWITCH = "/preferences/marks/"
HIDDEN = '<html lang="en-GB" data-marks="off">'
SAFETY = "Speak to a clinician first."
HOSTILE = ["", "OFF", "off ", "0", "true", "off; path=/admin", "<script>", '"off"', "a" * 4000, "off,on", "💥"]


@pytest.fixture
def article(db: None) -> str:
    make_claim(slug="c1", safety_flag=True, safety_note=SAFETY)
    made = make_published_article(slug="a", body="[acts like Valium](claim:c1)")
    sync_references(made)
    return made.get_absolute_url()


def switch(client: Client, choice: str, next_: str = "/articles/a/", **headers: str) -> object:
    return client.post(
        SWITCH,
        {"marks": choice, "next": next_},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def test_marks_show_until_they_are_switched_off(client: Client, article: str) -> None:
    response = client.get(article)

    page = response.content.decode()
    assert "data-marks" not in page
    assert 'aria-pressed="true" name="marks" value="off"' in page
    assert not response.cookies


def test_switching_off_hides_the_layer_and_leads_back(client: Client, article: str) -> None:
    response = switch(client, "off", "/articles/a/#marks")
    assert (response.status_code, response.headers["Location"]) == (303, "/articles/a/#marks")

    page = client.get(article).content.decode()
    assert HIDDEN in page
    assert 'aria-pressed="false" name="marks" value="on"' in page
    assert SAFETY in page


def test_switching_on_again_gives_the_page_everybody_gets(client: Client, article: str) -> None:
    everybody = Client().get(article)
    switch(client, "off")
    switch(client, "on")

    again = client.get(article)
    assert again.content == everybody.content
    assert again.headers["ETag"] == everybody.headers["ETag"]


def test_cookie_is_a_years_word_for_this_host_alone(client: Client) -> None:
    cookie = switch(client, "off").cookies["marks"]

    assert (cookie.value, cookie["max-age"], cookie["path"], cookie["domain"]) == ("off", YEAR, "/", "")
    assert (cookie["samesite"], cookie["httponly"], cookie["secure"]) == ("Lax", True, "")


@override_settings(HTTPS=True)
def test_cookie_travels_encrypted_where_the_site_does(client: Client) -> None:
    assert switch(client, "on").cookies["marks"]["secure"] is True


@pytest.mark.parametrize("choice", HOSTILE)
def test_any_other_choice_is_refused_and_nothing_is_set(client: Client, choice: str) -> None:
    response = switch(client, choice)

    assert response.status_code == 400
    assert not response.cookies


def test_only_the_two_words_can_be_remembered() -> None:
    with pytest.raises(ValueError, match="no choice"):
        remember(public_page(lambda request: None)(RequestFactory().post("/")), name="marks", choice="maybe")


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_switch_takes_posts_only(client: Client, method: str) -> None:
    response = getattr(client, method)(SWITCH)

    assert response.status_code == 405
    assert not response.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_page_of_another_site_cannot_turn_the_switch(client: Client, headers: dict[str, str]) -> None:
    response = switch(client, "off", **headers)

    assert response.status_code == 403
    assert not response.cookies


def test_own_page_can_turn_the_switch_without_a_csrf_cookie() -> None:
    client = Client(enforce_csrf_checks=True)

    assert switch(client, "off", sec_fetch_site="same-origin").status_code == 303


ELSEWHERE = [
    *("https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example"),
    *("javascript:alert(1)", "http:evil.example", "evil.example", "", " /x", "/\tx", "/\x00", "/" + "a" * 600),
    *("/x\r\nSet-Cookie: a=b", "/\n/evil.example"),
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_switch_leads_nowhere_but_to_this_site(client: Client, address: str) -> None:
    response = switch(client, "off", address)

    assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_page_is_named_by_the_choice_and_by_no_other_cookie(article: str) -> None:
    def name(**cookies: str) -> str:
        client = Client()
        for key, value in cookies.items():
            client.cookies[key] = value
        response = client.get(article)
        assert not response.cookies
        return response.headers["ETag"]

    assert name() == name(marks="on") == name(other="1") == name(sessionid="x" * 32, csrftoken="y")
    assert name(marks="off") == name(marks="off", other="1")
    assert name(marks="off") != name()


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_cookie_counts_as_none(article: str, value: str) -> None:
    everybody = Client().get(article)
    client = Client()
    response = client.get(article, headers={"cookie": f"marks={value}".encode("latin-1", "replace").decode("latin-1")})

    if value != '"off"' and not value.startswith("off"):  # a quoted or padded word is the word
        assert response.headers["ETag"] == everybody.headers["ETag"]
    assert response.content in {everybody.content, _hidden(article)}
    assert b"script>alert" not in response.content


def _hidden(article: str) -> bytes:
    client = Client()
    client.cookies["marks"] = "off"
    return bytes(client.get(article).content)


def test_caches_are_told_that_an_article_depends_on_the_choice(client: Client, article: str) -> None:
    response = client.get(article)
    assert {"Cookie", "Accept-Encoding"} <= {name.strip() for name in response.headers["Vary"].split(",")}
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"

    again = client.get(article, headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    assert "Cookie" in again.headers["Vary"]


def test_page_kept_with_marks_is_not_taken_for_the_page_without(client: Client, article: str) -> None:
    etag = client.get(article).headers["ETag"]
    switch(client, "off")

    assert client.get(article, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/articles/", "/claims/", "/claims/c1/", "/articles/a/history/"])
def test_pages_without_marks_do_not_look_at_the_choice(client: Client, article: str, address: str) -> None:
    everybody = client.get(address)
    switch(client, "off")

    chosen = client.get(address)
    assert chosen.content == everybody.content
    assert chosen.headers["ETag"] == everybody.headers["ETag"]


def test_view_that_shows_marks_may_still_not_look_at_who_is_asking() -> None:
    def personal(request):
        response = public_page(lambda inner: None)(RequestFactory().post("/"))
        response.status_code = 200
        response.set_cookie("seen", "1")
        return response

    with pytest.raises(RuntimeError, match="it sets a cookie"):
        public_page_with_marks(personal)(RequestFactory().get("/"))
