"""Write the published articles as files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.edition import export_articles


class Command(BaseCommand):
    """Thin: the work is in articles.edition."""

    help = "Write every published article as a Markdown file with front matter."

    def add_arguments(self, parser: CommandParser) -> None:
        """Define where the files go."""
        parser.add_argument("--directory", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Export and report."""
        self.stdout.write(f"Articles written: {export_articles(directory=options['directory'])}.")
