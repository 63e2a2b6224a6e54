"""Draw the structures of forms from their SMILES."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms_catalog.actions import keep_drawing
from forms_catalog.edition import EditionError
from forms_catalog.edition.drawing import Draw, draw_edition
from forms_catalog.models import Hydrate

NEEDS_RDKIT = (
    "Drawing needs RDKit, which the site itself does without: install the version that tests/requirements.txt names, "
    "then run this again."
)


def drawer() -> Draw:
    """The function that draws. Raises CommandError where RDKit is not installed."""
    try:
        from forms_catalog.structures.drawing import draw
    except ImportError as error:
        raise CommandError(NEEDS_RDKIT) from error
    return draw


class Command(BaseCommand):
    """Thin: parses, draws, prints the count; ends with an error when a structure could not be drawn."""

    help = "Draw each structure whose drawing is missing or out of date, in the database or in an edition's files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and whether to draw anew what is up to date."""
        parser.add_argument("--directory", type=Path, help="folder of an edition, to draw in its files instead")
        parser.add_argument("--all", action="store_true", help="draw the up to date ones anew, too")

    def handle(self, *args: Any, directory: Path | None, **options: Any) -> None:
        """Draw, or say why not."""
        draw, every = drawer(), bool(options["all"])
        try:
            work = draw_edition(directory=directory, draw=draw, every=every) if directory else _draw(draw, every)
        except (EditionError, OSError) as error:
            raise CommandError(str(error)) from error
        drawn, problems = work
        self.stdout.write(f"Structures: {drawn} drawn.")
        if problems:
            raise CommandError("\n".join(["Not drawn:", *problems]))


def _draw(draw: Callable[[str, str], str], every: bool) -> tuple[int, list[str]]:
    """Draw those in the database. Returns how many, and what could not be drawn."""
    drawn, problems = 0, []
    for hydrate in Hydrate.objects.select_related("form"):
        if hydrate.current_drawing and not every:
            continue
        try:
            keep_drawing(hydrate=hydrate, drawing=draw(hydrate.smiles, hydrate.formula))
            drawn += 1
        except ValueError as error:
            problems.append(f"{hydrate}: {error}")
    return drawn, problems
