"""Replies as data: what readers may see of them, and nothing else about who wrote them.

One that was urgent stays out, though its moderator published it, as it does in feeds. What was hidden, withdrawn or
erased is not even a number here. Pages are cut by number, never counted (ADR 15).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When

from articles.kinds import shown_as
from articles.models import SUBJECTS, Reference, Reply, ReplyKind, ReplyStatus
from articles.subjects import LONGEST_NUMBER, form_address, noun_of, thread_address, title_of
from articles.thread_pages import PER_PAGE
from forms_catalog.exports.about import about as said_of
from forms_catalog.exports.about import columns_in_words
from forms_catalog.exports.columns import Table, address, data_address, key, moment, number, text, word
from forms_catalog.exports.links import Links, full, links_of
from forms_catalog.queries.filters import LONGEST_ECHO, clean_text
from mgsite.markup.absolute import absolute

NOTE = "What readers wrote. It is not evidence, and changes no grade."
NO_SUCH_PLACE = "There is no reply after “{asked}” here, so this is the {which} page."
LONG = ("thread__article__body", "thread__article__live__body", "thread__article__live__rendering")

REPLIES = Table(
    "replies",
    "Replies of readers",
    (
        text("reply", "Key of the reply, and the last part of its address", "public_id"),
        address("reply"),
        data_address(),
        text("about_kind", "What it is about: article, claim, form, mechanism or study", lambda row: row.thread.kind),
        text("about", "Key of that", lambda row: row.about.slug),
        number("number", "Place in its thread: the 7 of “#7”"),
        text("name", "The name its writer wants to be shown"),
        word("kind", "What it is, as its writer says; null: not said", ReplyKind),
        text("shown_as", "What readers are told of that kind", lambda row: shown_as(row.kind)),
        moment("written_at", "When it was sent", "created_at"),
        moment("published_at", "When readers first saw it"),
        number("answers", "Number of the reply it answers, while readers can see it", "", "parent_number"),
        text("answers_reply", "Key of that reply, while readers can see it", "parent_public_id"),
        key("claim", "Key of the claim whose marked sentence it speaks of", "claims", "claim_slug"),
        text("marked_words", "That sentence; null also where the article no longer has it", "phrase"),
        number("article_version", "The version of the article that its writer had read", "", "version"),
        text("sentence", "The words it mends, as quoted"),
        text("source", "The source it names"),
        text("html", "What it says, every address written in full", lambda row: _html(row)),
    ),
)


def _html(reply: Reply) -> str:
    return absolute(reply.html, site=settings.SITE_URL, page=full(reply.get_absolute_url()))


def shown_replies() -> QuerySet[Reply]:
    """Replies that leave the site as data, with what their row needs beside the thing replied to."""
    marked = Reference.objects.filter(article=OuterRef("thread__article"), claim=OuterRef("claim"))
    given = {"parent__status": ReplyStatus.APPROVED, "parent__triage": ""}
    return (
        Reply.objects.visible()
        .filter(triage="")
        .annotate(
            parent_number=Case(When(**given, then=F("parent__number"))),
            parent_public_id=Case(When(**given, then=F("parent__public_id"))),
            claim_slug=F("claim__slug"),
            phrase=Subquery(marked.values("phrase")[:1]),
            version=F("revision__number"),
        )
    )


def whole_replies() -> QuerySet[Reply]:
    """The same with what each is about, for replies to different things."""
    subjects = ("thread", "thread__article__live", *(f"thread__{name}" for name in SUBJECTS))
    return shown_replies().select_related(*subjects).defer(*LONG)


@dataclass(frozen=True, slots=True)
class Window:
    """One page of a thread. `earlier`, `later`: what `after` is on the pages beside it; None where there is none."""

    rows: list[Reply]
    earlier: str | None = None
    later: str | None = None
    notice: str = ""


def replies_document(about: Any, *, after: str) -> dict[str, Any]:
    """A page of the replies to an article or record, in order of time. `about` comes with its thread."""
    window = _window(about, after=after)
    links = _links(about, window, after=_number(after))
    said = said_of(title=f"Replies to “{title_of(about)}”", address=_address(about, _number(after)))
    said |= {
        "page": links["html"],
        "note": NOTE,
        "about": _about(about),
        "notices": [window.notice] if window.notice else [],
        "rows_on_this_page": len(window.rows),
        "page_size": PER_PAGE,
        "previous": links["prev"],
        "next": links["next"],
        "links": links,
        "columns": columns_in_words(REPLIES),
    }
    return {"metadata": said, "rows": REPLIES.rows(window.rows)}


def reply_document(reply: Reply) -> dict[str, Any]:
    """One reply."""
    path = reply.get_absolute_url()
    said = said_of(title=f"Reply #{reply.number} to “{title_of(reply.about)}”", address=f"{path[:-1]}.json")
    links = links_of(address=f"{path[:-1]}.json", page=path, thread=_address(reply.about, ""))
    columns = {REPLIES.name: columns_in_words(REPLIES)}
    said |= {"page": full(path), "note": NOTE, "about": _about(reply.about), "links": links, "columns": columns}
    return {"metadata": said, "record": REPLIES.row(reply), "parts": {}}


def _about(about: Any) -> dict[str, str]:
    path = about.get_absolute_url()
    return {"kind": noun_of(about), "key": about.slug, "address": full(path), "json": full(f"{path[:-1]}.json")}


def _window(about: Any, *, after: str) -> Window:
    thread = getattr(about, "thread", None)
    if thread is None or not thread.last_number:
        return Window([], notice=_notice(after, "first") if after else "")
    start = int(_number(after) or 0)
    every = shown_replies().filter(thread=thread)
    found = list(every.filter(number__gt=min(start, thread.last_number)).order_by("number")[: PER_PAGE + 1])
    rows = found[:PER_PAGE]
    notice = _notice(after, "first") if after and not _number(after) else ""
    if not found and start:
        rows, notice = list(reversed(every.order_by("-number")[:PER_PAGE])), _notice(after, "last")
    setattr(thread, noun_of(about), about)
    for row in rows:
        row.thread = thread
    return Window(
        rows,
        earlier=_earlier(every, rows[0].number) if rows and start else None,
        later=str(rows[-1].number) if len(found) > PER_PAGE else None,
        notice=notice,
    )


def _notice(after: str, which: str) -> str:
    return NO_SUCH_PLACE.format(asked=clean_text(after)[:LONGEST_ECHO], which=which)


def _number(after: str) -> str:
    """The number asked for; empty for anything else."""
    return after if after.isascii() and after.isdigit() and len(after) <= LONGEST_NUMBER else ""


def _earlier(every: QuerySet[Reply], first: int) -> str | None:
    """After which number the page begins that ends above `first`."""
    above = list(every.filter(number__lt=first).order_by("-number").values_list("number", flat=True)[: PER_PAGE + 1])
    if not above:
        return None
    return str(above[PER_PAGE]) if len(above) > PER_PAGE else ""


def _address(about: Any, after: str | None) -> str:
    """Of a page of the thread."""
    return f"{form_address(about)[:-1]}.json{f'?after={after}' if after else ''}"


def _links(about: Any, window: Window, *, after: str) -> Links:
    query = f"?after={after}" if after else ""
    here = links_of(address=_address(about, after), page=f"{thread_address(about)}{query}#replies")
    beside = {"first": "", "prev": window.earlier, "next": window.later}
    return here | {name: full(_address(about, where)) if where is not None else None for name, where in beside.items()}
