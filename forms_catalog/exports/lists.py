"""The lists that leave as data, by the first step of their address; and every table of the edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from forms_catalog.exports.claims import CLAIMS, claim_series
from forms_catalog.exports.columns import Table
from forms_catalog.exports.glossary import term_series
from forms_catalog.exports.parts import ALL_PARTS
from forms_catalog.exports.reference_tables import REFERENCE
from forms_catalog.exports.series import PORTION, Series
from forms_catalog.exports.shelves import FORMS, MECHANISMS, OUTCOMES, form_series, mechanism_series, outcome_series
from forms_catalog.exports.studies import STUDIES, study_series

Portions = Iterator[list[Any]]

LISTS: Mapping[str, Callable[[Mapping[str, str]], Series]] = {
    "forms": form_series,
    "mechanisms": mechanism_series,
    "outcomes": outcome_series,
    "studies": study_series,
    "claims": claim_series,
    "glossary": term_series,
}
LIST_TABLES = (FORMS, MECHANISMS, OUTCOMES, STUDIES, CLAIMS)


@dataclass(frozen=True, slots=True)
class Source:
    """A table of the edition, and where its rows come from."""

    table: Table
    portions: Callable[[], Portions]


def edition_sources() -> list[Source]:
    """Every table of the edition: the five lists as the site offers them, what they consist of, and the rest."""
    lists = [Source(table, _whole(table.name)) for table in LIST_TABLES]
    parts = [Source(part.table, _in_portions(part.rows)) for part in ALL_PARTS]
    return [*lists, *parts, *(Source(table, _in_portions(rows)) for table, rows in REFERENCE)]


def _whole(kind: str) -> Callable[[], Portions]:
    return lambda: LISTS[kind]({}).portions()


def _in_portions(rows: Callable[[], QuerySet[Any]]) -> Callable[[], Portions]:
    def portions() -> Portions:
        """By keys, so that related rows of many records are never read at once."""
        keys = list(rows().values_list("pk", flat=True))
        for start in range(0, len(keys), PORTION):
            found = rows().in_bulk(keys[start : start + PORTION])
            yield [found[key] for key in keys[start : start + PORTION] if key in found]

    return portions
