"""The log of corrections: versions of articles after their first, changes in the evidence, and what became of readers'
corrections that no version makes, newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import CharField, F, QuerySet, Value

from articles.credits import credited
from articles.models import SUBJECTS, Correction, CorrectionOutcome, Reason, Reply, Revision
from articles.models.threads import public_threads
from articles.policies import REASONS
from articles.subjects import title_of
from forms_catalog.models import EvidenceAlert, Study
from forms_catalog.queries.paging import page_of

ARTICLE, EVIDENCE, READER = "article", "evidence", "reader"
LISTED = ("number", "change_note", "created_at", "article__slug", "article__live__title")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a reader's correction that no version of an article makes."""

    made: bool
    about: Any
    """The article or record."""
    why: str
    """The reason in a sentence; empty where none was given."""
    message: str
    reply: Reply | None
    """The reply, while it is public: else nothing of it is shown."""

    @property
    def study(self) -> Study | None:
        """The study it is about, if it is one: its link says what its journal has said since."""
        return self.about if isinstance(self.about, Study) else None

    @property
    def title(self) -> str:
        """Of what it is about."""
        return title_of(self.about)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a version of an article, a change in the evidence, or an answer to a reader."""

    at: datetime
    revision: Revision | None = None
    thanked: list[Reply] = field(default_factory=list)
    alert: EvidenceAlert | None = None
    answer: Answer | None = None


def corrections_page(number: str) -> Page[Any]:
    """A page of the log, its entries as Entry, in a fixed number of queries."""
    page = page_of(log(), number)
    page.object_list = entries(list(page.object_list))
    return page


def log() -> QuerySet[Any, Any]:
    """Everything in the log as (source, key, at), newest first."""
    revisions = _dated(_revisions(), ARTICLE, "created_at")
    others = (_dated(_alerts(), EVIDENCE, "opened_at"), _dated(_answered(), READER, "resolved_at"))
    return revisions.union(*others, all=True).order_by("-at", "source", "-key")


def _revisions() -> QuerySet[Revision]:
    """Versions that replaced one readers had seen, of articles they can still see."""
    return Revision.objects.filter(number__gt=1, article__status="published")


def _alerts() -> QuerySet[EvidenceAlert]:
    """What was noticed about studies and claims that readers can see."""
    return EvidenceAlert.objects.exclude(study__is_public=False)


def _answered() -> QuerySet[Correction]:
    """Readers' corrections that were declined, or made where there are no versions, about what readers can see."""
    ended = Correction.objects.exclude(outcome="").filter(revision__isnull=True)
    return ended.filter(public_threads("reply__thread"))


def _dated(rows: QuerySet[Any], source: str, name: str) -> QuerySet[Any, Any]:
    """Rows as (source, key, at), so that three tables can stand in one order."""
    shaped = rows.order_by().annotate(source=Value(source, CharField()), key=F("pk"), at=F(name))
    return shaped.values_list("source", "key", "at")


def entries(rows: list[tuple[str, int, datetime]]) -> list[Entry]:
    """The records behind some rows, in the rows' order. Five queries at most."""
    wanted = {source: [key for kind, key, _ in rows if kind == source] for source in (ARTICLE, EVIDENCE, READER)}
    revisions = _revisions().select_related("article__live").only(*LISTED).in_bulk(wanted[ARTICLE])
    thanked = credited(wanted[ARTICLE])
    alerts = _alerts().select_related("study", "claim").in_bulk(wanted[EVIDENCE])
    answers = _answers(wanted[READER])
    build: dict[str, Callable[[int], dict[str, Any]]] = {
        ARTICLE: lambda key: {"revision": revisions[key], "thanked": thanked.get(key, [])},
        EVIDENCE: lambda key: {"alert": alerts[key]},
        READER: lambda key: {"answer": answers[key]},
    }
    return [Entry(at=at, **build[source](key)) for source, key, at in rows]


def _answers(keys: list[int]) -> dict[int, Answer]:
    """Answers by the row of their correction. Of a reply that is not public nothing is loaded but its thread."""
    things = ("reply__thread__article__live", *(f"reply__thread__{name}" for name in SUBJECTS))
    found = _answered().select_related(*things).only(*_columns()).in_bulk(keys)
    public = {reply.pk: reply for reply in Reply.objects.visible().filter(correction__in=keys)} if keys else {}
    return {key: _answer(each, reply=public.get(each.reply_id)) for key, each in found.items()}


def _columns() -> list[str]:
    things = {
        "article": ("slug", "title", "status", "live__title"),
        "claim": ("slug", "statement"),
        "form": ("slug", "name"),
        "mechanism": ("slug", "name"),
        "study": ("slug", "title", "population", "authors", "year", "publication_status"),
    }
    names = [f"reply__thread__{thing}__{column}" for thing, columns in things.items() for column in columns]
    return ["outcome", "reason", "message", "resolved_at", *names]


def _answer(correction: Correction, *, reply: Reply | None) -> Answer:
    return Answer(
        made=correction.outcome == CorrectionOutcome.MADE,
        about=correction.reply.thread.about,
        why=REASONS[Reason(correction.reason)] if correction.reason else "",
        message=correction.message,
        reply=reply,
    )
