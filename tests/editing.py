"""What an editor's browser sends to the admin's article pages, and what comes back."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.factories import make_user

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"


def sign_in_editor(client: Client, username: str = "ed") -> Client:
    client.force_login(make_user(username=username, groups=("Editor",)))
    return client


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(article: Article | None = None, **fields: Any) -> dict[str, Any]:
    """What the form sends for an article, with some of it typed anew."""
    stored = article or Article(slug="a-note", title="A note", standfirst="What it says.", body="Text.\n")
    data: dict[str, Any] = {
        name: getattr(stored, name)
        for name in ("title", "slug", "standfirst", "byline", "reviewer", "body", "status", "version")
    }
    data |= {"about_mood": "on", "replies_open": "on", "change_note": "", "evidence_checked_on": ""}
    return data | fields


def send(client: Client, address: str, data: dict[str, Any], *, button: str = "_save") -> Any:
    return client.post(address, data | {button: "1"})


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def fresh(article: Article) -> Article:
    return Article.objects.select_related("live").get(pk=article.pk)
