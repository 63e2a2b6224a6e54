"""What of articles and replies can be found: the versions readers see, their sections, and approved replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import cast

from django.utils.html import strip_tags
from django.utils.timezone import localdate

from articles import passages
from articles.models import Article, Reply, Revision
from articles.passages import Section, sections
from mgsite.index.keeping import RULE_FILES, follow
from mgsite.index.models import Document
from mgsite.index.sources import Entry, Source, contribute
from mgsite.markup import MarkupError


def hand_in() -> None:
    """Let the index know the tables of this app."""
    RULE_FILES.update({Path(__file__), Path(passages.__file__)})
    contribute(
        Source("article", Article, lambda: Article.objects.published().select_related("live"), _article),
        Source("reply", Reply, lambda: Reply.objects.visible().select_related("article"), _reply, teaches=False),
    )


def follow_article(article: Article) -> None:
    """Let the index follow an article, and the replies that come and go with it. Inside the change's transaction."""
    follow(model=Article, keys=[article.pk])
    follow(model=Reply, keys=_replies_out_of_step(article))


def follow_replies(keys: Iterable[int]) -> None:
    """Let the index follow replies that were decided about or erased. Inside the change's transaction."""
    follow(model=Reply, keys=keys)


def _replies_out_of_step(article: Article) -> set[int]:
    """Replies that are to be found and are not, or the other way about; none while the article only changes."""
    public = set(Reply.objects.visible().filter(article=article).values_list("pk", flat=True))
    every = Reply.objects.filter(article=article).values("pk")
    found = set(Document.objects.filter(kind="reply", record__in=every).values_list("record", flat=True))
    return public ^ found


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
