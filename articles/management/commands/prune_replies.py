"""Removes what came with replies and has had its time: addresses, mails, counters, replaced words."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.actions.pruning import prune


class Command(BaseCommand):
    """Run it from a daily timer; each start of the server does the same (`forget`)."""

    help = "Remove readers' e-mail addresses, mails, flood counters and replaced words, each after its time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, and say how many."""
        pruned = prune(now=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"Removed: {pruned}.")
