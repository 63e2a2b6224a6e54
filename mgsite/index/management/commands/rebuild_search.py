"""`manage.py rebuild_search`: the whole search index anew, or with --check only the truth about it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mgsite.index.keeping import differences, faults, rebuild


class Command(BaseCommand):
    """Builds the index from the public rows. Needed only after a repair by hand: it follows every change by itself."""

    help = "Build the search index anew from everything readers may see."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One switch."""
        parser.add_argument("--check", action="store_true", help="change nothing; list what is wrong, and fail if any")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or look."""
        if not options["check"]:
            self.stdout.write(f"The search index has {rebuild():,} documents.")
            return
        wrong = [*faults(), *differences()]
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"{len(wrong)} things are wrong; manage.py rebuild_search mends them.")
        self.stdout.write("The search index agrees with the site.")
