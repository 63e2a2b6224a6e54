"""`manage.py check_links`: every link of the public pages, and with --external those to other sites."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mgsite.links.asking import application
from mgsite.links.outside import REACHED, WORTH_A_LOOK, Outside
from mgsite.links.starting import starting_points
from mgsite.links.walk import Fault, Walk


class Command(BaseCommand):
    """Asks the site itself, in this process: no server needs to run. Changes nothing."""

    help = "Report links that lead nowhere: pages, places on them, files, pictures, feeds, the sitemap."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where else to begin, how far to go, and whether to leave the site."""
        parser.add_argument("paths", nargs="*", help="paths to begin from too, such as /explore/?view=ladder")
        parser.add_argument(
            "--depth", type=int, default=1, help="how many steps from one address with a query string to the next"
        )
        parser.add_argument("--few-files", type=int, metavar="N", help="of the files of one kind, ask for the first N")
        parser.add_argument("--external", action="store_true", help="then ask the other sites that pages link to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, report, and fail if a link inside the site is dead. Other sites never make it fail."""
        walk = Walk(depth=options["depth"], most_files=options["few_files"])
        with _without_lost_addresses():
            walk.go([*starting_points(), *(f"{settings.SITE_URL}{path}" for path in options["paths"])])
        self._report("Leads on by a redirect", walk.detours())
        dead = list(walk.dead())
        self._report("Dead", dead)
        asked, left = f"{len(walk.targets):,} addresses were asked for", f"{walk.left_out:,} were left out"
        self.stdout.write(f"{asked}; {left}.")
        if options["external"]:
            self._look_outside(walk)
        if dead:
            raise CommandError(f"{len(dead)} links of this site are dead.")

    def _report(self, title: str, faults: Iterable[Fault]) -> None:
        for fault in faults:
            named = [page.removeprefix(settings.SITE_URL) or "where the walk began" for page in fault.pages]
            named += [f"and {fault.others} more"] if fault.others else []
            url = fault.url.removeprefix(settings.SITE_URL)
            self.stdout.write(f"{title}: {', '.join(named)} → {url}: {fault.reason}.")

    def _look_outside(self, walk: Walk) -> None:
        """Ask the others, a line for each that is not simply there, as it comes."""
        counts = dict.fromkeys((REACHED, *WORTH_A_LOOK), 0)
        for finding in Outside().look_at(sorted(walk.outside)):
            counts[finding.state] += 1
            if finding.state != REACHED:
                page = walk.outside[finding.url].pages[0].removeprefix(settings.SITE_URL)
                self.stdout.write(f"{finding.state.capitalize()}: {page} → {finding.url}: {finding.said}.")
        said = ", ".join(f"{state} {number}" for state, number in counts.items())
        self.stdout.write(f"Of {len(walk.outside):,} links to other sites: {said}.")


@contextmanager
def _without_lost_addresses() -> Iterator[None]:
    """Django would log each dead link once more; what broke is to be read."""
    application()
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
