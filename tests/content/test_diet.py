"""Every figure on diet is the file's: page, CSV and JSON agree with the records, and the records with the files."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from forms_catalog.models import FoodSource, IntakeReference, ReferenceNote, UpperLevel
from tests.content.test_plain_words import HIGHEST_GRADE, grade
from tests.content.texts import records
from tests.dom import parse, text
from tests.downloads import csv_rows, document

pytestmark = pytest.mark.django_db

FOODS, INTAKES, UPPER, NOTES = "food-sources", "intake-references", "upper-levels", "reference-notes"
FILES: dict[str, tuple[type[Any], str, str, dict[str, str]]] = {
    FOODS: (FoodSource, "/diet.csv", "rows", {}),
    INTAKES: (
        IntakeReference,
        "/diet/intakes.csv",
        "recommended_intakes",
        {f"{group}_mg_per_day": group for group in ("male", "female", "pregnancy", "lactation")},
    ),
    UPPER: (UpperLevel, "/diet/upper-levels.csv", "upper_levels", {"upper_level_mg_per_day": "mg"}),
}
"""Folder of the files: model, address of the CSV, where the JSON has it, and columns with a name of their own."""


@pytest.fixture
def page(client: Client, first_edition: None) -> str:
    return client.get("/diet/").content.decode()


def tables(html: str) -> list[list[list[str]]]:
    """Rows of cells of each table, white space made single."""
    return [
        [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")]
        for table in parse(html).iter("table")
    ]


@pytest.mark.parametrize("folder", FILES)
def test_records_and_downloads_say_what_the_files_say(folder: str, client: Client, first_edition: None) -> None:
    model, address, place, renamed = FILES[folder]
    written = records(folder)
    csv = {row["key"]: row for row in csv_rows(client, address)}
    found = document(client, "/diet.json")
    json = {row["key"]: row for row in (found[place] if place == "rows" else found[place]["rows"])}

    assert csv.keys() == json.keys() == written.keys() == set(model.objects.values_list("slug", flat=True))
    for record in model.objects.all():
        for column in csv[record.slug]:
            if column == "key":
                continue
            field = renamed.get(column, column)
            value = written[record.slug].get(field)
            assert (getattr(record, field) or None) == value, (record.slug, field)
            assert json[record.slug][column] == value, (record.slug, column)
            cell = "" if value is None else " | ".join(value) if isinstance(value, list) else str(value)
            assert csv[record.slug][column] == cell, (record.slug, column)


def test_page_shows_every_food_with_its_figure(page: str) -> None:
    (rows,) = [table[1:] for table in tables(page) if table[0][0] == "Food"]
    written = records(FOODS).values()

    assert len(rows) == len(written) == 30
    assert {tuple(row[:3]) for row in rows} == {
        (
            f"{food['food']}{food['serving']}",
            f"{food['magnesium_mg']} mg" + range_of(food),
            f"{food['percent_dv']} %",
        )
        for food in written
    }


def range_of(food: dict[str, Any]) -> str:
    low, high = food.get("magnesium_mg_low"), food.get("magnesium_mg_high")
    return f"range {low} to {high} mg" if low and high else ""


def test_bars_are_drawn_to_the_figures(page: str) -> None:
    bars = [float(bar.get("width")) for bar in parse(page).iter() if bar.get("class") == "share-part"]
    figures = sorted((food["magnesium_mg"] for food in records(FOODS).values()), reverse=True)

    assert [round(bar * figures[0] / bars[0]) for bar in bars] == figures


def test_page_shows_every_figure_of_every_authority(page: str) -> None:
    shown = tables(page)
    rows = {tuple(row) for table in shown for row in table}
    for row in records(INTAKES).values():
        ages = {row["age"].capitalize(), f"{row['age'].capitalize()} {row['kind']}"}
        assert any((age, f"{row['male']} mg", f"{row['female']} mg") in rows for age in ages), row
        if row.get("pregnancy"):
            assert any((age, f"{row['pregnancy']} mg", f"{row['lactation']} mg") in rows for age in ages), row
    for row in records(UPPER).values():
        figure = f"{row['mg']} mg" if row.get("mg") else row["note"]
        assert (row["age"][:1].upper() + row["age"][1:], figure) in rows, row


def test_every_source_and_every_word_of_the_authorities_is_on_the_page(page: str) -> None:
    links = {link.get("href") for link in parse(page).iter("a")}
    shown = text(page)
    for folder in (FOODS, INTAKES, UPPER):
        for row in records(folder).values():
            assert links >= set(row["source_urls"])
            assert all(
                row.get(name, "").rstrip(".") in shown for name in ("basis", "applies_to", "reason", "authority")
            )


def test_every_note_on_diet_stands_on_the_page_once(page: str, first_edition: None) -> None:
    shown = text(page)
    links = {link.get("href") for link in parse(page).iter("a")}
    notes = ReferenceNote.objects.filter(topic="diet")

    assert notes.count() > 25
    assert {note.slug: shown.count(note.text) for note in notes if shown.count(note.text) != 1} == {}
    assert all(links >= set(note.source_urls) for note in notes)


def test_no_food_has_a_figure_by_energy_because_no_source_gives_one(page: str) -> None:
    assert all("magnesium_mg_per_100_kcal" not in food for food in records(FOODS).values())
    assert "no source that we read gives it" in page


def test_page_is_plain_english(page: str) -> None:
    """Notes too: the page stands or falls as a whole."""
    main = page.partition('<main id="main">')[2].partition("</main>")[0]
    texts = [
        " ".join("".join(element.itertext()).split())
        for element in parse(main).iter()
        if element.tag in {"p", "dd", "li"} and "chart-source" not in (element.get("class") or "")
    ]
    assert len(texts) > 40
    assert grade([each for each in texts if each]) <= HIGHEST_GRADE
