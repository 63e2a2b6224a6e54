"""What the queue shows, as its address says it: which replies, narrowed how, and from where on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Self

from articles.models import Reply, ReplyKind, ReplyStatus
from articles.models.replies import CALM, KIND_RANKS, QUOTING, TRIAGE_RANKS, UNTYPED, ReplyQuerySet

SHOWS = {"": "Waiting", "edits": "New words", "corrections": "Corrections to pass on"}
"""Which replies: those nobody decided about, edits of public ones, and public corrections that editors have not got."""
ONLY = {"urgent": "urgent ones", "appeals": "appeals", "signals": "with signals", "calm": "without signals"}
UNTYPED_KIND = "none"
KINDS = {**{kind.value: kind.label for kind in ReplyKind}, UNTYPED_KIND: "No kind"}
MOST_DIGITS = 18
"""All our rows are numbered; a longer number is none that a database could hold."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """The address of one page of the queue. A blank field narrows nothing."""

    show: str = ""
    kind: str = ""
    only: str = ""
    writer: str = ""
    """Public id of a reply: those sent under the same capability. The digest itself stays out of addresses."""
    thread: str = ""
    """Row of a thread."""
    after: str = ""
    """Row of the reply that the page follows."""

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Self:
        """Read an address. What it cannot mean is left out."""
        given = {field.name: str(params.get(field.name, "")) for field in fields(cls)}
        return cls(**{name: value for name, value in given.items() if _can_be(name, value)})

    def to_params(self) -> dict[str, str]:
        """The parts of the address that say something."""
        return {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}

    def on_first_page(self, **changes: str) -> Self:
        """The same or another choice, from its beginning."""
        return replace(self, **({"after": ""} | changes))

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kind or self.only or self.writer or self.thread)

    def replies(self) -> ReplyQuerySet:
        """Everything the choice takes in, in the order of the queue; paging is not in it."""
        found = self._narrowed(_shown(self.show))
        if self.writer:
            sent = Reply.objects.filter(public_id=self.writer).values_list("writer", flat=True).first()
            found = found.filter(writer=sent) if sent else found.none()
        return found

    def _narrowed(self, found: ReplyQuerySet) -> ReplyQuerySet:
        if self.kind:
            found = found.filter(rank__in=ranks_of("" if self.kind == UNTYPED_KIND else self.kind))
        if self.thread:
            found = found.filter(thread=int(self.thread))
        if self.only == "urgent":
            return found.filter(rank__lt=CALM)
        if self.only == "appeals":
            return found.filter(appealed_at__isnull=False)
        if self.only == "calm":
            return found.filter(signals=[])
        return found.exclude(signals=[]) if self.only == "signals" else found


def ranks_of(*kinds: str) -> list[int]:
    """Places in the queue's order that replies of these kinds have: by them the index finds a kind."""
    levels = [*TRIAGE_RANKS.values(), CALM]
    places = {**KIND_RANKS, "": UNTYPED}
    return [level + places[kind] for level in levels for kind in kinds]


def _shown(show: str) -> ReplyQuerySet:
    if show == "edits":
        return Reply.objects.edits_waiting().order_by("rank", "created_at", "pk")
    if show == "corrections":
        approved = Reply.objects.filter(status=ReplyStatus.APPROVED, rank__in=ranks_of(*QUOTING))
        return approved.filter(correction__isnull=True).order_by("rank", "created_at", "pk")
    return Reply.objects.waiting()


def _can_be(name: str, value: str) -> bool:
    if name in ("thread", "after"):
        return value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
    if name == "writer":
        return value.replace("-", "").replace("_", "").isalnum() and value.isascii() and len(value) <= 16
    return value in {"show": SHOWS, "kind": KINDS, "only": ONLY}[name]
