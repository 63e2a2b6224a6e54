"""How verdicts on claims changed, as a table."""

from __future__ import annotations

from django.db.models import QuerySet

from forms_catalog.exports.columns import Table, key, moment, text, word
from forms_catalog.models import VerdictChange
from forms_catalog.models.vocabulary import Certainty, Verdict

CHANGES = Table(
    "verdict_changes",
    "How the verdict on a claim changed, newest first",
    (
        key("claim", "Key of the claim", "claims", "claim.slug"),
        moment("at", "When"),
        word("former_verdict", "The verdict until then", Verdict),
        word("verdict", "The verdict from then on", Verdict),
        word("former_certainty", "The certainty until then", Certainty),
        word("certainty", "The certainty from then on", Certainty),
        text("in_brief", "The reason in one line, as readers had it then"),
        text("why", "The reason, as readers had it then"),
    ),
)


def verdict_changes() -> QuerySet[VerdictChange]:
    """Those of claims, in the order of their claims. An outcome's grade follows from a rule and is no column here."""
    rows = VerdictChange.objects.filter(claim__isnull=False).select_related("claim")
    return rows.order_by("claim__slug", "-at", "-pk")
