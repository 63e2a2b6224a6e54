"""Articles as Atom, whole: the text with its marks and references, as readers see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import cast

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import Article, ArticleTask, Revision
from articles.rendering import rendering_of
from forms_catalog.actions import public_version
from forms_catalog.feed_ids import feed_ids
from forms_catalog.models import EvidenceAlert
from forms_catalog.queries.alerts import shown_alerts
from mgsite.atom import NEVER, Entry, Feed, for_readers

MOST = 20
"""Whole articles are long, and each may have to be rendered first."""
Notices = Mapping[int, list[EvidenceAlert]]


def articles_feed() -> Feed:
    """The articles whose words are newest: new ones, and new versions. Four queries when none is to be rendered."""
    ids, version = feed_ids(), public_version()
    newest = Article.objects.published().select_related("live").defer("body").order_by("-live__created_at", "-pk")
    articles = list(newest[:MOST])
    notices = _notices(articles)
    return Feed(
        id=ids("feed", "articles"),
        title=f"Articles on {settings.SITE_NAME}",
        subtitle="New articles and new versions, each claim with its checked evidence.",
        page=reverse("articles:article-list"),
        path=reverse("articles:feed-articles"),
        entries=[
            _entry(article, id=ids("article", article.pk), version=version, notices=notices) for article in articles
        ],
    )


def _entry(article: Article, *, id: str, version: int, notices: Notices) -> Entry:
    """One article. A change of the catalog that its text quotes is none of its words, so it has no part in the date."""
    revision, path = cast(Revision, article.live), article.get_absolute_url()
    shown = {
        "article": article,
        "revision": revision,
        "rendering": rendering_of(revision, version=version),
        "notices": notices.get(article.pk, ()),
    }
    return Entry(
        id=id,
        title=revision.title,
        path=path,
        author=revision.byline,
        published=article.published_at or NEVER,
        updated=max(revision.created_at, article.published_at or NEVER),
        html=for_readers(render_to_string("feeds/article.html", shown), page=settings.SITE_URL + path),
    )


def _notices(articles: list[Article]) -> Notices:
    """What each article's page tells of changes in its evidence. Two queries."""
    tasks = ArticleTask.objects.filter(article__in=articles, resolved_at__isnull=True, alert__in=shown_alerts())
    found: dict[int, list[EvidenceAlert]] = defaultdict(list)
    for task in tasks.select_related("alert__study", "alert__claim").order_by("-alert__opened_at", "-pk"):
        found[task.article_id].append(task.alert)
    return found
