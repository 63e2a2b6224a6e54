"""Replies as Atom: the newest that are public now, each under an id that never changes, its permanent address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from articles.kinds import shown_as
from articles.models import Article, ModerationAction, ModerationEvent, Reply
from articles.models.threads import SUBJECTS
from articles.policies import SWAPPING
from articles.subjects import feed_address, noun_of, thread_address, title_of
from forms_catalog.feed_ids import feed_ids
from mgsite.atom import NEVER, Entry, Feed

MOST = 50
LONG = ("article__body", "article__live__body", "article__live__rendering")
REWORDING = (*SWAPPING, ModerationAction.EDIT, ModerationAction.UNDO)
"""What may have put other words in a reply's place."""
SUBTITLE = "What readers wrote. It is not evidence."


def thread_feed(about: Any) -> Feed:
    """The newest replies to an article, claim, form, mechanism or study."""
    return Feed(
        # Not its address, which holds the slug.
        id=feed_ids()("feed", f"replies/{noun_of(about)}/{about.pk}"),
        title=f"Replies to “{title_of(about)}”",
        subtitle=SUBTITLE,
        page=thread_address(about),
        path=feed_address(about),
        began=getattr(about, "published_at", None) or NEVER,
        entries=[_entry(reply) for reply in newest_replies().to(about)[:MOST]],
    )


def site_feed() -> Feed:
    """The newest replies to anything."""
    address = reverse("articles:feed-replies")
    dates = Article.objects.published().order_by("published_at").values_list("published_at", flat=True)
    return Feed(
        id=settings.SITE_URL + address,
        title=f"Replies on {settings.SITE_NAME}",
        subtitle=SUBTITLE,
        page="/",
        path=address,
        began=dates.first() or NEVER,
        entries=[_entry(reply) for reply in newest_replies()[:MOST]],
    )


def newest_replies() -> Any:
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


def _entry(reply: Any) -> Entry:
    """One reply. Its words are as they stand on the page: they hold no address within this site."""
    label = shown_as(reply.kind)
    return Entry(
        id=settings.SITE_URL + reply.get_absolute_url(),
        title=f"{label + ': ' if label else ''}#{reply.number} on “{title_of(reply.about)}”",
        path=reply.get_absolute_url(),
        author=reply.name,
        published=reply.published_at,
        updated=reply.changed_at,
        html=reply.html,
    )
