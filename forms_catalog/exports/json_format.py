"""JSON: what it is about first, then the rows. A long list comes in pages that name each other (ADR 20)."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.http import urlencode

from forms_catalog.exports.about import about, columns_in_words
from forms_catalog.exports.links import links_of, page_links
from forms_catalog.exports.series import PORTION, Series
from forms_catalog.queries.filters import LONGEST_ECHO, clean_text
from forms_catalog.queries.paging import page_number

PER_PAGE = PORTION
"""One portion: more would take more queries, since a database takes only so many keys at once."""
NO_SUCH_PAGE = "There is no page “{asked}” of this list, so this is page {number} of {last}."


def list_document(series: Series, *, base: str, page: str, as_csv: bool = True) -> dict[str, Any]:
    """One page of a list. `base`: its address without a suffix; `page`: the number asked for, in any state."""
    last = max(1, -(-series.count // PER_PAGE))
    number = page_number(page, last=last)
    rows = series.table.rows(series.read((number - 1) * PER_PAGE, number * PER_PAGE))
    here, html = _address(series, base, "json", number), _address(series, base, "", 1)
    between = page_links(lambda each: _address(series, base, "json", each), number=number, last=last)
    said = about(title=series.table.title, address=here)
    said |= {
        "query": series.said,
        "page": f"{settings.SITE_URL}{html}",
        "notices": [*series.filters.notices, *no_such_page(page, number=number, last=last)],
        "row_count": series.count,
        "rows_on_this_page": len(rows),
        "page_number": number,
        "page_size": PER_PAGE,
        "page_count": last,
        "previous": between["prev"],
        "next": between["next"],
        "all_rows": f"{settings.SITE_URL}{_address(series, base, 'csv', 1)}" if as_csv else None,
        "links": links_of(address=here, page=html) | between,
        "columns": columns_in_words(series.table),
    }
    return {"metadata": said, "rows": rows}


def no_such_page(asked: str, *, number: int, last: int) -> list[str]:
    """What to say when another page came than the one asked for: the first or the last, as on the site's own pages."""
    if asked in {"", str(number)}:
        return []
    return [NO_SUCH_PAGE.format(asked=clean_text(asked)[:LONGEST_ECHO], number=number, last=last)]


def _address(series: Series, base: str, suffix: str, number: int) -> str:
    params = {**series.filters.to_params(), **({"page": str(number)} if number > 1 else {})}
    query = f"?{urlencode(params)}" if params else ""
    return f"{base}.{suffix}{query}" if suffix else f"{base}/{query}"


def written(document: dict[str, Any]) -> str:
    """A document as text, to be read by people too."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
