"""The list of articles, the page of one, and deleting."""

from __future__ import annotations

import re

import html5lib
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Status
from tests.editing import ADD, LIST, change, sign_in_editor
from tests.factories import (
    make_article,
    make_published_article,
    make_sent_reply,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    return sign_in_editor(client)


# The list


def test_list_shows_what_waits_and_what_is_ahead_of_readers(editor: Client) -> None:
    ahead = make_published_article(title="Ahead")
    make_sent_reply(article=ahead)
    make_sent_reply(article=ahead)
    make_published_article(title="Level")
    make_article(title="Draft")
    Article.objects.filter(pk=ahead.pk).update(body="Newer.")
    rows = {row.title: row for row in editor.get(LIST).context["cl"].result_list}
    assert {title: (row.waiting, row.differs) for title, row in rows.items()} == {
        "Ahead": (2, True),
        "Level": (0, False),
        "Draft": (0, None),
    }
    assert f'href="{ahead.get_absolute_url()}"' in editor.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "titles"),
    [("ahead=1", {"Ahead"}), ("ahead=0", {"Level"}), ("ahead=x", {"Ahead", "Level"}), ("q=Newer", {"Ahead"})],
)
def test_list_is_narrowed(editor: Client, query: str, titles: set[str]) -> None:
    make_published_article(title="Level")
    ahead = make_published_article(title="Ahead")
    Article.objects.filter(pk=ahead.pk).update(body="Newer.")
    assert {row.title for row in editor.get(f"{LIST}?{query}").context["cl"].result_list} == titles


def test_list_keeps_its_cost_as_articles_and_replies_grow(editor: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.get(LIST)
        return len(captured)

    make_sent_reply()
    editor.get(LIST)
    before = cost()
    for _ in range(5):
        make_sent_reply()
    assert cost() == before


def test_list_never_loads_the_texts(editor: Client) -> None:
    make_published_article()
    with CaptureQueriesContext(connection) as captured:
        editor.get(LIST)
    selects = [query["sql"].split(" FROM ")[0] for query in captured if '"articles_article"' in query["sql"]]
    assert not [sql for sql in selects if re.search(r'"articles_article"\."body"(?! =| AS)', sql.split("CASE")[0])]


# The page of one article


def test_page_tells_how_many_versions_there_are(editor: Client) -> None:
    draft, public = make_article(), make_published_article()
    archived = make_published_article()
    Article.objects.filter(pk=archived.pk).update(status=Status.ARCHIVED)
    assert "Not published yet" in editor.get(change(draft)).content.decode()
    assert reverse("articles:history", args=[public.slug]) in editor.get(change(public)).content.decode()
    assert reverse("articles:history", args=[archived.slug]) not in editor.get(change(archived)).content.decode()


def test_reader_on_the_staff_reads_an_article_without_a_form(client: Client) -> None:
    reader = make_user()
    reader.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(reader)
    page = client.get(change(make_article(title="To read"))).content.decode()
    assert "To read" in page
    for name in ("_save", "_publish", "_check", "body", "version", "change_note"):
        assert f'name="{name}"' not in page


def test_moderator_opens_no_draft(client: Client) -> None:
    client.force_login(make_user(groups=("Moderator",)))
    assert client.get(change(make_article())).status_code == 403
    assert client.get(LIST).status_code == 403


def test_moderator_is_told_the_article_of_a_reply_and_led_to_its_public_page(client: Client) -> None:
    client.force_login(make_user(groups=("Moderator",)))
    reply = make_sent_reply(article=make_published_article(title="On sleep"))
    assert "On sleep" in client.get("/admin/articles/reply/").content.decode()
    page = client.get(reverse("admin:articles_reply_change", args=[reply.pk])).content.decode()
    assert f'<a href="{reply.article.get_absolute_url()}">On sleep</a>' in page


def test_editor_page_loads_our_script_and_none_of_markdownx(editor: Client) -> None:
    page = editor.get(ADD).content.decode()
    assert 'src="/static/js/markdown-editor.js" type="module"' in page
    assert "markdownx/js" not in page
    assert "markdownx/admin" not in page


def test_body_has_a_label_and_its_help(editor: Client) -> None:
    page = html5lib.parse(editor.get(ADD).content.decode(), namespaceHTMLElements=False)
    [body] = [area for area in page.iter("textarea") if area.get("name") == "body"]
    assert [label for label in page.iter("label") if label.get("for") == body.get("id")]
    ids = {element.get("id") for element in page.iter()}
    assert set(body.get("aria-describedby", "").split()) <= ids


# Deleting


def test_article_readers_have_seen_is_not_deleted_and_the_page_says_what_to_do(admin_client: Client) -> None:
    article = make_published_article()
    address = reverse("admin:articles_article_delete", args=[article.pk])
    assert "Archive it instead" in admin_client.get(address).content.decode()
    admin_client.post(address, {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": article.pk, "post": "yes"}
    assert "Archive it instead" in admin_client.post(LIST, chosen).content.decode()
    assert Article.objects.exists()


def test_draft_nobody_has_seen_is_deleted(admin_client: Client) -> None:
    article = make_article()
    admin_client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})
    assert not Article.objects.exists()
