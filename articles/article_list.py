"""The list of articles: which filters it takes and what they select."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from articles.models import Article, Reference
from forms_catalog.queries.counting import Column, TableFilters

CLAIMS = {"with": "With checked claims", "without": "Without checked claims"}
NOT_LISTED = ("body", "live__body", "live__rendering")


def carries_claims() -> Case:
    """Whether the text of an article marks claims: one of the words of CLAIMS."""
    marked = Exists(Reference.objects.filter(article=OuterRef("pk"), claim__isnull=False))
    return Case(When(marked, then=Value("with")), default=Value("without"), output_field=CharField())


class ArticleFilter(TableFilters):
    """Filters of the list of articles, as they stand in its address."""

    NOUN = ("article", "articles")
    SEARCHED = "Words in the title"
    ORDERS: ClassVar[Mapping[str, str]] = {"": "Newest first", "title": "By title"}
    ORDER_BY: ClassVar[Mapping[str, tuple[Any, ...]]] = {
        "": ("-published_at", "slug"),
        "title": ("live__title", "slug"),
    }

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "ArticleFilter":
        """Read an address. What is unknown is left out, with a notice."""
        return cls.read(params, facets=(Column("claims", "Claims", "All articles", CLAIMS, value_of=carries_claims()),))

    def every(self) -> QuerySet[Article]:
        """All published articles."""
        return Article.objects.published()

    def mentions(self, word: str) -> Q:
        """Condition: a word stands in the title or under it, as readers see them."""
        return Q(live__title__icontains=word) | Q(live__standfirst__icontains=word)


def listed(articles: QuerySet[Any]) -> QuerySet[Any]:
    """With what a row shows: the published words, and how many claims they carry."""
    claims = Reference.objects.filter(article=OuterRef("pk"), claim__isnull=False).order_by().values("article")
    number = Subquery(claims.annotate(number=Count("pk")).values("number"))
    return articles.select_related("live").defer(*NOT_LISTED).annotate(claim_count=Coalesce(number, 0))
