"""Feeds of replies. A reader of feeds that names what it has gets an empty 304."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles import feeds
from articles.models import Article
from articles.subjects import subject_at
from forms_catalog.caching import public_page


@public_page
def article_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest replies to an article; a former address leads to the present one."""
    article: Article | None = subject_at("articles", slug)
    if article is None:
        raise Http404
    if article.slug != slug:
        return redirect("articles:feed-article-replies", article.slug, permanent=True)
    return HttpResponse(feeds.article_feed(article), content_type=feeds.TYPE)


@public_page
def site_feed(request: HttpRequest) -> HttpResponse:
    """The newest replies to anything."""
    return HttpResponse(feeds.site_feed(), content_type=feeds.TYPE)
