"""Mechanisms: how magnesium is thought to act, and how far up the ladder the evidence reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from forms_catalog.models.base import Part, Record, page_address
from forms_catalog.models.fields import TextListField, choice_field, known, validate_address
from forms_catalog.models.vocabulary import Establishment, Rung

if TYPE_CHECKING:
    from forms_catalog.models.studies import Study


class Mechanism(Record):
    """A proposed mechanism, in plain words, with the misunderstanding it invites."""

    name = models.CharField(max_length=120, unique=True)
    in_first_article = models.BooleanField(default=False, help_text="Named in the first article.")
    target_kind = models.CharField(max_length=120)
    target_protein = models.CharField(max_length=200)
    target_genes = TextListField()
    target_note = models.TextField(blank=True)
    what_magnesium_does = models.TextField()
    establishment = TextListField(help_text="in_vitro, animal, human_indirect, human_direct; one per line.")
    human_evidence = models.TextField()
    common_misunderstanding = models.TextField()
    article_check = models.TextField(blank=True, help_text="What the first article says of it, checked.")
    unknowns = TextListField()
    source_urls = TextListField(item_validators=(validate_address,), blank=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The mechanism's page."""
        return page_address("catalog:mechanism", self.slug)

    def clean(self) -> None:
        """Raise ValidationError for a word that is not on the scale of establishment."""
        from django.core.exceptions import ValidationError

        strange = sorted(set(self.establishment) - set(Establishment.values))
        if strange:
            raise ValidationError({"establishment": f"Not on the scale: {', '.join(strange)}."})

    def get_establishment_labels(self) -> list[str]:
        """The scale's words as people read them."""
        return [str(Establishment(value).label) for value in self.establishment]


class AnalogousDrug(Part):
    """A medicine that acts on the same target, and how it relates."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="analogous_drugs")
    drug = models.CharField(max_length=80)
    relation = models.TextField()

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["mechanism", "drug"], name="%(app_label)s_%(class)s_once")]

    def __str__(self) -> str:
        return self.drug


class LadderEntry(Part):
    """A study on a rung of a mechanism's ladder, or an explicit empty rung with the date searched."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="ladder")
    rung = choice_field(Rung)
    study: models.ForeignKey[Study | None, Study | None] = models.ForeignKey(
        "forms_catalog.Study",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ladder_entries",
        help_text="Empty: a search found none; give the date.",
    )
    note = models.TextField()
    key_note = models.TextField(blank=True, help_text="Why this is a key source, if it is one.")
    searched_on = models.DateField(null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name_plural = "ladder entries"
        constraints = [
            known("rung", Rung),
            models.UniqueConstraint(fields=["mechanism", "rung", "study"], name="%(app_label)s_%(class)s_once"),
            models.UniqueConstraint(
                fields=["mechanism", "rung"],
                condition=models.Q(study__isnull=True),
                name="%(app_label)s_%(class)s_one_empty_row",
            ),
            models.CheckConstraint(
                condition=models.Q(study__isnull=False, searched_on__isnull=True)
                | models.Q(study__isnull=True, searched_on__isnull=False),
                name="%(app_label)s_%(class)s_empty_rung_dated",
                violation_error_message="An empty rung needs the date searched; a filled one has none.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism}, {self.get_rung_display()}: {self.study or 'none found'}"
