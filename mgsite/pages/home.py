"""The home page."""

from typing import Any

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article, Reference
from forms_catalog.caching import public_page
from forms_catalog.grading.outcomes import Picture, pictures
from mgsite.pages.changes import newest_changes
from mgsite.pages.linked_data import website
from mgsite.pages.shelves import shelves_and_tally
from mgsite.pages.ways import ways_in


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What the site is, one sentence checked before the reader's eyes, and the ways in."""
    return render(request, "pages/home.html", home_page())


def home_page() -> dict[str, Any]:
    """Everything the home page shows, in twelve queries."""
    feature = featured_article()
    main = main_pictures()
    shelves, tally = shelves_and_tally()
    return {
        "linked_data": website(),
        "tally": tally,
        "feature": feature,
        "sample": feature.claim_references[0] if feature and feature.claim_references else None,
        "pictures": main,
        "ways": ways_in(main),
        "shelves": shelves,
        "changes": newest_changes(),
    }


def main_pictures() -> list[Picture]:
    """What the evidence says of each outcome that this site is about."""
    wide = (picture for picture in pictures().values() if picture.outcome.is_main and not picture.outcome.broader_id)
    return list(wide)


def featured_article() -> Any:
    """The published article with the most checked claims, with its overstated words; None when none is published."""
    overstated = Reference.objects.filter(claim__verdict="overstated").exclude(phrase="").select_related("claim")
    sentences = Prefetch("references", queryset=overstated.order_by("claim__slug"), to_attr="claim_references")
    return (
        Article.objects.published()
        .annotate(claim_count=Count("references__claim"))
        .order_by("-claim_count", "published_at")
        .select_related("live")
        .prefetch_related(sentences)
        .first()
    )
