"""What becomes of a reply: in words that match articles.spam, and in numbers from the database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from django.db.models import Count

from articles import policies, rates, spam
from articles.actions import contacts, rewording
from articles.models import Actor, ModerationAction, ModerationEvent, Reason, Reply, ReplyStatus, Triage
from mgsite.cookies import span

RECENT = 2000
"""Events, the newest, that the numbers are worked out from: however many more there are, the page costs the same."""
WAITS = 100
"""Decisions that the usual wait is worked out from."""
ENOUGH = 5
"""Fewer decisions say nothing about the next."""

A_MINUTE = 60

SIGNALS = {
    "honeypot": "A field that people do not see was filled in.",
    "disguised link": "A link’s words name one site, and it leads to another.",
    "confusable link": "A link’s address may be mistaken for another.",
    "fast": f"It was sent less than {spam.HASTE_SECONDS} seconds after the form was opened.",
    "rate": f"More than {spam.MANY_ATTEMPTS} posts came from the same network within the hour.",
    "links": f"It has {spam.MANY_LINKS} or more links.",
    "repeated": "The same text was sent before within a day.",
    "mixed scripts": "The name mixes alphabets within a word.",
    "crowded": "Unusually many replies came in within the hour.",
    "stopping a medicine": "It speaks of stopping or replacing a medicine.",
    "high dose": "It names more milligrams than an upper level for adults in our catalog.",
    "lithium": "It speaks of lithium.",
    "kidneys": "It speaks of kidneys.",
    "listed word": "It has a word or phrase from a list of what spam sells.",
    "capitals": "It is written mostly in capitals.",
}
"""Every sign that articles.spam can find, in words for readers."""


AGAINST = (ReplyStatus.REJECTED, ReplyStatus.SPAM, ReplyStatus.HIDDEN)
TAKEN_BACK = (ModerationAction.UNDO, ModerationAction.REOPEN)
DECLINING = (ModerationAction.DECLINE_CORRECTION, ModerationAction.DECLINE_EDIT)


@dataclass(frozen=True, slots=True)
class Done:
    """One event, as far as numbers need it."""

    reply: int
    action: ModerationAction
    actor: Actor
    reason: str
    before: str
    after: str
    at: datetime
    sent: datetime
    undone: bool


def moderation_page() -> dict[str, Any]:
    """Everything the page shows, in two queries.

    One counts replies along an index of their states, the other reads the newest events along theirs.
    """
    counts = dict(Reply.objects.order_by().values_list("status").annotate(number=Count("pk")))
    done = newest_done()
    return {
        "counts": [(status.label, counts.get(status.value, 0)) for status in ReplyStatus],
        "any": bool(counts),
        "wait": usual_wait(done),
        "signals": list(SIGNALS.values()),
        "most_posts": rates.MOST_PER_NETWORK,
        "recent": RECENT,
        **rules(),
        **tallies(done),
    }


def last_done() -> str:
    """How far replies and what was done about them have come: with either, the numbers change."""
    newest = ModerationEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"{newest} {Reply.objects.order_by('-pk').values_list('pk', flat=True).first()}"


def rules() -> dict[str, Any]:
    """The rules in force, from the code that keeps them."""
    return {
        "reasons": list(policies.REASONS.values()),
        "edit_for": span(policies.EDIT_FOR.total_seconds()),
        "former_words": span(rewording.KEPT_FOR.total_seconds()),
        "address_kept": span(contacts.KEPT_AFTER_CLOSING.total_seconds()),
        "triage": [level.label for level in Triage],
    }


def newest_done() -> list[Done]:
    """What was done last, newest first. One query."""
    columns = ("reply_id", "action", "actor", "reason", "from_status", "to_status", "at", "reply__created_at")
    rows = ModerationEvent.objects.order_by("-at", "-pk").values_list(*columns, "undone_by__pk")[:RECENT]
    return [
        Done(reply, ModerationAction(action), Actor(actor), reason, before, after, at, sent, undoing is not None)
        for reply, action, actor, reason, before, after, at, sent, undoing in rows
    ]


def tallies(done: list[Done]) -> dict[str, Any]:
    """Decisions against replies by reason, decisions taken back, and what appeals came to."""
    decisions = [each for each in done if _decides(each)]
    reasons = Counter(each.reason for each in decisions if _against(each))
    appeals = [each for each in done if each.action == ModerationAction.APPEAL]
    return {
        "decisions": len(decisions),
        "by_reason": [(said(reason), number) for reason, number in reasons.most_common()],
        "reversals": sum(each.action in TAKEN_BACK and each.actor == Actor.MODERATOR for each in done),
        "appeals": len(appeals),
        "granted": granted(done),
    }


def _decides(done: Done) -> bool:
    """Whether a moderator decided something: not what only takes a decision back, or changes nothing for the writer."""
    decided = done.after != done.before or done.action in DECLINING
    return decided and done.actor == Actor.MODERATOR and done.action not in TAKEN_BACK


def _against(done: Done) -> bool:
    return not done.undone and (done.after in AGAINST or done.action in DECLINING)


def said(reason: str) -> str:
    """A reason as its writer reads it."""
    return policies.REASONS[Reason(reason)] if reason else policies.NO_REASON


def granted(done: Iterable[Done]) -> int:
    """Replies that were published after their writer appealed."""
    appealed: set[int] = set()
    published: set[int] = set()
    for each in sorted(done, key=lambda event: event.at):
        if each.action == ModerationAction.APPEAL:
            appealed.add(each.reply)
        elif each.reply in appealed:
            (published.add if each.after == ReplyStatus.APPROVED else published.discard)(each.reply)
    return len(published)


def usual_wait(done: Iterable[Done]) -> str:
    """'half of the last 60 decisions took 5 hours or less'; empty while there are too few."""
    first = [each for each in done if _decides(each) and each.before == ReplyStatus.PENDING]
    waits = [(each.at - each.sent).total_seconds() for each in first[:WAITS]]
    if len(waits) < ENOUGH:
        return ""
    usual = median(waits)
    return f"half of the last {len(waits)} decisions took {span(usual) if usual >= A_MINUTE else 'a minute'} or less"
