"""Changing the catalog."""

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


def public_version() -> int:
    """Number of the present public content; 1 before anything was ever changed."""
    state = PublicState.objects.filter(pk=PublicState.ONLY).values_list("version", flat=True).first()
    return state or 1


@transaction.atomic
def keep_drawing(*, hydrate: Hydrate, drawing: str) -> None:
    """Store the drawing of a structure with the SMILES it shows. The drawing is `clean_drawing`'s."""
    hydrate.drawing, hydrate.drawn_from = drawing, hydrate.smiles
    hydrate.save(update_fields=["drawing", "drawn_from"])
    public_content_changed()
