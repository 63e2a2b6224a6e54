"""What of articles and replies can be found: the versions readers see, their sections, and approved replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any, cast

from django.db.models.signals import post_delete, post_save
from django.utils.html import strip_tags
from django.utils.timezone import localdate

from articles import passages
from articles.models import Article, Reply, Revision
from articles.passages import Section, sections
from forms_catalog.models import Study
from mgsite.index.keeping import RULE_FILES, follow
from mgsite.index.models import Document
from mgsite.index.sources import Entry, TableSource, contribute
from mgsite.markup import MarkupError


def hand_in() -> None:
    """Let the index know the tables of this app."""
    RULE_FILES.update({Path(__file__), Path(passages.__file__)})
    contribute(
        TableSource("article", Article, lambda: Article.objects.published().select_related("live"), _article),
        TableSource("reply", Reply, lambda: Reply.objects.visible(), _reply, teaches=False),
    )
    post_delete.connect(_hear_of_deletions, sender=Reply, dispatch_uid="search_replies")
    post_save.connect(_hear_of_studies, sender=Study, dispatch_uid="search_replies_to_studies")


def _hear_of_deletions(sender: type[Reply], instance: Reply, **_: Any) -> None:
    """A reply goes with its thread, and that with the record it is about."""
    follow_replies([instance.pk])


def _hear_of_studies(sender: type[Study], instance: Study, **_: Any) -> None:
    """Replies to a study are there for readers while it is."""
    follow_replies(Reply.objects.filter(thread__study=instance).values_list("pk", flat=True))


def follow_article(article: Article) -> None:
    """Let the index follow an article, and the replies that come with it. Inside the change's transaction."""
    follow(model=Article, keys=[article.pk])
    follow_replies(_replies_that_came_back(article))


def follow_replies(keys: Iterable[int]) -> None:
    """Let the index follow replies that were decided about, erased or hidden. Inside the change's transaction."""
    follow(model=Reply, keys=keys)


def public_replies(article: Article) -> list[int]:
    """Keys of the replies that readers see under an article."""
    return list(Reply.objects.visible().to(article).values_list("pk", flat=True))


def _replies_that_came_back(article: Article) -> list[int]:
    """All public replies of an article that was away; none where it only changes.

    One of them tells for all, so that an article with a million replies is published as quickly as any.
    """
    first = Reply.objects.visible().to(article).first()
    if first is None or Document.objects.filter(kind="reply", record=first.pk).exists():
        return []
    return public_replies(article)


def _article(article: Article) -> Iterator[Entry]:
    live = cast(Revision, article.live)  # the database refuses a published article without one
    found = _sections(live.body)
    url = article.get_absolute_url()
    updated = localdate(article.updated_at) if article.updated_at else None
    yield Entry(
        key=article.slug,
        url=url,
        title=live.title,
        body="\n".join([live.standfirst, *(f"{section.heading}\n{section.words}".strip() for section in found)]),
        updated=updated,
    )
    for section in found:
        if section.anchor:
            place = f"{url}#{section.anchor}"
            yield Entry(
                key=article.slug,
                url=place,
                title=section.heading,
                body=section.words,
                part=section.anchor,
                updated=updated,
            )


def _sections(body: str) -> list[Section]:
    """None for a text that the site no longer takes; its title still leads to it."""
    try:
        return list(sections(body))
    except MarkupError:
        return []


def _reply(reply: Reply) -> Iterator[Entry]:
    day = localdate(reply.created_at)
    yield Entry(
        key=reply.public_id,
        url=reply.get_absolute_url(),
        title=f"Reply by {reply.name}",
        body=" ".join(unescape(strip_tags(reply.html)).split()),
        updated=day,
    )
