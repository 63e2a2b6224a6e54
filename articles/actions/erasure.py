"""Erasing a reply because its writer asks for it. It cannot be taken back."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from articles.actions.deciding import change_one
from articles.models import Actor, Contact, ModerationAction, Reply

EMPTY = ("name", "body", "html", "held_body", "held_html", "sentence", "source", "appeal", "writer")
"""Columns with anything of the writer's."""


@transaction.atomic
def erase_reply(*, reply: Reply, actor: Actor = Actor.SYSTEM) -> None:
    """Empty a reply of all that came from its writer. Its row and number stay, and what was decided about it.

    Raises ModerationRefused when it is erased already.
    """
    stored = Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    Contact.objects.filter(reply=stored).delete()  # and with it the mails
    emptied: dict[str, Any] = dict.fromkeys(EMPTY, "")
    emptied |= {"signals": [], "held_at": None, "triage": "", "triage_since": None}
    change_one(stored=stored, action=ModerationAction.ERASE, actor=actor, words={}, **emptied)
