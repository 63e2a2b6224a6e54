"""Two editors with the same article open: nobody overwrites anybody."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.editing import change, fresh, send, sign_in_editor, typed
from tests.factories import (
    make_article,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    return sign_in_editor(client)


@pytest.fixture
def colleague() -> Client:
    return sign_in_editor(Client(), "colleague")


def test_second_save_overwrites_nothing_and_shows_who_when_and_what(editor: Client, colleague: Client) -> None:
    article = make_article(body="One.\n\nTwo.\n\nThree.\n", title="First title")
    mine = typed(article, body="One.\n\nMine <b>two</b>.\n\nThree.\n", standfirst="My standfirst.")
    send(colleague, change(article), typed(article, body="One.\n\nTheir two.\n\nThree.\n", title="Their title"))
    answer = send(editor, change(article), mine)
    page = answer.content.decode()
    stored = fresh(article)
    assert (stored.title, stored.body) == ("Their title", "One.\n\nTheir two.\n\nThree.\n")
    assert "colleague saved this article on" in page
    assert "Mine &lt;b&gt;two&lt;/b&gt;." in page
    assert "My standfirst." in page
    differences = answer.context["adminform"].form.conflict
    assert ("theirs", "Their two.") in differences.lines
    assert ("yours", "Mine <b>two</b>.") in differences.lines
    assert ("title", "Their title") in differences.fields


def test_saving_again_after_the_comparison_goes_through(editor: Client, colleague: Client) -> None:
    article = make_article()
    mine = typed(article, body="Mine.\n")
    send(colleague, change(article), typed(article, body="Theirs.\n"))
    page = send(editor, change(article), mine)
    version = page.context["adminform"].form["version"].value()
    assert f'name="version" value="{version}"' in page.content.decode()
    assert send(editor, change(article), mine | {"version": version}).status_code == 302
    assert (fresh(article).body, fresh(article).version) == ("Mine.\n", 2)


def test_third_save_between_the_two_is_noticed_again(editor: Client, colleague: Client) -> None:
    article = make_article()
    mine = typed(article, body="Mine.\n")
    send(colleague, change(article), typed(article, body="Theirs.\n"))
    version = send(editor, change(article), mine).context["adminform"].form["version"].value()
    send(colleague, change(article), typed(fresh(article), body="Theirs again.\n"))
    send(editor, change(article), mine | {"version": version})
    assert fresh(article).body == "Theirs again.\n"


def test_publish_over_a_colleague_is_stopped_too(editor: Client, colleague: Client) -> None:
    article = make_article()
    mine = typed(article, body="Mine.\n")
    send(colleague, change(article), typed(article, body="Theirs.\n"))
    send(editor, change(article), mine, button="_publish")
    assert (fresh(article).body, fresh(article).live) == ("Theirs.\n", None)


@pytest.mark.parametrize("version", ["", "-1", "x", "99"])
def test_form_with_a_strange_version_overwrites_nothing(editor: Client, version: str) -> None:
    article = make_article(body="Stored.\n", version=3)
    send(editor, change(article), typed(article, body="Typed.\n", version=version))
    assert fresh(article).body == "Stored.\n"


def test_colleague_whose_account_is_gone_is_said_to_be(editor: Client) -> None:
    article = make_article(version=3)
    page = send(editor, change(article), typed(article, version=2)).content.decode()
    assert "someone whose account is gone saved this article" in page
    assert "The bodies are the same." in page
