"""Changing the catalog."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forms_catalog.models import Hydrate, PublicState


def public_content_changed() -> None:
    """Note that something readers can see has changed. Call inside the transaction of the change.

    The one place that knows: stored renderings and cached pages compare their number with this one.
    """
    if not PublicState.objects.filter(pk=PublicState.ONLY).update(version=F("version") + 1, changed_at=timezone.now()):
        PublicState.objects.get_or_create(pk=PublicState.ONLY, defaults={"version": 2})


@dataclass(frozen=True, slots=True)
class AsOf:
    """The state of the public content that something is made from."""

    version: int = 1
    changed_at: datetime | None = None
    """None when nothing was ever changed."""

    @property
    def changed_on(self) -> date | None:
        """The day of the last change."""
        return self.changed_at.date() if self.changed_at else None


def public_state() -> AsOf:
    """The present state. One query."""
    state = PublicState.objects.filter(pk=PublicState.ONLY).values_list("version", "changed_at").first()
    return AsOf(*state) if state else AsOf()


def public_version() -> int:
    """Number of the present public content; 1 before anything was ever changed."""
    return public_state().version


@transaction.atomic
def keep_drawing(*, hydrate: Hydrate, drawing: str) -> None:
    """Store the drawing of a structure with the SMILES it shows. The drawing is `clean_drawing`'s."""
    hydrate.drawing, hydrate.drawn_from = drawing, hydrate.smiles
    hydrate.save(update_fields=["drawing", "drawn_from"])
    public_content_changed()
