"""Pages of long lists. Any page number is answered: what cannot be read is the first page, what is too far the last."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

PER_PAGE = 50
LONGEST_NUMBER = 9  # digits; more is no page of ours, and int() is slow on thousands of them

Row = TypeVar("Row", bound=Model)


def page_of(rows: QuerySet[Row], number: str) -> Page[Row]:
    """The page asked for by `number`, clamped to the pages there are. Two queries."""
    paginator = Paginator(rows, PER_PAGE)
    return paginator.page(page_number(number, last=paginator.num_pages))


def page_number(number: str, *, last: int) -> int:
    """The page asked for, clamped to the pages there are."""
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER else 1
    return min(max(wanted, 1), last)
