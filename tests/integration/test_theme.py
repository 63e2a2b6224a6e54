"""Light, dark or the device's own colours: chosen by a form, kept in a cookie, written into each page by the server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory, override_settings

from articles.views.preferences import LONGEST_ADDRESS
from forms_catalog.caching import public_page
from mgsite.pages import errors
from mgsite.preferences import YEAR, remember
from tests.pages import FRAMED, KINDS, one_of

SWITCH = "/preferences/theme/"
HOSTILE = ["", "DARK", "dark ", "auto", "light,dark", "dark; path=/admin", "<script>", '" onload="x', "a" * 4000, "💥"]
PRESSED = re.compile(r'value="(\w+)" aria-pressed="true"')
WITHOUT_SWITCH = re.compile(r'<form class="theme-switch".*?</form>', re.DOTALL)


def reader(theme: str) -> Client:
    """A reader whose browser remembers a theme."""
    client = Client()
    client.cookies["theme"] = theme
    return client


def choose(client: Client, theme: str, next_: str = "/forms/", **headers: str) -> object:
    return client.post(SWITCH, {"theme": theme, "next": next_}, headers=headers)


def root(html: str) -> str:
    return html[html.index("<html") : html.index("<head>")].strip()


def switch_of(kind: str, theme: str) -> list[str]:
    """What is pressed on the page's switch; a card in another site's frame has none."""
    return [] if kind in FRAMED else [theme]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_server_writes_the_theme_into_every_page(kind: str, theme: str, first_edition: None) -> None:
    response = reader(theme).get(one_of(kind))
    html = response.content.decode()
    assert f'data-theme="{theme}"' in root(html)
    assert PRESSED.findall(html.partition("<footer")[2]) == switch_of(kind, theme)
    assert not response.cookies


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_choice_a_page_follows_the_device_and_sets_nothing(kind: str, first_edition: None) -> None:
    response = Client().get(one_of(kind))
    html = response.content.decode()
    assert "data-theme" not in root(html)
    assert PRESSED.findall(html.partition("<footer")[2]) == switch_of(kind, "system")
    assert not response.cookies


@pytest.mark.parametrize("kind", KINDS)
def test_each_theme_is_another_page_to_caches_and_no_other_cookie_is(kind: str, first_edition: None) -> None:
    def name(client: Client) -> str:
        return client.get(one_of(kind)).headers["ETag"]

    other = Client()
    other.cookies["other"] = "dark"
    assert name(Client()) == name(reader("system")) == name(other)
    assert len({name(reader(theme)) for theme in ("system", "light", "dark")}) == 3


def test_page_kept_in_one_theme_is_not_taken_for_the_other(db: None) -> None:
    light = reader("light").get("/forms/").headers["ETag"]
    dark = reader("dark")
    assert dark.get("/forms/", headers={"if-none-match": light}).status_code == 200
    own = dark.get("/forms/").headers["ETag"]
    again = dark.get("/forms/", headers={"if-none-match": own})
    assert again.status_code == 304
    assert "Cookie" in again.headers["Vary"]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_cookie_counts_as_none(value: str, db: None) -> None:
    everybody = Client().get("/forms/")
    header = f"theme={value}".encode("latin-1", "replace").decode("latin-1")
    response = Client().get("/forms/", headers={"cookie": header})
    if not value.startswith("dark"):  # padded or followed by more, the word is the word
        assert response.headers["ETag"] == everybody.headers["ETag"]
        assert response.content == everybody.content
    assert value == "" or "dark" in value or value not in response.content.decode()


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_choosing_is_remembered_for_a_year_and_leads_back(theme: str, client: Client, db: None) -> None:
    response = choose(client, theme, "/studies/?design=rct#theme")
    assert (response.status_code, response.headers["Location"]) == (303, "/studies/?design=rct#theme")
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["max-age"], cookie["path"], cookie["domain"]) == (theme, YEAR, "/", "")
    assert (cookie["samesite"], cookie["httponly"], cookie["secure"]) == ("Lax", True, "")
    assert PRESSED.findall(client.get("/studies/").content.decode()) == [theme]


@override_settings(HTTPS=True)
def test_cookie_travels_encrypted_where_the_site_does(client: Client, db: None) -> None:
    assert choose(client, "dark").cookies["theme"]["secure"] is True


def test_going_back_to_the_device_gives_the_page_everybody_gets(client: Client, db: None) -> None:
    everybody = Client().get("/forms/")
    choose(client, "dark")
    choose(client, "system")
    assert client.get("/forms/").content == everybody.content


@pytest.mark.parametrize("choice", HOSTILE)
def test_any_other_choice_is_refused_and_nothing_is_set(client: Client, choice: str, db: None) -> None:
    response = choose(client, choice)
    assert response.status_code == 400
    assert not response.cookies


def test_only_the_words_of_a_preference_can_be_remembered() -> None:
    with pytest.raises(ValueError, match="no choice about theme"):
        remember(public_page(lambda request: None)(RequestFactory().post("/")), name="theme", choice="off")


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_switch_takes_posts_only(client: Client, method: str, db: None) -> None:
    assert getattr(client, method)(SWITCH).status_code == 405


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_page_of_another_site_cannot_turn_the_switch(client: Client, headers: dict[str, str], db: None) -> None:
    response = choose(client, "dark", **headers)
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/x\r\nA: b", ""])
def test_switch_leads_nowhere_but_to_this_site(client: Client, address: str, db: None) -> None:
    assert choose(client, "dark", address).headers["Location"] == "/"


def test_switch_names_the_page_it_stands_on_with_its_query(db: None) -> None:
    html = Client().get("/studies/?design=rct&q=%22%3E%3Cscript%3E").content.decode()
    assert 'name="next" value="/studies/?design=rct&amp;q=%22%3E%3Cscript%3E#theme"' in html


def test_switch_on_a_page_with_a_very_long_address_leads_to_the_page_without_its_query(db: None) -> None:
    html = Client().get("/studies/?q=" + "a" * LONGEST_ADDRESS).content.decode()
    assert 'name="next" value="/studies/#theme"' in html


ERRORS = {400: errors.bad_request, 403: errors.forbidden, 404: errors.not_found, 500: errors.server_error}


@pytest.mark.parametrize("status", ERRORS)
def test_error_pages_keep_the_theme_and_the_switch(status: int, db: None) -> None:
    request = RequestFactory().get("/x/")
    request.COOKIES["theme"] = "dark"
    response = ERRORS[status](request)
    assert response.status_code == status
    assert root(response.content.decode()) == '<html lang="en-GB" data-theme="dark">'
    assert 'value="dark" aria-pressed="true"' in response.content.decode()


def test_answer_to_a_form_keeps_the_theme_but_offers_no_way_to_lose_what_was_typed(db: None) -> None:
    client = reader("dark")
    html = client.post("/articles/no-such-article/replies/", {"body": "my long text"}).content.decode()
    assert 'data-theme="dark"' in root(html)
    assert "my long text" in html
    assert "theme-switch" not in html


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_browsers_bar_takes_the_paper_of_the_theme(theme: str, db: None) -> None:
    tokens = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
    light, dark = re.search(r"--paper: light-dark\((#\w+), (#\w+)\)", tokens).groups()
    html = reader(theme).get("/forms/").content.decode()
    bars = re.findall(r'<meta name="theme-color" content="(#\w+)"', html)
    assert bars == {"light": [light], "dark": [dark], "system": [light, dark]}[theme]
    scheme = {"light": "light", "dark": "dark", "system": "light dark"}[theme]
    assert f'<meta name="color-scheme" content="{scheme}">' in html


def test_themes_differ_in_nothing_but_colours_and_the_pressed_button(first_edition: None) -> None:
    def bare(theme: str) -> str:
        html = reader(theme).get("/forms/citrate/").content.decode()
        html = WITHOUT_SWITCH.sub("", html)
        return re.sub(r'<meta name="(theme-color|color-scheme)"[^>]*>| data-theme="\w+"', "", html)

    assert re.sub(r"\s+", " ", bare("light")) == re.sub(r"\s+", " ", bare("dark"))


@pytest.mark.parametrize("address", ["/nowhere/", "/forms/nowhere/", "/media/images/nowhere.png"])
def test_no_cache_gives_an_error_page_in_one_readers_colours_to_another(address: str, client: Client, db: None) -> None:
    client.cookies["theme"] = "dark"
    response = client.get(address)
    assert response.status_code == 404
    assert b'data-theme="dark"' in response.content
    assert "no-store" in response.headers["Cache-Control"]
