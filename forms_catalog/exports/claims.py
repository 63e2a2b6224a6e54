"""Claims as data."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Prefetch, QuerySet

from forms_catalog.exports.columns import Table, address, keys, text, texts, word, yes_no
from forms_catalog.exports.series import Series, by_key
from forms_catalog.models import Claim, Support
from forms_catalog.models.vocabulary import Certainty, Question, Topic, Verdict
from forms_catalog.queries.claim_list import ClaimFilter

CLAIMS = Table(
    "claims",
    "Claims and verdicts",
    (
        text("claim", "Key of the claim; other tables refer to it", "slug"),
        address("claim"),
        text("quote", "The words as they stand in the article"),
        text("statement", "The claim in plain words, so that it can be checked"),
        word("topic", "What it is about", Topic),
        word("verdict", "How its wording stands against the evidence", Verdict),
        word("certainty", "How sure the editors are of that evidence, in GRADE’s words", Certainty),
        text("in_brief", "The reason in one line"),
        text("why", "The reason"),
        word("question", "What kind of thing it says", Question),
        text("certainty_reason", "Why the editors’ certainty differs from the rule’s, where it does"),
        text("what_would_change", "The evidence that would move the verdict, and which way"),
        text("suggested_wording", "How a careful editor would put it"),
        yes_no("touches_safety", "Whether acting on it could harm someone", "safety_flag"),
        text("safety_note", "What to know before acting on it"),
        texts("forms", "Keys of the forms it is about", keys("forms")),
        texts("mechanisms", "Keys of the mechanisms it is about", keys("mechanisms")),
        texts("outcomes", "Keys of the outcomes it is about", keys("outcomes")),
        texts("studies", "Keys of the studies and sources weighed for it", lambda claim: sources_of(claim)),
    ),
)


def sources_of(claim: Claim) -> list[str]:
    """Keys of the public studies that were weighed."""
    return sorted(support.study.slug for support in claim.supports.all())


def whole_claims() -> QuerySet[Claim]:
    """Claims with all that their row needs. Five queries, however many there are."""
    shown = Support.objects.filter(study__is_public=True).select_related("study")
    supports = Prefetch("supports", queryset=shown)
    return Claim.objects.prefetch_related("forms", "mechanisms", "outcomes", supports)


def claim_series(params: Mapping[str, str]) -> Series:
    """The claims that an address asks for."""
    filters = ClaimFilter.from_params(params)
    found = list(filters.select().values_list("pk", flat=True))
    reader = by_key(found, whole_claims())
    return Series(CLAIMS, filters, total=filters.every().count(), count=len(found), read=reader)
