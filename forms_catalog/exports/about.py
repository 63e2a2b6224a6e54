"""What goes with every download: where it is from, as of when, and on what terms."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from forms_catalog.actions import AsOf, public_state
from forms_catalog.exports.columns import Column, Table
from forms_catalog.remembered import state_in_hand

LICENCE = "not stated by the owner"
NULLS = "Null, or an empty cell, means not seen in what was read. It never means zero or no."
CAUTION = "Educational data, not medical advice, and no reason to stop or delay a treatment."


def as_of() -> AsOf:
    """The state that a page is made from; outside a page the present one, in one query."""
    return state_in_hand() or public_state()


def about(*, title: str, address: str) -> dict[str, Any]:
    """The part of the metadata that every download has."""
    state = as_of()
    return {
        "title": title,
        "site": settings.SITE_NAME,
        "address": f"{settings.SITE_URL}{address}",
        "licence": LICENCE,
        "edition": {"date": state.changed_on.isoformat() if state.changed_on else None, "version": state.version},
        "documentation": f"{settings.SITE_URL}/data/",
        "null": NULLS,
        "caution": CAUTION,
    }


def columns_in_words(table: Table) -> list[dict[str, Any]]:
    """A table's columns for the metadata; a part that says nothing is left out."""
    return [column_in_words(column) for column in table.columns]


def column_in_words(column: Column) -> dict[str, Any]:
    """One column."""
    said = {
        "name": column.name,
        "meaning": column.meaning,
        "holds": column.holds.value,
        "unit": column.unit,
        "values": dict(column.values),
        "leads_to": column.leads_to,
    }
    return {name: value for name, value in said.items() if value}
