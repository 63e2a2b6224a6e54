"""A claim with our verdict as schema.org's ClaimReview.

The verdict is a word, so the rating has a name and no number: a scale is nothing that we use.
"""

from __future__ import annotations

from forms_catalog.linked_data.nodes import EDITORS, LANGUAGE, Node, absolute, editors, node
from forms_catalog.models import Claim


def review(*, claim: Claim) -> Node:
    """What is claimed, the verdict, how sure the evidence is, and why."""
    return node(
        "ClaimReview",
        {
            "url": absolute(claim.get_absolute_url()),
            "claimReviewed": claim.statement,
            "itemReviewed": node("Claim", {"text": claim.quote}),
            "reviewRating": rating(claim),
            "reviewBody": body(claim),
            "inLanguage": LANGUAGE,
            **editors(EDITORS),
        },
    )


def rating(claim: Claim) -> Node:
    """The verdict with its reason in a line, and the certainty that it is never shown without."""
    why = f"{claim.in_brief} Certainty of the evidence: {claim.get_certainty_display().lower()}."
    return node("Rating", {"alternateName": claim.get_verdict_display(), "ratingExplanation": why})


def body(claim: Claim) -> str:
    """The reasons; before them what anybody should know who would act on the claim."""
    return f"Safety: {claim.safety_note} {claim.why}" if claim.safety_flag else claim.why
