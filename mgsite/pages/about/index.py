"""The pages about the site itself, in one list: the footer, the index and the margin are made from it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class AboutPage:
    """One of them."""

    name: str
    """Of its address, `about:<name>`, and of its template."""
    label: str
    """In the footer and the margin."""
    title: str
    line: str
    """What it says, in one sentence."""
    worded_on: date | None = None
    """When its fixed words last changed; None where what it shows comes from the database."""

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(f"about:{self.name}")


WORDED = date(2026, 11, 26)

PAGES = (
    AboutPage(
        "evidence",
        "How we check evidence",
        "How we check evidence: marks, words and rule",
        "What each mark means, what we read, what “not seen” says, and how a grade is worked out.",
        WORDED,
    ),
    AboutPage(
        "us",
        "Who is behind it",
        "Who is behind this site, and who pays",
        "Who answers for these pages, where the money comes from, and which clinicians have read them.",
    ),
    AboutPage(
        "editorial",
        "Editorial policy",
        "Editorial policy",
        "How a text is made, what it must pass before you see it, and what we do not do.",
        WORDED,
    ),
    AboutPage(
        "corrections",
        "Corrections",
        "Corrections",
        "What has changed since we first published it: articles, verdicts, and studies that were withdrawn.",
    ),
    AboutPage(
        "moderation",
        "Moderation",
        "Replies and moderation",
        "Who reads your reply, what we publish, what we turn down, and how long it takes.",
        WORDED,
    ),
    AboutPage(
        "privacy",
        "Privacy",
        "Privacy",
        "What this site stores about you, for how long, and what it never asks for.",
        WORDED,
    ),
    AboutPage(
        "accessibility",
        "Accessibility",
        "Accessibility",
        "The standard we work to, how we test it, and what we know is not good enough.",
        WORDED,
    ),
    AboutPage(
        "contact",
        "Contact",
        "Contact",
        "Where to turn with a question, a mistake you found, or a wish about your data.",
    ),
)
BY_NAME = {page.name: page for page in PAGES}
