"""Feeds of articles and replies. A reader of feeds that names what it has gets an empty 304.

There is no Last-Modified: a reply that is taken down changes a feed and makes its newest date older, so a date would
say "you have it" of what is there no more. The ETag cannot.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles import feeds
from articles.article_feed import articles_feed as whole_articles
from articles.subjects import feed_address, subject_at
from forms_catalog.caching import public_page
from mgsite.atom import TYPE


@public_page
def articles_feed(request: HttpRequest) -> HttpResponse:
    """The newest articles and versions, whole."""
    return HttpResponse(str(whole_articles()), content_type=TYPE)


@public_page
def thread_feed(request: HttpRequest, slug: str, section: str = "articles") -> HttpResponse:
    """The newest replies to an article or record; a former address leads to the present one."""
    about = subject_at(section, slug)
    if about is None:
        raise Http404
    if about.slug != slug:
        return redirect(feed_address(about), permanent=True)
    return HttpResponse(str(feeds.thread_feed(about)), content_type=TYPE)


@public_page
def site_feed(request: HttpRequest) -> HttpResponse:
    """The newest replies to anything."""
    return HttpResponse(str(feeds.site_feed()), content_type=TYPE)
