"""Means and standard deviations of arms leave the site as the records hold them, and nothing where they do not."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from forms_catalog.edition.layout import DATA
from forms_catalog.edition.reading import read_folder
from tests.downloads import body, document

pytestmark = pytest.mark.django_db

SOURCES, _ = read_folder(DATA, kinds=["studies"])
EFFECTS = {effect["key"]: (source.slug, effect) for source in SOURCES for effect in source.document.get("effects", [])}


def figures(effect: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row of effects, written a second time."""
    md = effect.get("md") or {}
    found = {f"mean_difference{end}": md.get(key) for end, key in (("", "value"), ("_unit", "unit"))}
    found |= {f"mean_difference_{end}": md.get(end) for end in ("ci_low", "ci_high")}
    for when in ("end", "change"):
        arms = effect.get(when) or {}
        for arm, name in (("mg", "magnesium"), ("control", "comparison")):
            found |= {f"{what}_{when}_{name}": arms.get(arm, {}).get(what) for what in ("mean", "sd")}
    return found


def test_zip_holds_every_arms_figures_and_an_empty_cell_where_none_was_seen(
    client: Client, first_edition: None, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    with zipfile.ZipFile(io.BytesIO(body(client, "/data/magnesium-and-mind.zip"))) as archive:
        text = archive.read("magnesium-and-mind/csv/effects.csv").decode("utf-8-sig")
    rows = {row["effect_key"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}

    held = 0
    for key, (slug, effect) in EFFECTS.items():
        assert rows[key]["study"] == slug
        for name, value in figures(effect).items():
            assert rows[key][name] == ("" if value is None else str(value)), (key, name)
            held += value is not None
    assert held > 60


def test_study_as_json_holds_them_too_each_with_its_unit(client: Client, first_edition: None) -> None:
    found = document(client, "/studies/rajizadeh2017.json")
    columns = {column["name"]: column for column in found["metadata"]["columns"]["effects"]}

    for row in found["parts"]["effects"]:
        _, effect = EFFECTS[row["effect_key"]]
        expected = figures(effect)
        assert {name: row[name] for name in expected} == expected
        assert all(columns[name].get("unit") for name in expected if name != "mean_difference_unit")
    assert [row["sd_change_magnesium"] for row in found["parts"]["effects"]] == [8.9, None]
