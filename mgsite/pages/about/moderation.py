"""What becomes of a reply: in words that match articles.spam, and in numbers from the database."""

from statistics import median
from typing import Any

from django.db.models import Count

from articles import rates, spam
from articles.models import Actor, ModerationEvent, Reply, ReplyStatus
from mgsite.cookies import span

RECENT = 100
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


def moderation_page() -> dict[str, Any]:
    """Everything the page shows, in two queries."""
    counts = dict(Reply.objects.order_by().values_list("status").annotate(number=Count("pk")))
    return {
        "counts": [(status.label, counts.get(status.value, 0)) for status in ReplyStatus],
        "any": bool(counts),
        "wait": usual_wait(),
        "signals": list(SIGNALS.values()),
        "most_posts": rates.MOST_PER_NETWORK,
    }


def usual_wait() -> str:
    """'half of the last 60 decisions took 5 hours or less'; empty while there are too few. One query."""
    decided = ModerationEvent.objects.filter(actor=Actor.MODERATOR, from_status=ReplyStatus.PENDING)
    decided = decided.exclude(to_status=ReplyStatus.PENDING).order_by("-pk")
    waits = [(at - sent).total_seconds() for at, sent in decided.values_list("at", "reply__created_at")[:RECENT]]
    if len(waits) < ENOUGH:
        return ""
    usual = median(waits)
    return f"half of the last {len(waits)} decisions took {span(usual) if usual >= A_MINUTE else 'a minute'} or less"
