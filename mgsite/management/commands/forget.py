"""Removes what was kept for a while only and whose time is over. Each start of the server does the same."""

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.actions.pruning import prune


class Command(BaseCommand):
    """Run it from a daily timer where the server seldom starts anew."""

    help = "Remove sign-ins, sessions, and all that `prune_replies` removes, each after its time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, and say how many."""
        now = timezone.now()
        AccessLog.objects.all().delete()  # written by earlier versions; nothing reads it
        failed, _ = AccessAttempt.objects.filter(
            attempt_time__lte=now - timedelta(hours=settings.AXES_COOLOFF_TIME)
        ).delete()
        sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
        pruned = prune(now=now)
        if options["verbosity"]:
            self.stdout.write(f"Removed: failed sign-ins {failed}, sessions {sessions}, {pruned}.")
