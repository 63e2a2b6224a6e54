"""Mails are rows first, written in the transaction of what they tell, so that an outage of mail loses nothing.

Only addresses that were confirmed get any, and no row holds a word of a reply. Sending is a command's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from articles.models import (
    Contact,
    Correction,
    MailKind,
    ModerationAction,
    ModerationEvent,
    OutboxMail,
    Reply,
    ReplyStatus,
)

GRACE = timedelta(minutes=10)
"""How long a mail waits, so that a decision that is undone at once leaves no trace in anybody's letter box."""
ASK_AGAIN_AFTER = timedelta(days=1)
MOST_QUESTIONS = 3
"""Mails to one address that ask whether it is its reader's, as long as none was answered."""
TOLD = {
    (ModerationAction.APPROVE, ReplyStatus.APPROVED),
    (ModerationAction.REJECT, ReplyStatus.REJECTED),
    (ModerationAction.HIDE, ReplyStatus.HIDDEN),
}
"""Decisions that writers hear of. Whoever sends spam is told nothing."""


def reachable() -> QuerySet[Contact]:
    """Contacts that may be written to."""
    return Contact.objects.filter(confirmed_at__isnull=False, notify=True)


def queue_mails(events: Sequence[ModerationEvent]) -> None:
    """Write the mails that tell of decisions: to the writer, and to whom an approved reply answers."""
    told = {event.reply_id: event for event in events if (event.action, event.to_status) in TOLD}
    if not told:
        return
    contacts = reachable().filter(reply__in=told).values_list("pk", "reply")
    rows = [
        _mail(MailKind.DECIDED, contact=contact, event=told[reply], key=f"decided:{told[reply].pk}")
        for contact, reply in contacts
    ]
    write([*rows, *_answers({key: event for key, event in told.items() if event.action == ModerationAction.APPROVE})])


def _answers(approvals: dict[int, ModerationEvent]) -> Iterator[OutboxMail]:
    """Mails to those who were answered, except by themselves; one for each answer, however often it is approved."""
    answers = Reply.objects.filter(pk__in=approvals, parent__contact__in=reachable())
    by_themselves = Q(writer=F("parent__writer")) & ~Q(writer="")
    for answer, contact in answers.exclude(by_themselves).values_list("pk", "parent__contact"):
        yield _mail(MailKind.ANSWERED, contact=contact, event=approvals[answer], key=f"answered:{answer}:{contact}")


def queue_outcomes(corrections: Iterable[Correction], *, event: ModerationEvent | None) -> None:
    """Write the mails that tell what became of corrections; those that are still open have nothing to tell."""
    ended = {each.reply_id: each.resolved_at for each in corrections if each.resolved_at}
    write(
        OutboxMail(
            kind=MailKind.CORRECTED,
            contact_id=contact,
            reply_id=reply,
            event=event,
            dedupe_key=f"corrected:{reply}:{contact}",
            created_at=ended[reply],
            next_try_at=ended[reply] + GRACE,
        )
        for contact, reply in (reachable().filter(reply__in=ended).values_list("pk", "reply") if ended else ())
    )


def _mail(kind: MailKind, *, contact: int, event: ModerationEvent, key: str) -> OutboxMail:
    return OutboxMail(
        kind=kind,
        contact_id=contact,
        reply_id=event.reply_id,
        event=event,
        dedupe_key=key,
        created_at=event.at,
        next_try_at=event.at + GRACE,
    )


def write(mails: Iterable[OutboxMail]) -> None:
    """Store mails; one that is there already, by its key, is not written again."""
    rows = list(mails)
    if rows:
        OutboxMail.objects.bulk_create(rows, ignore_conflicts=True)


def take_back(events: Collection[int]) -> int:
    """Remove mails about undone events that have not gone out. Returns how many."""
    return OutboxMail.objects.filter(event__in=events, attempts=0, sent_at__isnull=True).delete()[0]


def ask_for_confirmation(*, now: datetime) -> int:
    """Write the mail that asks for each new address, once. Returns how many; sending is left to the command.

    Whoever types somebody else's address shall not fill their letter box: see `_may_be_asked`.
    """
    asked = Contact.objects.filter(confirmed_at__isnull=True, notify=True).exclude(mails__kind=MailKind.CONFIRM)
    asked = asked.exclude(reply__status__in=[ReplyStatus.SPAM, ReplyStatus.ERASED, ReplyStatus.WITHDRAWN])
    mails = {
        contact.address.lower(): OutboxMail(
            kind=MailKind.CONFIRM,
            contact=contact,
            reply_id=contact.reply_id,
            dedupe_key=f"confirm:{contact.pk}",
            created_at=now,
            next_try_at=now,
        )
        for contact in asked.order_by("-pk")  # of several to one address the oldest stays
        if _may_be_asked(contact.address, now=now)
    }
    write(mails.values())
    return len(mails)


def _may_be_asked(address: str, *, now: datetime) -> bool:
    """Whether an address has not just been asked, nor often in vain, nor has said no to mail it never asked for."""
    theirs = Contact.objects.filter(address__iexact=address, confirmed_at=None)
    questions = OutboxMail.objects.filter(kind=MailKind.CONFIRM, contact__in=theirs)
    asked = list(questions.values_list("created_at", flat=True))
    just_now = any(now - at < ASK_AGAIN_AFTER for at in asked)
    return not just_now and len(asked) < MOST_QUESTIONS and not theirs.filter(notify=False).exists()
