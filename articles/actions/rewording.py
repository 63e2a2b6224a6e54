"""Other words in a reply's place, decided by a moderator: a redaction, or its writer's new words.

The words replaced are kept beside it for a day (`forget_former_words`), so that a slip can be undone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Unpack

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from articles.actions.deciding import Words, change_one, locked
from articles.actions.replies import Person
from articles.models import ModerationAction, ModerationEvent, Reply, ReplyStatus, Triage
from articles.policies import SWAPPING, ModerationRefused, check_may_moderate
from mgsite.markup import REPLY_LIMIT, render_reply

MARK = "⟦removed by a moderator⟧"
"""What stands where words were redacted. It means nothing in Markdown."""
KEPT_FOR = timedelta(days=1)
NO_EDIT = "There are no new words to read. Nothing was changed."


@transaction.atomic
def redact(
    *, reply: Reply, passage: str, by: Person, text_version: int | None = None, **words: Unpack[Words]
) -> ModerationEvent:
    """Replace a passage wherever the reply has it by a mark that everyone sees.

    Raises PermissionDenied, ModerationRefused.
    """
    moderator = check_may_moderate(by)
    stored = _seen(reply, text_version)
    if stored.held_at:
        raise ModerationRefused("Its writer's new words wait. Decide about them first, then redact.")
    if not passage.strip() or passage not in stored.body:
        raise ModerationRefused("The reply does not have these words as typed. Nothing was changed.")
    body = stored.body.replace(passage, MARK)
    if len(body) > 2 * REPLY_LIMIT:
        raise ModerationRefused("This passage is too short to be replaced wherever it stands.")
    swapped = {"held_body": stored.body, "held_html": stored.html, "held_at": None}
    return _change(
        stored, ModerationAction.REDACT, moderator, words, body=body, html=render_reply(body).html, **swapped
    )


@transaction.atomic
def accept_edit(
    *, reply: Reply, by: Person, text_version: int | None = None, **words: Unpack[Words]
) -> ModerationEvent:
    """Publish the writer's new words. Raises PermissionDenied, ModerationRefused."""
    moderator = check_may_moderate(by)
    stored = _holding(reply, text_version)
    swapped = {"body": stored.held_body, "html": stored.held_html, "held_body": stored.body, "held_html": stored.html}
    return _change(stored, ModerationAction.ACCEPT_EDIT, moderator, words, held_at=None, **swapped)


@transaction.atomic
def decline_edit(
    *, reply: Reply, by: Person, text_version: int | None = None, **words: Unpack[Words]
) -> ModerationEvent:
    """Keep the reply as it is public. Raises PermissionDenied, ModerationRefused."""
    moderator = check_may_moderate(by)
    stored = _holding(reply, text_version)
    return _change(stored, ModerationAction.DECLINE_EDIT, moderator, words, held_at=None)


@transaction.atomic
def set_triage(*, reply: Reply, level: str, by: Person, **words: Unpack[Words]) -> ModerationEvent:
    """Say how urgent a reply is, or, with a blank level, that it no longer is. The clock starts anew.

    Raises PermissionDenied, ModerationRefused.
    """
    moderator = check_may_moderate(by)
    stored = _seen(reply, None)
    wanted = Triage(level).value if level else ""
    since = timezone.now() if wanted else None
    action = ModerationAction.SET_TRIAGE
    return change_one(stored=stored, action=action, by=moderator, words=words, triage=wanted, triage_since=since)


def forget_former_words(*, now: datetime) -> int:
    """Drop the words that redactions and edits replaced more than a day ago. Returns of how many replies."""
    swaps = (*SWAPPING, ModerationAction.DECLINE_EDIT, ModerationAction.UNDO)
    fresh = ModerationEvent.objects.filter(reply=OuterRef("pk"), action__in=swaps, at__gt=now - KEPT_FOR)
    old = Reply.objects.filter(~Exists(fresh), held_at__isnull=True).exclude(held_html="")
    return old.update(held_body="", held_html="")


def _seen(reply: Reply, text_version: int | None) -> Reply:
    return locked(reply, seen=ReplyStatus(reply.status), text_version=text_version or reply.text_version)


def _holding(reply: Reply, text_version: int | None) -> Reply:
    stored = _seen(reply, text_version)
    if not stored.held_at:
        raise ModerationRefused(NO_EDIT)
    return stored


def _change(stored: Reply, action: ModerationAction, by: Any, words: Words, **fields: Any) -> ModerationEvent:
    """Change the text; whoever saw it before has to read it again."""
    return change_one(stored=stored, action=action, by=by, words=words, text_version=F("text_version") + 1, **fields)
