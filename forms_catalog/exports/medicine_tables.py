"""The medicines that the rules name, with each source's hours, as tables of the edition."""

from __future__ import annotations

from django.db.models import QuerySet

from forms_catalog.exports.columns import Table, number, text, texts, yes_no
from forms_catalog.models import Gap, NamedMedicine

RULE = "Key of the rule, in the table interactions"
MEDICINES = Table(
    "medicines",
    "Medicines and classes that a rule names",
    (
        text("interaction", RULE, "interaction.slug"),
        text("medicine", "The medicine, as the rule names it", "name"),
        texts("also_called", "Other spellings"),
        yes_no("whole_class", "Whether this is a class, for which no hours are kept"),
        text("what_to_do", "What to do, where the rule’s own sentence speaks of others"),
    ),
)
HOURS = Table(
    "medicine_hours",
    "Hours to keep between one medicine and magnesium, as each source gives them",
    (
        text("interaction", RULE, "medicine.interaction.slug"),
        text("medicine", "The medicine, as the rule names it", "medicine.name"),
        text("stated", "The rule’s words that the hours are taken from"),
        text("said_by", "Who says so, where the rule tells"),
        number("before_low", "Medicine before magnesium, at least", "hours"),
        number("before_high", "Medicine before magnesium, up to", "hours"),
        number("after_low", "Medicine after magnesium, at least", "hours"),
        number("after_high", "Medicine after magnesium, up to", "hours"),
    ),
)
UNVERIFIED = Table(
    "unverified_medicines",
    "Medicines about which nothing was verified",
    (
        text("key", "Key of the row", "slug"),
        text("name", "The medicine or class"),
        texts("also_called", "Other spellings"),
        text("says", "What is known of that"),
        texts("source_urls", "Where this was read"),
    ),
)


def named_medicines() -> QuerySet[NamedMedicine]:
    """In the order of their rules."""
    return NamedMedicine.objects.select_related("interaction").order_by("interaction__slug", "position", "pk")


def hours() -> QuerySet[Gap]:
    """In the order of their medicines."""
    rows = Gap.objects.select_related("medicine__interaction")
    return rows.order_by("medicine__interaction__slug", "medicine__position", "position", "pk")
