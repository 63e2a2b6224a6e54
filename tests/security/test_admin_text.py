"""Hostile titles, standfirsts and bylines stay text, in the admin and before readers."""

from pathlib import Path

import pytest
from django.test import Client

from articles.models import Article
from tests.factories import make_published_article
from tests.inline_code import inline_code

pytestmark = pytest.mark.django_db

CORPUS = Path(__file__).parent / "corpus" / "xss.txt"
TEXTS = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
SPECIAL = set("<>\"'")


def publish(text: str) -> Article:
    return make_published_article(title=text[:200], standfirst=text[:600], byline=text[:200], reviewer=text[:200])


def told_apart(html: str, texts: list[str]) -> list[str]:
    """Texts with special characters that stand in a page just as they were typed."""
    return [text for text in texts if set(text[:200]) & SPECIAL and len(text) > 3 and text[:200] in html]


def assert_inert(html: str, texts: list[str]) -> None:
    assert told_apart(html, texts) == []
    assert inline_code(html) == []


def test_the_corpus_is_there() -> None:
    assert len(TEXTS) > 100


def test_lists_show_hostile_titles_as_text(admin_client: Client) -> None:
    for text in TEXTS:
        publish(text)
    pages = [admin_client.get("/admin/articles/article/", {"p": number}) for number in (1, 2, 3, 4)]
    for page in [*pages, admin_client.get("/articles/")]:
        assert page.status_code == 200
        assert_inert(page.content.decode(), TEXTS)


@pytest.mark.parametrize("text", TEXTS[::12])
def test_pages_of_one_article_show_hostile_words_as_text(admin_client: Client, text: str) -> None:
    article = publish(text)
    base = f"/admin/articles/article/{article.pk}"
    public = article.get_absolute_url()
    for address in (f"{base}/change/", f"{base}/delete/", f"{base}/history/", public, f"{public}history/"):
        answer = admin_client.get(address)
        assert answer.status_code == 200
        assert_inert(answer.content.decode(), [text])


@pytest.mark.parametrize("text", TEXTS[::12])
def test_messages_about_hostile_titles_are_text(admin_client: Client, text: str) -> None:
    article = publish(text)
    fields = ("title", "slug", "standfirst", "byline", "reviewer", "body", "status", "version")
    data = {name: getattr(article, name) for name in fields} | {"body": f"Words.\n\n[@{text}]\n\n{text}\n"}
    address = f"/admin/articles/article/{article.pk}/change/"
    page = admin_client.post(address, data | {"_publish": "1", "change_note": text[:300]}, follow=True)
    assert page.status_code == 200
    assert inline_code(page.content.decode()) == []
