"""Where in a thread a reply stands: what it answers, and the sentence it is about. One query finds both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, OuterRef, QuerySet, Subquery

from articles.models import Article, Reference, Reply
from articles.models.replies import MOST_LEVELS


@dataclass(frozen=True, slots=True)
class Place:
    """Rows a reply points at; all of them belong to the thing replied to."""

    parent: int | None = None
    level: int = 0
    claim: int | None = None
    revision: int | None = None

    @property
    def columns(self) -> dict[str, int | None]:
        """For the reply's row."""
        return {
            "parent_id": self.parent,
            "level": self.level,
            "claim_id": self.claim,
            "revision_id": self.revision,
        }

    @property
    def as_text(self) -> str:
        """For telling whether two posts are the same."""
        return f"{self.parent}-{self.claim}" if self.parent or self.claim else ""


NOWHERE = Place()


def with_place(subjects: QuerySet[Any], *, parent: int | None = None, claim: str = "") -> QuerySet[Any]:
    """Articles or records with what `place_of` needs. `parent`: number of the reply answered; `claim`: its slug."""
    theirs = {f"thread__{subjects.model._meta.model_name}": OuterRef("pk"), "number": parent}
    answered = Reply.objects.visible().filter(**theirs).order_by() if parent else Reply.objects.visible().none()
    found = subjects.annotate(
        place_parent=Subquery(answered.values("pk")[:1]), place_level=Subquery(answered.values("level")[:1])
    )
    if subjects.model is not Article:
        return found
    marked = Reference.objects.filter(article=OuterRef("pk"), claim__slug=claim) if claim else Reference.objects.none()
    return found.annotate(place_claim=Subquery(marked.values("claim")[:1]), place_revision=F("live_id"))


def place_of(about: Model) -> Place:
    """The place of a reply to something that `with_place` loaded. What was not found there is left out."""
    level = getattr(about, "place_level", None)
    return Place(
        parent=getattr(about, "place_parent", None),
        level=0 if level is None else min(level + 1, MOST_LEVELS),
        claim=getattr(about, "place_claim", None),
        revision=getattr(about, "place_revision", None),
    )
