"""From a structure's SMILES to the drawing a reader sees, and to its absence where it would show something else."""

import builtins
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse

from forms_catalog.actions import public_version
from forms_catalog.edition import EditionError, export_edition, load_edition
from forms_catalog.models import EditionRecord, Form, Hydrate
from tests import factories as make
from tests.dom import elements, text
from tests.editions import form, write_edition

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def drawn() -> Hydrate:
    make.make_form(slug="oxide", name="Magnesium oxide", partner_name="oxide")
    call_command("draw_structures", stdout=StringIO())
    return Hydrate.objects.get()


def page_of(client: Any, hydrate: Hydrate) -> str:
    return client.get(hydrate.form.get_absolute_url()).content.decode()


# Drawing


def test_command_draws_what_is_missing_and_tells_the_caches() -> None:
    make.make_form()
    said, before = StringIO(), public_version()
    call_command("draw_structures", stdout=said)
    assert said.getvalue() == "Structures: 1 drawn.\n"
    assert Hydrate.objects.get().current_drawing.startswith("<svg")
    assert public_version() == before + 1


def test_command_leaves_alone_what_is_up_to_date() -> None:
    drawn()
    said, before = StringIO(), public_version()
    call_command("draw_structures", stdout=said)
    assert said.getvalue() == "Structures: 0 drawn.\n"
    assert public_version() == before


def test_command_draws_anew_when_asked() -> None:
    hydrate = drawn()
    Hydrate.objects.update(drawing=hydrate.drawing.replace("translate(4 4)", "translate(9 9)"))
    call_command("draw_structures", all=True, stdout=StringIO())
    hydrate.refresh_from_db()
    assert "translate(9 9)" not in hydrate.drawing


def test_command_draws_the_others_and_names_what_it_cannot() -> None:
    make.make_form(slug="a")
    wrong = make.make_form(slug="b", hydrate=False)
    make.make_hydrate(form=wrong, formula="MgO2")
    with pytest.raises(CommandError, match=r"Magnesium b, anhydrous: The SMILES is MgO, but the formula says MgO2\."):
        call_command("draw_structures", stdout=StringIO())
    assert [hydrate.drawing != "" for hydrate in Hydrate.objects.order_by("pk")] == [True, False]


@pytest.mark.parametrize("options", [{}, {"directory": Path("nowhere")}])
def test_without_rdkit_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "forms_catalog.structures.drawing" or name.startswith("rdkit"):
            raise ImportError("No module named 'rdkit'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(CommandError, match=r"^Drawing needs RDKit, which the site itself does without: .+\.$"):
        call_command("draw_structures", **options)


# Files


def test_files_are_drawn_in_and_load_and_export_the_same(tmp_path: Path) -> None:
    first = write_edition(tmp_path / "first", {"forms/oxide": form()})
    call_command("draw_structures", directory=first, stdout=StringIO())
    load_edition(directory=first)
    export_edition(directory=tmp_path / "second")
    assert (tmp_path / "second/forms/oxide.yaml").read_bytes() == (first / "forms/oxide.yaml").read_bytes()
    assert load_edition(directory=tmp_path / "second").unchanged == ("forms/oxide",)
    assert "drawing: |-\n      <svg " in (first / "forms/oxide.yaml").read_text(encoding="utf-8")


def test_a_drawing_of_another_smiles_is_exported_as_it_is_and_drawn_anew_when_asked(tmp_path: Path) -> None:
    hydrate = drawn()
    Hydrate.objects.update(smiles="[Mg+2].[O-2]")
    export_edition(directory=tmp_path)
    assert f"drawn_from: '{hydrate.drawn_from}'" in (tmp_path / "forms/oxide.yaml").read_text(encoding="utf-8")
    said = StringIO()
    call_command("draw_structures", directory=tmp_path, stdout=said)
    assert said.getvalue() == "Structures: 1 drawn.\n"
    assert "drawn_from: '[Mg+2].[O-2]'" in (tmp_path / "forms/oxide.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        ('<svg viewBox="0 0 1 1" width="1" height="1"><script>x</script></svg>', "holds no <script>"),
        ('<svg height="1" viewBox="0 0 1 1" width="1"/>', "draw it anew"),
        ("words", "cannot be read"),
    ],
)
def test_a_file_with_anything_but_a_drawing_is_refused(tmp_path: Path, drawing: str, said: str) -> None:
    structure = {
        "state": "anhydrous",
        "formula": "MgO",
        "smiles": "[O-2].[Mg+2]",
        "drawing": drawing,
        "drawn_from": "x",
    }
    with pytest.raises(EditionError, match=said) as refusal:
        load_edition(directory=write_edition(tmp_path, {"forms/oxide": form(hydrates=[structure])}))
    assert "forms/oxide.yaml: oxide, hydrates 1: drawing: " in str(refusal.value)
    assert not Form.objects.exists()


@pytest.mark.parametrize("half", ["drawing", "drawn_from"])
def test_a_drawing_without_its_smiles_is_refused(half: str, tmp_path: Path) -> None:
    hydrate = drawn()
    with pytest.raises(IntegrityError):
        Hydrate.objects.update(**{half: ""})
    assert hydrate.drawing


def test_half_a_drawing_in_a_file_is_named(tmp_path: Path) -> None:
    structure = {"state": "anhydrous", "formula": "MgO", "smiles": "[O-2].[Mg+2]", "drawn_from": "[O-2].[Mg+2]"}
    with pytest.raises(EditionError, match="A drawing and the SMILES it shows are kept together"):
        load_edition(directory=write_edition(tmp_path, {"forms/oxide": form(hydrates=[structure])}))


@pytest.mark.parametrize("document", [{"hydrates": ["words"]}, {"hydrates": [{"state": "anhydrous"}]}])
def test_a_file_that_cannot_be_drawn_from_is_named(tmp_path: Path, document: dict[str, Any]) -> None:
    write_edition(tmp_path, {"forms/oxide": form(**document)})
    with pytest.raises(CommandError, match=r"forms/oxide\.yaml: each structure needs state, smiles, formula"):
        call_command("draw_structures", directory=tmp_path)


def test_a_folder_without_forms_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no folder of forms"):
        call_command("draw_structures", directory=tmp_path)


def test_loading_needs_no_rdkit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, client: Any) -> None:
    first = write_edition(tmp_path, {"forms/oxide": form()})
    call_command("draw_structures", directory=first, stdout=StringIO())
    monkeypatch.setitem(__import__("sys").modules, "rdkit", None)
    load_edition(directory=first)
    assert 'role="img"' in page_of(client, Hydrate.objects.get())
    assert EditionRecord.objects.exists()


# The page


def test_page_shows_the_drawing_with_its_words(client: Any) -> None:
    html = page_of(client, drawn())
    images = [each for each in elements(html) if each.tag == f"{SVG}svg" and each.get("role") == "img"]
    (image,) = images
    words = {str(each.tag).removeprefix(SVG): each for each in image}
    assert words["title"].text == "Structure of Magnesium oxide, anhydrous"
    assert "formula MgO. One magnesium ion; one ion of what it is bound to, oxide; no water." in words["desc"].text
    assert (image.get("aria-labelledby"), image.get("aria-describedby")) == (
        words["title"].get("id"),
        words["desc"].get("id"),
    )
    assert "Drawn as separate ions" in text(html)


def test_words_beside_the_drawing_follow_the_record(client: Any) -> None:
    hydrate = drawn()
    Form.objects.update(name="Magnesium oxide, heavy")
    assert "Structure of Magnesium oxide, heavy, anhydrous" in page_of(client, hydrate)


def test_page_shows_the_note_on_the_smiles(client: Any) -> None:
    hydrate = drawn()
    Hydrate.objects.update(smiles_note="Stereocentres left open.")
    assert "Stereocentres left open." in page_of(client, hydrate)


def test_a_drawing_of_another_smiles_is_never_shown(client: Any) -> None:
    hydrate = drawn()
    Hydrate.objects.update(smiles="[Mg+2].[O-2]")
    html = page_of(client, hydrate)
    assert 'role="img"' not in html
    assert "Not drawn yet" in html
    assert "Drawn as separate ions" not in html


def test_a_drawing_that_came_in_behind_our_back_is_not_shown(client: Any) -> None:
    hydrate = drawn()
    hostile = hydrate.drawing.replace("</g>", "<script>alert(1)</script></g>", 1)
    Hydrate.objects.update(drawing=hostile)
    html = page_of(client, hydrate)
    assert "<script>alert" not in html
    assert "Not drawn yet" in html
    with pytest.raises(ValidationError):
        Hydrate.objects.get().full_clean()


# The admin


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "Up to date"),
        ({"smiles": "[Mg+2].[O-2]"}, "Out of date: the SMILES has changed since it was drawn"),
        ({"drawing": "", "drawn_from": ""}, "None yet"),
    ],
)
def test_admin_says_whether_readers_see_a_drawing(admin_client: Any, change: dict[str, str], said: str) -> None:
    hydrate = drawn()
    Hydrate.objects.update(**change)
    address = reverse("admin:forms_catalog_form_change", args=[hydrate.form_id])
    page = text(admin_client.get(address).content.decode())
    assert said in page
