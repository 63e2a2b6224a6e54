"""How much there is to read, by kind, and how the claims came out: one query for all of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from articles.models import Article
from forms_catalog.models import Claim, Form, Mechanism, Outcome, Study
from forms_catalog.queries.tally import Tally, tally_of

LABELS = {
    "articles:article-list": ("article", "articles"),
    "catalog:claim-list": ("claim checked", "claims checked"),
    "catalog:study-list": ("study or source", "studies and sources"),
    "catalog:form-list": ("form of magnesium", "forms of magnesium"),
    "catalog:outcome-list": ("outcome", "outcomes"),
    "catalog:mechanism-list": ("mechanism", "mechanisms"),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A part of the site, and how much stands there."""

    label: str
    url: str
    count: int


def shelves_and_tally() -> tuple[list[Shelf], Tally]:
    """What readers can see, counted by kind; and the claims by verdict. One query."""
    numbers: dict[str, dict[str, int]] = {name: {} for name in LABELS}
    for name, word, number in _counted():
        numbers[name][word] = number
    totals = {name: sum(counts.values()) for name, counts in numbers.items()}
    shelves = [Shelf(LABELS[name][total != 1], reverse(name), total) for name, total in totals.items()]
    return shelves, tally_of(numbers["catalog:claim-list"])


def _counted() -> QuerySet[Any, Any]:
    tables: dict[str, QuerySet[Any]] = {
        "articles:article-list": Article.objects.published(),
        "catalog:study-list": Study.objects.published(),
        "catalog:form-list": Form.objects.all(),
        "catalog:outcome-list": Outcome.objects.all(),
        "catalog:mechanism-list": Mechanism.objects.all(),
    }
    verdicts = _number("catalog:claim-list", Claim.objects.all(), F("verdict"))
    return verdicts.union(*(_number(name, rows, Value("")) for name, rows in tables.items()), all=True)


def _number(name: str, rows: QuerySet[Any], word: Any) -> QuerySet[Any, Any]:
    shaped = rows.order_by().annotate(shelf=Value(name, CharField()), word=Cast(word, TextField()))
    return shaped.values("shelf", "word").annotate(number=Count("pk")).values_list("shelf", "word", "number")
