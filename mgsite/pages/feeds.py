"""The page that lists the feeds."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles import article_feed, feeds
from forms_catalog.caching import public_page


@dataclass(frozen=True, slots=True)
class Listed:
    """One feed, as the page names it."""

    title: str
    holds: str
    name: str
    """Of its address."""

    @property
    def path(self) -> str:
        """Where it is on this site."""
        return reverse(self.name)

    @property
    def address(self) -> str:
        """The whole of it: what a feed reader is given."""
        return settings.SITE_URL + self.path


FEEDS = (
    Listed(
        "Articles", "New articles and new versions, whole, with each verdict and reference.", "articles:feed-articles"
    ),
    Listed(
        "Changes of verdicts",
        "When a claim’s verdict or an outcome’s grade changes: before, after, and why.",
        "catalog:feed-verdicts",
    ),
    Listed(
        "Studies added",
        "Each new study or source, with what was read of it. One that its journal took back says so.",
        "catalog:feed-studies",
    ),
    Listed("Replies", "What readers write, once a moderator has read it. It is not evidence.", "articles:feed-replies"),
)


@public_page
def feed_list(request: HttpRequest) -> HttpResponse:
    """Every feed of the whole site, and where those of single pages are."""
    return render(request, "pages/feeds.html", {"feeds": FEEDS, "most": feeds.MOST, "most_articles": article_feed.MOST})
