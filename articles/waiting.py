"""How long something has waited, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.timesince import timesince


def time_since(moment: datetime, *, now: datetime | None = None, depth: int = 2) -> str:
    """'1 hour, 10 minutes'; Django says '0 minutes' of what is fresh, which nobody does."""
    at = now or timezone.now()
    return "less than a minute" if at - moment < timedelta(minutes=1) else timesince(moment, at, depth=depth)
