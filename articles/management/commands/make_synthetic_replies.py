"""Fill a scratch site with made-up replies, to see how it bears scale; or take them away again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.synthetic import make_synthetic_replies, remove_synthetic_replies

MOST = 1_000_000


class Command(BaseCommand):
    """Refuses on a site whose address is https: readers could take the replies for real."""

    help = "Adds made-up replies for tests of scale; --number 0 takes them away. Never on a public site."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many there should be."""
        parser.add_argument("--number", type=int, required=True, help="How many made-up replies there should be.")
        parser.add_argument("--seed", type=int, default=1, help="Another number gives another mixture.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add, or take away."""
        if settings.SITE_URL.startswith("https:"):
            raise CommandError("This site is public. Made-up replies belong on a scratch site.")
        number: int = options["number"]
        if not 0 <= number <= MOST:
            raise CommandError(f"The number must lie between 0 and {MOST}.")
        if number == 0:
            self.stdout.write(f"{remove_synthetic_replies()} made-up replies taken away.")
            return
        self.stdout.write(f"{make_synthetic_replies(number=number, seed=options['seed'])} made-up replies added.")
