"""The safety check as schema.org's MedicalWebPage: reviewed by whom and when, where that is recorded."""

from __future__ import annotations

from django.urls import reverse

from forms_catalog.linked_data.nodes import LANGUAGE, Node, absolute, node
from forms_catalog.models import SafetyReview


def safety_page(*, review: SafetyReview | None) -> Node:
    """The page, with its review by a pharmacist if there was one."""
    return node(
        "MedicalWebPage",
        {
            "url": absolute(reverse("tools:safety")),
            "name": "Is it safe with what I take?",
            "inLanguage": LANGUAGE,
            "isAccessibleForFree": True,
            "lastReviewed": review.reviewed_on.isoformat() if review else "",
            "reviewedBy": node("Person", {"name": review.reviewed_by}) if review else None,
        },
    )
