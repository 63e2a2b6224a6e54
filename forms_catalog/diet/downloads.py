"""The page on diet as data: its address with a suffix, and the same query string.

The rows are the foods, which the query string orders. JSON brings the other tables along; as CSV each is a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from forms_catalog.diet.foods import foods_page
from forms_catalog.exports.about import columns_in_words
from forms_catalog.exports.answers import json_answer
from forms_catalog.exports.columns import Table
from forms_catalog.exports.csv_format import csv_lines
from forms_catalog.exports.json_format import list_document
from forms_catalog.exports.reference_tables import FOODS, INTAKES, NOTES, UPPER
from forms_catalog.exports.series import Series, kept
from forms_catalog.models import IntakeReference, ReferenceNote, UpperLevel
from forms_catalog.models.vocabulary import NoteTopic
from forms_catalog.views.data import CSV_TYPE, open_data

BASE = "/diet"
FILES: dict[str, tuple[Table, type[IntakeReference] | type[UpperLevel]]] = {
    "intakes": (INTAKES, IntakeReference),
    "upper-levels": (UPPER, UpperLevel),
}
"""Tables beside the foods, by the last step of their address."""


@open_data
def foods_csv(request: HttpRequest) -> HttpResponse:
    """The foods in the order of the page."""
    series = food_series(request)
    return _csv(series.table, series.portions(), name="foods.csv")


@open_data
def table_csv(request: HttpRequest, name: str) -> HttpResponse:
    """Recommended intakes or upper levels."""
    table, model = FILES[name]
    return _csv(table, [list(model._default_manager.all())], name=f"{name}.csv")


@open_data
def diet_json(request: HttpRequest) -> HttpResponse:
    """The foods in the order of the page, and everything else it shows."""
    document = list_document(food_series(request), base=BASE, page=request.GET.get("page", ""))
    rows = {name: model._default_manager.all() for name, (_, model) in FILES.items()}
    document["recommended_intakes"] = _with_columns(INTAKES, rows["intakes"])
    document["upper_levels"] = _with_columns(UPPER, rows["upper-levels"])
    document["notes"] = _with_columns(NOTES, ReferenceNote.objects.filter(topic=NoteTopic.DIET))
    return json_answer(document, name="diet.json")


def food_series(request: HttpRequest) -> Series:
    """The foods that an address asks for."""
    foods = foods_page(request.GET)
    rows = [bar.food for bar in foods.bars]
    return Series(FOODS, foods.filters, total=len(rows), count=len(rows), read=kept(rows))


def _with_columns(table: Table, records: QuerySet[Any]) -> dict[str, Any]:
    return {"title": table.title, "columns": columns_in_words(table), "rows": table.rows(records)}


def _csv(table: Table, portions: Iterable[list[Any]], *, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("".join(csv_lines(table, portions)), content_type=CSV_TYPE, headers=headers)
