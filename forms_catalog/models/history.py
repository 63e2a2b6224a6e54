"""What the catalog remembers of its own past: how verdicts changed, and since when a study is here."""

from __future__ import annotations

from typing import Any

from django.db import models

from forms_catalog.models.claims import Claim
from forms_catalog.models.fields import choice_field, known
from forms_catalog.models.outcomes import Outcome
from forms_catalog.models.studies import Study
from forms_catalog.models.vocabulary import Certainty, Verdict


class Pointing(models.TextChoices):
    """Which way the evidence on an outcome points; the words are those of its page (`grading.cells.Lean`)."""

    BENEFIT = "benefit", "Results point to a benefit"
    NO_DIFFERENCE = "no_difference", "No clear difference found"
    BOTH_WAYS = "both_ways", "Mixed results"


class VerdictChange(models.Model):
    """A verdict that became another: the editors' on a claim, or the grading rule's on an outcome.

    Holds only what readers were told. Who made the change stands in the admin's own log.
    """

    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="verdict_changes")
    outcome = models.ForeignKey(
        Outcome, null=True, blank=True, on_delete=models.CASCADE, related_name="verdict_changes"
    )
    at = models.DateTimeField()
    former_verdict = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    former_certainty = choice_field(Certainty, blank=True)
    certainty = choice_field(Certainty, blank=True)
    in_brief = models.TextField(blank=True, help_text="The reason in one line, as readers had it then.")
    why = models.TextField("reason", blank=True, help_text="As readers had it then.")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="verdictchange_newest")]
        constraints = [
            known("former_certainty", Certainty, blank=True),
            known("certainty", Certainty, blank=True),
            models.CheckConstraint(
                condition=models.Q(
                    claim__isnull=False,
                    outcome__isnull=True,
                    verdict__in=Verdict.values,
                    former_verdict__in=Verdict.values,
                )
                | models.Q(
                    claim__isnull=True,
                    outcome__isnull=False,
                    verdict__in=[*Pointing.values, ""],
                    former_verdict__in=[*Pointing.values, ""],
                ),
                name="%(app_label)s_%(class)s_of_one_record",
            ),
            models.CheckConstraint(
                condition=~models.Q(former_verdict=models.F("verdict"), former_certainty=models.F("certainty")),
                name="%(app_label)s_%(class)s_is_a_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.before} → {self.after}"

    @property
    def record(self) -> Any:
        """The claim or the outcome."""
        return self.claim or self.outcome

    @property
    def subject(self) -> str:
        """What the verdict is about, as its page is called."""
        return self.claim.statement if self.claim else str(self.outcome)

    @property
    def before(self) -> str:
        """In words, such as “Overstated, low certainty”."""
        return self._words(self.former_verdict, self.former_certainty)

    @property
    def after(self) -> str:
        """The same of what it became."""
        return self._words(self.verdict, self.certainty)

    def _words(self, verdict: str, certainty: str) -> str:
        if not verdict:
            return "No grade"
        label = Verdict(verdict).label if self.claim_id else Pointing(verdict).label
        return f"{label}, {str(Certainty(certainty).label).lower()} certainty" if certainty else str(label)


class StudyArrival(models.Model):
    """Since when readers can see a study's record here, and when its words last changed.

    Not a part of the record: no file states it. Empty dates: it was here before dates were kept.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="arrivals")
    at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="studyarrival_newest")]
        constraints = [
            models.UniqueConstraint(fields=["study"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(
                condition=models.Q(at__isnull=True) | models.Q(changed_at__gte=models.F("at")),
                name="%(app_label)s_%(class)s_changed_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study}, since {self.at}"
