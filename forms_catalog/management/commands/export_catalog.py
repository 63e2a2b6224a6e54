"""Write the catalog out as an edition."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms_catalog.edition import EditionError, export_edition


class Command(BaseCommand):
    """Thin: parses, calls `export_edition`, prints the count."""

    help = "Write every record of the catalog to a folder, one YAML file each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("--directory", type=Path, required=True, help="new or empty folder, or an earlier edition")

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        """Export, or say why not."""
        try:
            written = export_edition(directory=directory)
        except (EditionError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Catalog: {written} records written to {directory}.")
