"""Ways into the site by the question a reader comes with."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from forms_catalog.grading.outcomes import Picture, counted

FEELINGS = {"sleep": "I want to sleep better", "depression": "I feel low", "anxiety": "I am anxious"}


@dataclass(frozen=True, slots=True)
class Way:
    """A question, and where it leads."""

    question: str
    note: str
    url: str


def ways_in(pictures: Iterable[Picture]) -> list[Way]:
    """Questions that have a page to lead to. It asks the database for nothing."""
    return [
        *felt(pictures),
        Way("Is it safe with my medicines?", "Who should ask first, and what to keep apart", reverse("tools:safety")),
        Way("Which form?", "What each one holds, and what it was studied for", reverse("catalog:form-list")),
        Way("How much do I need?", "Intakes by age, the most to add, and foods", reverse("diet:page")),
        Way("How much is in my tablet?", "From what the label says to the magnesium in it", reverse("tools:dose")),
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
