"""Replies as Atom: the newest that are public now, each under an id that never changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from articles.kinds import shown_as
from articles.models import Article, ModerationAction, ModerationEvent, Reply
from articles.models.threads import SUBJECTS
from articles.policies import SWAPPING
from articles.subjects import title_of

MOST = 50
TYPE = "application/atom+xml; charset=utf-8"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LONG = ("article__body", "article__live__body", "article__live__rendering")
REWORDING = (*SWAPPING, ModerationAction.EDIT, ModerationAction.UNDO)
"""What may have put other words in a reply's place."""


class RepliesFeed(Atom1Feed):
    """Atom whose entries hold the reply itself, and whose date is that of the newest entry."""

    def root_attributes(self) -> dict[str, str]:
        """Links within this site are written short."""
        return super().root_attributes() | {"xml:base": settings.SITE_URL}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add the whole reply to an entry."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        """When the newest entry changed; an empty feed says when what it follows began."""
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=self.feed["began"])


def article_feed(article: Article) -> str:
    """The newest replies to an article."""
    name = f"Replies to “{title_of(article)}”"
    address = reverse("articles:feed-article-replies", args=[article.slug])
    rows = _newest().filter(thread__article=article)
    began = article.published_at or NEVER
    return _feed(rows[:MOST], name=name, page=article.get_absolute_url(), address=address, began=began)


def site_feed() -> str:
    """The newest replies to anything."""
    address = reverse("articles:feed-replies")
    dates = Article.objects.published().order_by("published_at").values_list("published_at", flat=True)
    name = f"Replies on {settings.SITE_NAME}"
    return _feed(_newest()[:MOST], name=name, page="/", address=address, began=dates.first() or NEVER)


def _newest() -> Any:
    """Public replies, newest first. One that was urgent stays out of feeds, though its moderator published it."""
    reworded = ModerationEvent.objects.filter(reply=OuterRef("pk"), action__in=REWORDING).order_by("-pk")
    changed = Coalesce(Subquery(reworded.values("at")[:1]), F("published_at"), output_field=DateTimeField())
    return (
        Reply.objects.visible()
        .filter(triage="")
        .select_related("thread", "thread__article__live", *(f"thread__{name}" for name in SUBJECTS))
        .defer(*(f"thread__{name}" for name in LONG))
        .annotate(changed_at=Greatest(F("published_at"), changed))
        .order_by("-published_at", "-pk")
    )


def _feed(rows: Sequence[Any], *, name: str, page: str, address: str, began: datetime) -> str:
    feed = RepliesFeed(
        title=name,
        link=settings.SITE_URL + page,
        description="",
        subtitle="What readers wrote. It is not evidence.",
        language="en-GB",
        feed_url=settings.SITE_URL + address,
        feed_guid=settings.SITE_URL + address,
        began=began,
    )
    for reply in rows:
        _add(feed, reply)
    return feed.writeString("utf-8")


def _add(feed: RepliesFeed, reply: Any) -> None:
    """One reply; its id is its permanent address."""
    address = settings.SITE_URL + reply.get_absolute_url()
    label = shown_as(reply.kind)
    feed.add_item(
        title=f"{label + ': ' if label else ''}#{reply.number} on “{title_of(reply.about)}”",
        link=address,
        description=None,  # type: ignore[arg-type]  # an entry needs no summary beside its content
        unique_id=address,
        author_name=reply.name,
        pubdate=reply.published_at,
        updateddate=reply.changed_at,
        html=reply.html,
    )
