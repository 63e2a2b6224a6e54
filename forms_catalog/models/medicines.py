"""The medicines that the rules name, the hours each source gives for them, and who has reviewed the list.

A class of medicines has no hours of its own here: what holds for one of them may be wrong for the next.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from forms_catalog.models.base import Part, Record
from forms_catalog.models.fields import TextListField, ordered, positive, validate_address
from forms_catalog.models.safety import Interaction

SEARCH_WORDS = "Other spellings that lead a search here; never a brand, never another medicine. One per line."


class NamedMedicine(Part):
    """A medicine, or a whole class of them, that an interaction names: what a reader picks in the safety check."""

    interaction = models.ForeignKey(Interaction, on_delete=models.CASCADE, related_name="medicines")
    name = models.CharField(max_length=120, help_text="As the rule names it.")
    also_called = TextListField(help_text=SEARCH_WORDS)
    whole_class = models.BooleanField(default=False, help_text="A class rather than one medicine: it has no hours.")
    what_to_do = models.TextField(blank=True, help_text="Only where the rule’s sentence speaks of others.")

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["interaction", "name"], name="%(app_label)s_%(class)s_once")]

    def __str__(self) -> str:
        return self.name


class Gap(Part):
    """Hours between one medicine and magnesium, as one source gives them. An empty side is one it does not speak of."""

    medicine = models.ForeignKey(NamedMedicine, on_delete=models.CASCADE, related_name="gaps")
    stated = models.CharField(max_length=200, help_text="The words of the rule that these hours are taken from.")
    said_by = models.CharField("who says so", max_length=120, blank=True, help_text="Empty: the rule does not tell.")
    before_low = models.FloatField("medicine before magnesium, least hours", null=True, blank=True)
    before_high = models.FloatField("medicine before magnesium, most hours", null=True, blank=True)
    after_low = models.FloatField("medicine after magnesium, least hours", null=True, blank=True)
    after_high = models.FloatField("medicine after magnesium, most hours", null=True, blank=True)

    class Meta(Part.Meta):
        constraints = [
            ordered("before_low", "before_high"),
            ordered("after_low", "after_high"),
            positive("before_low"),
            positive("after_low"),
            models.CheckConstraint(
                condition=models.Q(before_low__isnull=False) | models.Q(after_low__isnull=False),
                name="%(app_label)s_%(class)s_has_hours",
                violation_error_message="Give the hours of at least one side.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medicine}: {self.stated}"

    def clean(self) -> None:
        """Raise ValidationError for hours of a class, and for words that are not the rule's."""
        if self.medicine_id is None:  # a draft of the edition: its parts are joined when they are written
            return
        if self.medicine.whole_class:
            raise ValidationError("Hours are kept for a medicine by its name, never for a class.")
        if self.stated not in self.medicine.interaction.what_to_do:
            raise ValidationError({"stated": "These words do not stand in what the rule says to do."})


class UnverifiedMedicine(Record):
    """Medicines about which nothing was verified. To say so is safer than to say nothing."""

    name = models.CharField(max_length=120)
    also_called = TextListField(help_text=SEARCH_WORDS)
    says = models.TextField("what is known of that")
    source_urls = TextListField(item_validators=(validate_address,))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SafetyReview(models.Model):
    """One row, or none: which pharmacist has read the list of rules, and when. Set by the owner alone."""

    ONLY = 1
    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    reviewed_by = models.CharField(
        "reviewed by", max_length=200, help_text="Name and qualification of a pharmacist who agreed to be named."
    )
    reviewed_on = models.DateField("reviewed on")

    class Meta:
        verbose_name = verbose_name_plural = "review by a pharmacist"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="%(app_label)s_%(class)s_one_row")]

    def __str__(self) -> str:
        return f"{self.reviewed_by}, {self.reviewed_on}"
