"""Replies as schema.org's Comments: those that the page shows, and of these none that was urgent.

They stand beside the replies, not in the head, so that compression finds the words twice. The kind of a reply goes with
it in the words that readers see: an experience is never handed on without "not evidence".
"""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.timezone import localtime

from articles.kinds import shown_as
from articles.linked_data.articles import KINDS
from articles.models import Article, ReplyStatus
from articles.subjects import title_of
from articles.thread_pages import ThreadPage
from forms_catalog.linked_data import Node, absolute, node


def discussion(thread: ThreadPage) -> Node | None:
    """The page with its replies; None where it has none to tell of."""
    comments = comments_of([*thread.rows, *thread.of_earlier_versions])
    if not comments:
        return None
    address = absolute(thread.url)
    if isinstance(thread.about, Article):
        return node(KINDS, {"@id": address, "comment": comments})
    about = node("Thing", {"name": title_of(thread.about), "url": absolute(thread.about.get_absolute_url())})
    return node("WebPage", {"@id": address, "url": address, "about": about, "comment": comments})


def comments_of(rows: Iterable[Any]) -> list[Node]:
    """Rows as `thread_pages` gives them. What is gone has no words, and what was urgent is not handed on."""
    told = {row.number: row for row in rows if row.status == ReplyStatus.APPROVED and not row.triage}
    return [_comment(row, parent=told.get(row.parent_number)) for row in told.values()]


def _comment(row: Any, *, parent: Any) -> Node:
    return node(
        "Comment",
        {
            **_address(row),
            "author": node("Person", {"name": row.shown_name}),
            "dateCreated": localtime(row.created_at).isoformat(timespec="seconds"),
            "genre": shown_as(row.kind),
            "text": words_of(row.shown_html),
            "parentItem": node("Comment", _address(parent)) if parent else None,
        },
    )


def _address(row: Any) -> dict[str, str]:
    address = absolute(row.get_absolute_url())
    return {"@id": address, "url": address}


def words_of(html: str) -> str:
    """The words of a reply without its marks."""
    return " ".join(unescape(strip_tags(html)).split())
