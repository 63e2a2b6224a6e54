"""An export is an edition: the same files, and never over anything else."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forms_catalog.edition import EditionError, export_edition, load_edition
from forms_catalog.models import Claim, EditionRecord, Form, FormEvidence, LadderEntry, Mechanism, Outcome, Study
from tests.editions import small, write_edition, write_text
from tests.factories import make_form, make_study

pytestmark = pytest.mark.django_db


def files(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*.yaml")}


def forget_everything() -> None:
    """An empty catalog, as on another machine. Parts that hold on to studies go first."""
    for model in (FormEvidence, LadderEntry, Claim, Study, Form, Mechanism, Outcome, EditionRecord):
        model.objects.all().delete()


def test_what_was_exported_loads_elsewhere_and_exports_the_same(tmp_path: Path) -> None:
    load_edition(directory=write_edition(tmp_path / "first", small()))
    Study.objects.update(summary="First line\r\nwith a strange end ", dose_mg_elemental=0.5, duration_days=56.0)
    written = export_edition(directory=tmp_path / "second")
    forget_everything()

    report = load_edition(directory=tmp_path / "second")
    export_edition(directory=tmp_path / "third")

    assert written == len(report.created) == 5
    assert files(tmp_path / "third") == files(tmp_path / "second")


def test_files_of_records_that_are_gone_are_removed(tmp_path: Path) -> None:
    load_edition(directory=write_edition(tmp_path, small()))
    Claim.objects.all().delete()

    export_edition(directory=tmp_path)

    assert not (tmp_path / "claims/c01.yaml").exists()
    assert (tmp_path / "studies/poleszak2008.yaml").exists()


@pytest.mark.parametrize("stranger", ["notes.txt", "recipes/soup.yaml", "forms/notes.txt"])
def test_folder_that_holds_other_work_is_refused(tmp_path: Path, stranger: str) -> None:
    make_study()
    write_text(tmp_path, stranger, "mine")

    with pytest.raises(EditionError, match="holds something other than an edition"):
        export_edition(directory=tmp_path)

    assert not (tmp_path / "studies").exists()


def test_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="is not a folder"):
        export_edition(directory=Path(write_text(tmp_path, "a", "") / "a"))


def test_links_in_the_folder_are_refused(tmp_path: Path) -> None:
    make_form(slug="oxide")
    outside = write_text(tmp_path, "outside.yaml", "mine") / "outside.yaml"
    (tmp_path / "edition" / "forms").mkdir(parents=True)
    (tmp_path / "edition/forms/oxide.yaml").symlink_to(outside)

    with pytest.raises(EditionError, match=r"oxide\.yaml"):
        export_edition(directory=tmp_path / "edition")

    assert outside.read_text() == "mine"


def test_commands_print_their_counts(tmp_path: Path) -> None:
    said = StringIO()

    call_command("load_catalog", directory=write_edition(tmp_path / "in", small()), stdout=said)
    call_command("export_catalog", directory=tmp_path / "out", stdout=said)

    assert said.getvalue() == f"Catalog: 5 created.\nCatalog: 5 records written to {tmp_path / 'out'}.\n"


def test_load_command_says_what_is_wrong(tmp_path: Path) -> None:
    write_text(tmp_path, "forms/oxide.yaml", "colour: red")

    with pytest.raises(CommandError, match=r"Nothing was loaded.\nforms/oxide.yaml: oxide: absorption: This is requ"):
        call_command("load_catalog", directory=tmp_path)


def test_export_command_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("export_catalog", directory=Path(write_text(tmp_path, "a", "") / "a"))
