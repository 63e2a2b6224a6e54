"""Pages of studies from a set of them: the database is asked for the rows of one page only, however far in it lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from forms_catalog.index.studies import StudyIndex
from forms_catalog.models import Study
from forms_catalog.queries.paging import PER_PAGE, page_number


class Found(Sequence[int]):
    """The primary keys of a set of studies in an order, of which only a stretch is ever written out."""

    def __init__(self, index: StudyIndex, found: int, *, order: Sequence[int] | None = None) -> None:
        self.studies, self.found, self.order = index, found, order

    def __len__(self) -> int:
        return self.found.bit_count()

    def __getitem__(self, wanted: Any) -> Any:
        if self.order is None:
            return self.studies.keys_of(self.found, start=wanted.start, stop=wanted.stop)
        inside = frozenset(self.studies.keys_of(self.found))
        return [key for key in self.order if key in inside][wanted]


def page_of_found(keys: Found, rows: QuerySet[Study], number: str) -> Page[Any]:
    """The page asked for by `number`, clamped to the pages there are, of `rows` as they are wanted. One query."""
    paginator = Paginator(keys, PER_PAGE)
    page = paginator.page(page_number(number, last=paginator.num_pages))
    found = {study.pk: study for study in rows.filter(pk__in=page.object_list)}
    page.object_list = [found[key] for key in page.object_list if key in found]
    return page
