"""The list of claims: which filters it takes and what they select."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from forms_catalog.models import Claim
from forms_catalog.models.vocabulary import Certainty, Topic, Verdict
from forms_catalog.queries.counting import Column, TableFilters
from forms_catalog.queries.facets import Facet
from forms_catalog.queries.tally import Tally, tally_of

SAFETY = {"1": "Touches safety"}
# The name articles.models.Reference gives its way back from a claim. A word, not an import: this app knows no articles.
ARTICLE = "article_references__article"
IN_PUBLISHED = {f"{ARTICLE}__status": "published"}
HARM = Case(When(safety_flag=True, then=Value("1")), default=Value(""), output_field=CharField())


def rank(field: str, words: list[str]) -> Case:
    """The place of a field's word on its scale, to order by."""
    return Case(*(When(**{field: word}, then=Value(place)) for place, word in enumerate(words)))


class ClaimFilter(TableFilters):
    """Filters of the list of claims, as they stand in its address."""

    NOUN = ("claim", "claims")
    SEARCHED = "Words in the claim"
    ORDERS: ClassVar[Mapping[str, str]] = {
        "": "By number",
        "verdict": "Best supported first",
        "certainty": "Surest evidence first",
    }
    ORDER_BY: ClassVar[Mapping[str, tuple[Any, ...]]] = {
        "": ("slug",),
        "verdict": (rank("verdict", Verdict.values), "slug"),
        "certainty": (rank("certainty", Certainty.values), "slug"),
    }

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "ClaimFilter":
        """Read an address. What is unknown is left out, with a notice. One query."""
        return cls.read(params, facets=claim_facets())

    def every(self) -> QuerySet[Claim]:
        """All claims."""
        return Claim.objects.all()

    def mentions(self, word: str) -> Q:
        """Condition: a word stands in the claim or in the article's words, or is the claim's number."""
        return Q(statement__icontains=word) | Q(quote__icontains=word) | Q(slug__iexact=word)

    @property
    def article(self) -> str:
        """Address of the article whose claims are asked for; empty for all."""
        return self.chosen.get("article", "")

    @property
    def article_title(self) -> str:
        """Its title."""
        return self.words(self.facets[0])


def claim_facets() -> tuple[Facet, ...]:
    """What claims can be narrowed by. One query, for the titles of articles."""
    titles = articles_with_claims()
    return (
        Column("article", "Article", "Any article", titles, "in “{}”", True, value_of=F(f"{ARTICLE}__slug")),
        Column("verdict", "Verdict", "Any verdict", dict(Verdict.choices)),
        Column("certainty", "Certainty", "Any certainty", dict(Certainty.choices), "{} certainty"),
        Column("topic", "Topic", "Any topic", dict(Topic.choices), "about {}"),
        Column("safety", "Safety", "All claims", SAFETY, value_of=HARM),
    )


def articles_with_claims() -> dict[str, str]:
    """Titles of the published articles that mark claims, by slug, as readers see them. One query."""
    found = Claim.objects.filter(**IN_PUBLISHED).order_by(f"{ARTICLE}__live__title", f"{ARTICLE}__slug")
    return dict(found.values_list(f"{ARTICLE}__slug", f"{ARTICLE}__live__title").distinct())


def claim_tally(*, article: str = "") -> Tally:
    """How all claims came out, or those of one published article. One query."""
    claims = Claim.objects.filter(**IN_PUBLISHED, **{f"{ARTICLE}__slug": article}) if article else Claim.objects.all()
    return tally_of(dict(claims.order_by().values_list("verdict").annotate(Count("pk"))))
