"""Outcomes: what people hope magnesium changes, and what studies measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from forms_catalog.models.base import Part, Record, page_address

if TYPE_CHECKING:
    from forms_catalog.models.studies import Study


class Outcome(Record):
    """Something measured: lay name first, as readers say it."""

    name = models.CharField(max_length=120, help_text="In lay words, as a reader would say it.")
    technical_name = models.CharField(max_length=160, blank=True, help_text="The field's term, where it differs.")
    description = models.TextField(help_text="One or two plain sentences: what is measured, and how.")
    is_main = models.BooleanField(default=False, help_text="One of the outcomes this site is about; listed first.")
    broader = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="narrower", help_text="The wider outcome."
    )

    class Meta:
        ordering = ["-is_main", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The outcome's page."""
        return page_address("catalog:outcome", self.slug)


class OutcomeNote(Part):
    """What one study says about an outcome whatever the form of magnesium."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="notes")
    study: models.ForeignKey[Study, Study] = models.ForeignKey(
        "forms_catalog.Study", on_delete=models.PROTECT, related_name="outcome_notes"
    )
    note = models.TextField()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["outcome", "study"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.study}"
