"""The list of claims: which filters it takes and what they select."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet

from forms_catalog.models import Claim
from forms_catalog.models.vocabulary import Topic, Verdict
from forms_catalog.queries.filters import MOST_WORDS, Choice, address, read_choice, read_text
from forms_catalog.queries.tally import Tally, tally_of

NAMES = ("article", "verdict", "topic", "safety", "q")
SAFETY = {"1": "touches safety"}
# The name articles.models.Reference gives its way back from a claim. A word, not an import: this app knows no articles.
ARTICLE = "article_references__article"
IN_PUBLISHED = {f"{ARTICLE}__status": "published"}


def articles_with_claims() -> dict[str, str]:
    """Titles of the published articles that mark claims, by slug, as readers see them. One query."""
    found = Claim.objects.filter(**IN_PUBLISHED).order_by(f"{ARTICLE}__live__title", f"{ARTICLE}__slug")
    return dict(found.values_list(f"{ARTICLE}__slug", f"{ARTICLE}__live__title").distinct())


@dataclass(frozen=True)
class ClaimFilter:
    """Filters of the list of claims, as they stand in its address."""

    article: str = ""
    article_title: str = ""
    verdict: str = ""
    topic: str = ""
    safety: str = ""
    q: str = ""
    notices: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "ClaimFilter":
        """Read an address. What is unknown is left out, with a notice. One query when it names an article."""
        notices: list[str] = []
        articles = articles_with_claims() if params.get("article") else {}
        article = read_choice(params, "article", articles, notices)
        return cls(
            article=article,
            article_title=articles.get(article, ""),
            verdict=read_choice(params, "verdict", Verdict.values, notices),
            topic=read_choice(params, "topic", Topic.values, notices),
            safety=read_choice(params, "safety", SAFETY, notices),
            q=read_text(params, "q", notices),
            notices=tuple(notices),
        )

    def to_params(self) -> dict[str, str]:
        """The filters in force, by name."""
        return {name: getattr(self, name) for name in NAMES if getattr(self, name)}

    def without(self, name: str) -> "ClaimFilter":
        """The same with one filter dropped."""
        dropped: dict[str, Any] = {name: ""}
        return replace(self, **dropped)

    @cached_property
    def query_string(self) -> str:
        """The address of this list, without the page."""
        return address(self.to_params())

    def describe(self) -> list[Choice]:
        """What is in force, in words, each with the way to drop it."""
        words = {
            "article": ("article", f"“{self.article_title}”"),
            "verdict": ("verdict", Verdict(self.verdict).label if self.verdict else ""),
            "topic": ("topic", Topic(self.topic).label if self.topic else ""),
            "safety": ("safety", SAFETY.get(self.safety, "")),
            "q": ("words", f"“{self.q}”"),
        }
        params = self.to_params()
        return [
            Choice(*words[name], without=address({key: value for key, value in params.items() if key != name}))
            for name in params
        ]

    def select(self) -> QuerySet[Claim]:
        """The claims that match, in order."""
        claims = in_article(self.article)
        if self.verdict:
            claims = claims.filter(verdict=self.verdict)
        if self.topic:
            claims = claims.filter(topic=self.topic)
        if self.safety:
            claims = claims.filter(safety_flag=True)
        for word in self.q.split()[:MOST_WORDS]:
            claims = claims.filter(Q(statement__icontains=word) | Q(quote__icontains=word) | Q(slug__iexact=word))
        return claims


def without_each(filters: ClaimFilter) -> list[tuple[Choice, int]]:
    """For a list that came out empty: each filter, and how many claims there are without it. A query each."""
    found = [
        (choice, filters.without(name).select().count())
        for name, choice in zip(filters.to_params(), filters.describe(), strict=True)
    ]
    return [(choice, count) for choice, count in found if count]


def in_article(slug: str) -> QuerySet[Claim]:
    """The claims that a published article marks; all claims for no article. In order."""
    claims = Claim.objects.order_by("slug")
    return claims.filter(**IN_PUBLISHED, **{f"{ARTICLE}__slug": slug}) if slug else claims


def claim_tally(*, article: str = "") -> Tally:
    """How all claims came out, or those of one article. One query."""
    return tally_of(dict(in_article(article).order_by().values_list("verdict").annotate(Count("pk"))))
