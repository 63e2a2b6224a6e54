"""What editors do to articles: save, publish, archive. Each is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.actions.corrections import credit
from articles.actions.evidence import join_open_alerts
from articles.actions.threads import keep_in_step
from articles.gate import Complaint
from articles.models import Article, CheckOverride, Revision, SlugRedirect, Status
from articles.publication import SetAside, check_slug_free, describe, review, still_blocking
from articles.rendering import Rendered, sync_references
from articles.search import follow_article, follow_replies, public_replies
from forms_catalog.actions import public_content_changed

Person = User | None
REVISED = ("title", "standfirst", "byline", "credentials", "reviewer", "funding", "conflicts", "body")
# Read from the article itself, not from its revision: a change of these shows at once.
SHOWN_AT_ONCE = ("slug", "about_mood", "replies_open", "evidence_checked_on", "next_check_on")
FIRST_NOTE = "First published."
NOTHING_SET_ASIDE: SetAside = {}
NOTE_MISSING = Complaint(
    line=0,
    text="",
    message="Say what changed and why: readers see it in the list of the article's versions.",
    check="change note",
    can_override=False,
)


class PublicationRefused(Exception):
    """The working copy may not be published yet."""

    def __init__(self, problems: list[Complaint], *, article: Article) -> None:
        self.problems = problems
        self.article = article
        super().__init__(" ".join(describe(problem) for problem in problems))


class EditConflict(Exception):
    """Someone saved the article after this editor opened it. `stored` is what they saved."""

    def __init__(self, stored: Article) -> None:
        self.stored = stored
        super().__init__("The article was saved by someone else meanwhile.")


def stored_article(article: Article) -> Article:
    """The article as the database has it, locked until the transaction ends. Raises EditConflict."""
    stored = Article.objects.select_for_update(of=("self",)).select_related("saved_by").get(pk=article.pk)
    if stored.version != article.version:
        raise EditConflict(stored)
    return stored


def _leave_redirect(*, article: Article, former: Article) -> None:
    """Keep an address that readers may hold; an address taken back needs no redirect."""
    SlugRedirect.objects.filter(slug=article.slug, article=article).delete()
    if former.live_id is not None and former.slug != article.slug:
        SlugRedirect.objects.create(slug=former.slug, article=article)


@transaction.atomic
def save_draft(*, article: Article, by: Person) -> None:
    """Save the working copy. `article.version` must be the version the editor started from.

    Raises EditConflict, and ValidationError for an address that leads readers elsewhere.
    """
    check_slug_free(slug=article.slug, article=article)
    former = stored_article(article) if article.pk else None
    article.version += 1
    article.saved_by = by
    article.save()
    if former is None:
        return
    keep_in_step(article)
    _leave_redirect(article=article, former=former)
    if former.status == Status.PUBLISHED and _differ(SHOWN_AT_ONCE, article, former):
        public_content_changed()
        follow_article(article)


def _differ(names: tuple[str, ...], one: Article, other: Article | Revision) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


def readers_see_it(article: Article) -> bool:
    """Whether the newest version that was published says what the working copy says."""
    return article.live is not None and not _differ(REVISED, article, article.live)


def stands_set_aside(article: Article) -> dict[tuple[str, str], str]:
    """What editors have set aside in the text readers see, with their reasons."""
    rows = CheckOverride.objects.filter(revision=article.live_id) if article.live_id else ()
    return {(row.check_name, row.subject): row.reason for row in rows}


def check_publishable(
    *, article: Article, change_note: str, set_aside: SetAside
) -> tuple[Rendered | None, list[Complaint]]:
    """The working copy as readers will get it, and the complaints that are set aside, each once.

    Raises PublicationRefused with all there is to mend, or when readers would not be told what changed.
    """
    seen_already = readers_see_it(article)
    reasons = {**stands_set_aside(article), **set_aside} if seen_already else set_aside
    rendered, complaints = review(article)
    problems = still_blocking(complaints, set_aside=reasons)
    if not change_note and not seen_already:
        problems.append(NOTE_MISSING)
    if problems:
        raise PublicationRefused(problems, article=article)
    return rendered, list({complaint.key: complaint for complaint in complaints if complaint.blocks}.values())


def _keep_overrides(*, article: Article, complaints: list[Complaint], set_aside: SetAside, by: Person) -> None:
    """Note for readers what was set aside in the version they see. What was noted before stays as it is."""
    at = timezone.now()
    CheckOverride.objects.bulk_create(
        (
            CheckOverride(
                revision=article.live,
                check_name=complaint.check,
                subject=complaint.subject,
                reason=set_aside[complaint.key].strip(),
                by=by,
                at=at,
            )
            for complaint in complaints
            if complaint.key in set_aside
        ),
        ignore_conflicts=True,
    )


def _add_revision(*, article: Article, by: Person, change_note: str, at: datetime) -> Revision:
    newest = article.revisions.aggregate(number=Max("number"))["number"] or 0
    words = {name: getattr(article, name) for name in REVISED}
    return Revision.objects.create(
        article=article, number=newest + 1, change_note=change_note, created_at=at, created_by=by, **words
    )


def _go_live(*, article: Article, by: Person, change_note: str, at: datetime | None) -> Revision | None:
    """Put the working copy before readers, as a new revision unless they see just this already."""
    revision = None
    if not readers_see_it(article):
        seen_from = at if at and article.live is None else timezone.now()
        revision = _add_revision(article=article, by=by, change_note=change_note, at=seen_from)
        article.live, article.updated_at = revision, seen_from
    article.status = Status.PUBLISHED
    article.published_at = at or article.published_at or article.updated_at
    article.save(update_fields=["status", "live", "published_at", "updated_at"])
    return revision


@transaction.atomic
def publish_article(
    *,
    article: Article,
    by: Person,
    change_note: str = "",
    at: datetime | None = None,
    set_aside: SetAside = NOTHING_SET_ASIDE,
    credits: Collection[int] = (),
) -> Revision | None:
    """Let readers see the working copy. `at` is when they first saw it, for a text from elsewhere; else now.

    `credits`: readers' corrections (rows of Correction) that the new version makes.
    Returns the new revision, or None when readers see just this already. Raises PublicationRefused.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    note = change_note.strip() or (FIRST_NOTE if article.live is None else "")
    rendered, complaints = check_publishable(article=article, change_note=note, set_aside=set_aside)
    revision = _go_live(article=article, by=by, change_note=note, at=at)
    _keep_overrides(article=article, complaints=complaints, set_aside=set_aside, by=by)
    sync_references(article, rendered=rendered)
    join_open_alerts(article=article)
    if revision is not None:
        credit(revision=revision, corrections=credits, by=by)
    public_content_changed()
    follow_article(article)
    return revision


@dataclass(frozen=True, slots=True)
class Draft:
    """A working copy that is to go live with others, and since when readers have known it."""

    article: Article
    change_note: str
    at: datetime
    set_aside: SetAside = field(default_factory=dict)


@transaction.atomic
def publish_together(drafts: Sequence[Draft]) -> None:
    """Publish articles that may refer to one another: all of them, or none. Raises PublicationRefused."""
    for draft in drafts:
        _go_live(article=draft.article, by=None, change_note=draft.change_note, at=draft.at)
    for draft in drafts:
        rendered, complaints = check_publishable(
            article=draft.article, change_note=draft.change_note, set_aside=draft.set_aside
        )
        _keep_overrides(article=draft.article, complaints=complaints, set_aside=draft.set_aside, by=None)
        sync_references(draft.article, rendered=rendered)
        join_open_alerts(article=draft.article)
    public_content_changed()
    for draft in drafts:
        follow_article(draft.article)


@transaction.atomic
def archive_article(*, article: Article, by: User) -> None:
    """Take an article from readers. Its versions, replies and former addresses stay; publishing brings it back.

    Who did it and when stands in the article's history in the admin.
    """
    replies = public_replies(article)  # while they still are
    article.status = Status.ARCHIVED
    article.save(update_fields=["status"])
    LogEntry.objects.log_actions(
        by.pk, [article], CHANGE, change_message="Archived: readers no longer see it.", single_object=True
    )
    public_content_changed()
    follow_article(article)
    follow_replies(replies)
