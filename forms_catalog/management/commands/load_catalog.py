"""Load an edition of the catalog."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms_catalog.edition import EditionError, load_edition
from forms_catalog.edition.layout import DATA


class Command(BaseCommand):
    """Thin: parses, calls `load_edition`, prints the counts."""

    help = "Load the catalog's first edition, or another folder of record files. What was edited here is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("--directory", type=Path, default=DATA, help="folder of the edition (default: the first)")

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        """Load, or say what is wrong."""
        try:
            report = load_edition(directory=directory)
        except EditionError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(f"Catalog: {report}.")
