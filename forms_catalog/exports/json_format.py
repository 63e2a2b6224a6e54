"""JSON: what it is about first, then the rows. A long list comes in pages that name each other."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.http import urlencode

from forms_catalog.exports.about import about, columns_in_words
from forms_catalog.exports.series import PORTION, Series
from forms_catalog.queries.paging import page_number

PER_PAGE = PORTION
"""One portion: more would take more queries, since a database takes only so many keys at once."""


def list_document(series: Series, *, base: str, page: str) -> dict[str, Any]:
    """One page of a list. `base`: its address without a suffix; `page`: the number asked for, in any state."""
    last = max(1, -(-series.count // PER_PAGE))
    number = page_number(page, last=last)
    rows = series.table.rows(series.read((number - 1) * PER_PAGE, number * PER_PAGE))
    said = about(title=series.table.title, address=_address(series, base, "json", number))
    said |= {
        "query": series.said,
        "page": f"{settings.SITE_URL}{_address(series, base, '', 1)}",
        "notices": list(series.filters.notices),
        "row_count": series.count,
        "rows_on_this_page": len(rows),
        "previous": _link(series, base, number - 1) if number > 1 else None,
        "next": _link(series, base, number + 1) if number < last else None,
        "all_rows": f"{settings.SITE_URL}{_address(series, base, 'csv', 1)}",
        "columns": columns_in_words(series.table),
    }
    return {"metadata": said, "rows": rows}


def _link(series: Series, base: str, number: int) -> str:
    return f"{settings.SITE_URL}{_address(series, base, 'json', number)}"


def _address(series: Series, base: str, suffix: str, number: int) -> str:
    params = {**series.filters.to_params(), **({"page": str(number)} if number > 1 else {})}
    query = f"?{urlencode(params)}" if params else ""
    return f"{base}.{suffix}{query}" if suffix else f"{base}/{query}"


def written(document: dict[str, Any]) -> str:
    """A document as text, to be read by people too."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
