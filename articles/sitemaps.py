"""What of the articles is in the sitemap: each published one, with the moment readers last saw a change."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from articles.models import Article
from mgsite.sitemaps import Place, Section


def _places(start: int, end: int) -> Iterator[Place]:
    rows = Article.objects.published().order_by("pk").values_list("slug", "updated_at", "published_at")
    for slug, updated, published in rows[start:end]:
        yield Place(reverse("articles:article", args=[slug]), updated or published)


ARTICLES = Section("articles", count=lambda: Article.objects.published().count(), places=_places)
