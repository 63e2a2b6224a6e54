"""Ways into the site by the question a reader comes with."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from articles.models import Article
from forms_catalog.grading.outcomes import Picture, counted

SAFETY_ARTICLE, LABEL_ARTICLE = "magnesium-safely", "what-the-label-says"
"""Addresses of articles of the first edition that answer a question of their own."""
FEELINGS = {"sleep": "I want to sleep better", "depression": "I feel low", "anxiety": "I am anxious"}


@dataclass(frozen=True, slots=True)
class Way:
    """A question, and where it leads."""

    question: str
    note: str
    url: str


def ways_in(pictures: Iterable[Picture]) -> list[Way]:
    """Questions that have a page to lead to. One query."""
    wanted = [SAFETY_ARTICLE, LABEL_ARTICLE]
    published = {article.slug: article for article in Article.objects.published().filter(slug__in=wanted).only("slug")}
    forms = reverse("catalog:form-list")
    label = published[LABEL_ARTICLE].get_absolute_url() if LABEL_ARTICLE in published else forms
    safety = [
        Way("Is it safe with my medicines?", "Who should ask first, and what to keep apart", article.get_absolute_url())
        for article in published.values()
        if article.slug == SAFETY_ARTICLE
    ]
    return [
        *felt(pictures),
        *safety,
        Way("Which form?", "What each one holds, and what it was studied for", forms),
        Way("How much do I need?", "Intakes by age, the most to add, and foods", reverse("diet:page")),
        Way("How much is in my tablet?", "Reading a label: the compound and the magnesium in it", label),
    ]


def felt(pictures: Iterable[Picture]) -> list[Way]:
    """What people feel, with how much was tried for it."""
    by_slug = {picture.outcome.slug: picture for picture in pictures}
    return [
        Way(question, tried(by_slug[slug]), by_slug[slug].outcome.get_absolute_url())
        for slug, question in FEELINGS.items()
        if slug in by_slug
    ]


def tried(picture: Picture) -> str:
    """How many trials stand behind an answer."""
    return f"What {counted(len(picture.trials), 'randomised trial')} found" if picture.trials else "What was studied"
