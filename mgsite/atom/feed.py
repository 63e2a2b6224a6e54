"""A feed and its entries, and the file they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from mgsite.atom.text import legal

TYPE = "application/atom+xml; charset=utf-8"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. Its id never changes; `updated` moves when its words do, and then only."""

    id: str
    title: str
    path: str
    """Where it is read on this site."""
    author: str
    published: datetime
    updated: datetime
    html: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: what it is called, where it and the page it follows are, and its entries, newest first."""

    id: str
    title: str
    subtitle: str
    page: str
    path: str
    entries: Sequence[Entry]
    began: datetime = NEVER
    """When what it follows began: the date of an empty feed, so that it is one and the same each time."""

    def __str__(self) -> str:
        """The file. The site's licence is not in it: its owner has stated none."""
        written = _Written(
            title=legal(self.title),
            subtitle=legal(self.subtitle),
            link=settings.SITE_URL + self.page,
            description="",
            language="en-GB",
            author_name=settings.SITE_NAME,
            feed_url=settings.SITE_URL + self.path,
            feed_guid=self.id,
            updated=max((entry.updated for entry in self.entries), default=self.began),
        )
        for entry in self.entries:
            _add(written, entry)
        return written.writeString("utf-8")


class _Written(Atom1Feed):
    """Django's writer, whose entries hold all of the text, and whose date is that of the newest entry."""

    def root_attributes(self) -> dict[str, str]:
        """Links within this site may be written short."""
        return super().root_attributes() | {"xml:base": settings.SITE_URL}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add the whole text to an entry."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        """Worked out already."""
        updated: datetime = self.feed["updated"]
        return updated


def _add(written: _Written, entry: Entry) -> None:
    written.add_item(
        title=legal(entry.title),
        link=settings.SITE_URL + entry.path,
        description=None,  # type: ignore[arg-type]  # an entry needs no summary beside its content
        unique_id=entry.id,
        author_name=legal(entry.author),
        pubdate=entry.published,
        updateddate=entry.updated,
        categories=tuple(map(legal, entry.categories)),
        html=legal(entry.html),
    )
