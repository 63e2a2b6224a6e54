"""Load the first edition's articles."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.edition import CONTENT, ArticleEditionError, load_articles


class Command(BaseCommand):
    """Thin: the work is in articles.edition."""

    help = "Load article files; articles that were edited here are kept as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        """Define where the files are."""
        parser.add_argument("--directory", type=Path, default=CONTENT)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and report."""
        try:
            report = load_articles(directory=options["directory"])
        except ArticleEditionError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Articles: {report}.")
