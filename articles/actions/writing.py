"""What writers do with a reply of their own. The caller has seen the proof (`articles.writers`, `articles.tokens`)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.actions.deciding import change_one
from articles.models import Actor, ModerationAction, ModerationEvent, Reply, ReplyStatus, Triage
from articles.models.replies import TRIAGE_RANKS
from articles.policies import check_writer_may
from articles.spam import signals_of_text
from forms_catalog.models import UpperLevel
from mgsite.markup import render_reply


@transaction.atomic
def edit_reply(*, reply: Reply, body: str, triage: str = "") -> ModerationEvent:
    """Change a reply's text. Of an approved reply the new words are held until a moderator has read them.

    Raises WriterRefused. `triage`: what the new words call for; it never lowers what stands.
    """
    stored = _locked(reply)
    check_writer_may(ModerationAction.EDIT, reply=stored, answered=is_answered(stored), now=timezone.now())
    html = render_reply(body).html
    fields = _urgency(stored, triage) | {"text_version": F("text_version") + 1}
    if stored.status == ReplyStatus.APPROVED:
        fields |= {"held_body": body, "held_html": html, "held_at": timezone.now()}
    else:
        level = UpperLevel.objects.lowest_for_adults().first()
        signals = signals_of_text(stored.signals, name=stored.name, body=body, html=html, upper_level=level)
        fields |= {"body": body, "html": html, "signals": signals}
    return _change(stored, ModerationAction.EDIT, **fields)


@transaction.atomic
def withdraw_reply(*, reply: Reply) -> ModerationEvent:
    """Take a reply back. If it was public a line keeps its place, and answers stay. Raises WriterRefused."""
    stored = _locked(reply)
    check_writer_may(ModerationAction.WITHDRAW, reply=stored, answered=False, now=timezone.now())
    return _change(stored, ModerationAction.WITHDRAW, held_body="", held_html="", held_at=None)


@transaction.atomic
def appeal(*, reply: Reply, words: str, triage: str = "") -> ModerationEvent:
    """Ask once for another look at a decision: the reply waits again. Raises WriterRefused."""
    stored, now = _locked(reply), timezone.now()
    check_writer_may(ModerationAction.APPEAL, reply=stored, answered=False, now=now)
    return _change(stored, ModerationAction.APPEAL, appeal=words, appealed_at=now, **_urgency(stored, triage))


def is_answered(reply: Reply) -> bool:
    """Whether an answer to a reply is public."""
    return Reply.objects.visible().filter(parent=reply).exists()


def _locked(reply: Reply) -> Reply:
    return Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)


def _urgency(stored: Reply, triage: str) -> dict[str, Any]:
    if not triage or (stored.triage and TRIAGE_RANKS[Triage(stored.triage)] <= TRIAGE_RANKS[Triage(triage)]):
        return {}
    return {"triage": triage, "triage_since": timezone.now()}


def _change(stored: Reply, action: ModerationAction, **fields: Any) -> ModerationEvent:
    return change_one(stored=stored, action=action, actor=Actor.WRITER, words={}, **fields)
