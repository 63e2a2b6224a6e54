"""Which readers a version of an article has to thank. Only replies that are public now are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from articles.models import Reply


def credited(revisions: Iterable[int]) -> dict[int, list[Reply]]:
    """Public replies whose corrections each of these versions makes, in their order. One query."""
    thanked: dict[int, list[Reply]] = defaultdict(list)
    rows = Reply.objects.visible().filter(correction__revision__in=list(revisions))
    for reply in rows.annotate(credited_in=F("correction__revision")).order_by("number"):
        thanked[reply.credited_in].append(reply)
    return dict(thanked)
