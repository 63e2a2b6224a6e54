"""A reader's correction, from the moderator's desk to the editors', and back to the reader with credit or a reason."""

from __future__ import annotations

from collections.abc import Collection
from typing import Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.actions.deciding import Words, change_one, locked
from articles.actions.outbox import queue_outcomes
from articles.actions.replies import Person
from articles.models import (
    Correction,
    CorrectionOutcome,
    ModerationAction,
    ModerationEvent,
    Reply,
    ReplyStatus,
    Revision,
)
from articles.policies import ModerationRefused, check_correctable, check_may_moderate
from forms_catalog.actions import public_content_changed

ALREADY = "This correction was passed on or declined already."


class CorrectionDone(Exception):
    """A colleague has dealt with the correction."""


@transaction.atomic
def accept_correction(*, reply: Reply, by: Person, **words: Unpack[Words]) -> ModerationEvent:
    """Pass an approved correction on to the editors, as a task. Raises PermissionDenied, ModerationRefused."""
    return _pass_on(reply, ModerationAction.ACCEPT_CORRECTION, by=by, words=words, outcome="")


@transaction.atomic
def decline_correction(*, reply: Reply, by: Person, **words: Unpack[Words]) -> ModerationEvent:
    """Say beside an approved correction why it is not made. Raises PermissionDenied, ModerationRefused."""
    declined = CorrectionOutcome.DECLINED
    return _pass_on(reply, ModerationAction.DECLINE_CORRECTION, by=by, words=words, outcome=declined)


def _pass_on(reply: Reply, action: ModerationAction, *, by: Person, words: Words, outcome: str) -> ModerationEvent:
    moderator = check_may_moderate(by)
    stored = locked(reply, seen=ReplyStatus(reply.status), text_version=reply.text_version)
    check_correctable(stored)
    if Correction.objects.filter(reply=stored).exists():
        raise ModerationRefused(ALREADY)
    event = change_one(stored=stored, action=action, by=moderator, words=words)
    shown = {"reason": words.get("reason", ""), "message": words.get("message", "")} if outcome else {}
    correction = Correction.objects.create(
        reply=stored,
        opened_at=event.at,
        opened_by=moderator,
        outcome=outcome,
        resolved_at=event.at if outcome else None,
        resolved_by=moderator if outcome else None,
        **shown,
    )
    queue_outcomes([correction], event=event)
    return event


@transaction.atomic
def resolve_correction(
    *, correction: Correction, by: User | None, outcome: CorrectionOutcome, reason: str = "", message: str = ""
) -> None:
    """Note what editors did about a correction, in a catalog record or by declining it. Raises CorrectionDone.

    In an article a correction is made by publishing: see `credit`.
    """
    open_ones = Correction.objects.filter(pk=correction.pk, outcome="")
    now = timezone.now()
    if not open_ones.update(outcome=outcome, reason=reason, message=message, resolved_at=now, resolved_by=by):
        raise CorrectionDone("A colleague has dealt with this correction already. Nothing was changed.")
    queue_outcomes(Correction.objects.filter(pk=correction.pk), event=None)
    public_content_changed()


@transaction.atomic
def credit(*, revision: Revision, corrections: Collection[int], by: User | None) -> int:
    """Credit the published version with open corrections of its article, by their row numbers. Returns how many."""
    chosen = Correction.objects.filter(
        pk__in=corrections, outcome="", reply__thread__article=revision.article_id, reply__status=ReplyStatus.APPROVED
    )
    keys = list(chosen.values_list("pk", flat=True))
    Correction.objects.filter(pk__in=keys).update(
        outcome=CorrectionOutcome.MADE,
        revision=revision,
        message=revision.change_note,
        resolved_at=revision.created_at,
        resolved_by=by,
    )
    queue_outcomes(Correction.objects.filter(pk__in=keys), event=None)
    return len(keys)
