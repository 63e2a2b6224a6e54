"""The editor's preview: exactly what readers will get, and nothing that runs."""

from __future__ import annotations

from typing import Any

import html5lib
import pytest
from django.test import Client
from django.urls import reverse

from articles.actions.articles import publish_article
from articles.models import Article
from articles.publication import MOST_CHARACTERS
from tests.editing import sign_in_editor, typed
from tests.factories import (
    make_article,
    make_claim,
    make_counter_search,
    make_form,
    make_study,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    return sign_in_editor(client)


def preview(client: Client, content: str) -> Any:
    return client.post(reverse("markdownx_markdownify"), {"content": content})


def between(page: str, opening: str, ending: str) -> str:
    return page[page.index(opening) : page.index(ending)]


def test_preview_is_the_published_rendering_byte_for_byte(editor: Client) -> None:
    make_study(slug="mah2021")
    make_form(slug="oxide")
    make_counter_search(claim=make_claim(slug="c1"))
    body = (
        "## A part\n\nOxide [@mah2021, p. 4] and [[form:oxide]].\n\nIt is [good for you](claim:c1).\n\n"
        "| dose | effect |\n|---|---|\n| 250 mg | none |\n\nA note.[^1]\n\n> Quoted *words*.\n\n[^1]: Its text.\n"
    )
    article = make_article(body=body)
    document = preview(editor, body).json()["html"]
    publish_article(article=article, by=None)
    page = Client().get(article.get_absolute_url()).content.decode()
    assert between(document, '<div class="prose">', "</article>") == between(page, '<div class="prose">', "</article>")
    assert "mah2021" in between(page, '<div class="prose">', "</article>")


def test_preview_lists_problems_by_line_with_suggestions(editor: Client) -> None:
    make_study(slug="mah2021")
    answer = preview(editor, "One.\n\nTwo [@mah2020].\n").json()
    [problem] = answer["problems"]
    assert (problem["line"], problem["suggestions"]) == (3, ["mah2021"])
    assert set(problem) == {"line", "text", "message", "suggestions"}
    assert answer["words"] == 2


def test_preview_saves_nothing(editor: Client) -> None:
    preview(editor, "Text.")
    assert not Article.objects.exists()


def test_preview_is_never_stored_by_a_cache(editor: Client) -> None:
    assert "no-store" in preview(editor, "Text.")["Cache-Control"]


def test_preview_without_a_text_is_told_so(editor: Client) -> None:
    answer = editor.post(reverse("markdownx_markdownify"))
    assert (answer.status_code, answer.json()) == (400, {"error": "No text came with the request."})


def test_preview_of_an_empty_text_is_an_empty_page(editor: Client) -> None:
    answer = preview(editor, "")
    assert (answer.status_code, answer.json()["problems"]) == (200, [])


def test_preview_of_too_long_a_text_is_told_so(editor: Client) -> None:
    answer = preview(editor, "a" * (MOST_CHARACTERS + 1))
    assert (answer.status_code, "longer than" in answer.json()["error"]) == (400, True)


def test_preview_of_a_text_that_cannot_be_rendered_says_why(editor: Client) -> None:
    answer = preview(editor, "[" * 3001)
    told = "The text at line 1 has more than 3,000 brackets without an empty line."
    assert (answer.status_code, answer.json()) == (400, {"error": told})


@pytest.mark.parametrize("body", ["[" * 3001, "a" * (MOST_CHARACTERS + 1)])
def test_check_without_scripts_of_a_text_that_cannot_be_rendered_is_a_page(editor: Client, body: str) -> None:
    answer = editor.post(reverse("markdownx_markdownify"), typed(body=body) | {"_check": "1"})
    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert answer.status_code == 400
    assert "brackets" in page or "longer than" in page


def test_check_without_scripts_shows_the_page_and_its_problems_and_saves_nothing(editor: Client) -> None:
    answer = editor.post(reverse("markdownx_markdownify"), typed(body="One [@nobody1900].\n") | {"_check": "1"})
    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert "Nothing was saved" in page
    assert "Line 1: " in page
    assert "nobody1900" in page
    assert not Article.objects.exists()


def test_check_by_someone_who_may_not_gets_a_page_of_ours(client: Client) -> None:
    client.force_login(make_user())
    answer = client.post(reverse("markdownx_markdownify"), {"_check": "1", "body": "Text."})
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (403, "text/html")


@pytest.mark.parametrize("body", ["<script>alert(1)</script>", "[x](javascript:alert(1))", '<img src=x onerror="a()">'])
def test_preview_holds_nothing_that_runs(editor: Client, body: str) -> None:
    document = html5lib.parse(preview(editor, body).json()["html"], namespaceHTMLElements=False)
    assert not list(document.iter("script"))
    for element in document.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
        assert "javascript:" not in "".join(element.attrib.values())
