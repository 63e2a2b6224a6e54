"""The home page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.models import Article, Reference
from forms_catalog.caching import public_page
from forms_catalog.models import Claim, Form, Mechanism, Outcome, Study
from forms_catalog.queries.claim_list import claim_tally

LATEST = 6
MOST_QUESTIONS = 6


@dataclass(frozen=True, slots=True)
class Shelf:
    """A part of the catalog, and how much stands there."""

    label: str
    url: str
    count: int


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What the site is, its first article, and the ways in."""
    return render(request, "pages/home.html", home_page())


def home_page() -> dict[str, Any]:
    """Everything the home page shows, in a fixed number of queries."""
    feature = featured_article()
    latest = Article.objects.published().newest_first().select_related("live")[: LATEST + 1]
    return {
        "tally": claim_tally(),
        "feature": feature,
        "sample": feature.claim_references[0] if feature and feature.claim_references else None,
        "outcomes": list(Outcome.objects.filter(is_main=True)[:MOST_QUESTIONS]),
        "shelves": shelves(),
        "latest": [article for article in latest if article != feature][:LATEST],
    }


def featured_article() -> Any:
    """The published article with the most checked claims, with those its text carries; None when none is published."""
    carried = Reference.objects.filter(claim__isnull=False).select_related("claim").order_by("claim__slug")
    overstated = Prefetch(
        "references", queryset=carried.filter(claim__verdict="overstated"), to_attr="claim_references"
    )
    return (
        Article.objects.published()
        .annotate(claim_count=Count("references__claim"))
        .order_by("-claim_count", "published_at")
        .select_related("live")
        .prefetch_related(overstated)
        .first()
    )


def shelves() -> list[Shelf]:
    """The catalog by kind, counted."""
    counted: list[tuple[str, str, type[Model]]] = [
        ("forms of magnesium", "form", Form),
        ("mechanisms", "mechanism", Mechanism),
        ("outcomes", "outcome", Outcome),
        ("studies and sources", "study", Study),
        ("claims", "claim", Claim),
    ]
    return [Shelf(label, reverse(f"catalog:{kind}-list"), public_count(model)) for label, kind, model in counted]


def public_count(model: type[Model]) -> int:
    """How many records of a kind readers can see."""
    if model is Study:
        return Study.objects.published().count()
    return model._default_manager.count()
