"""When evidence changes: what was noticed, and every record that has to be looked at again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from forms_catalog.models.claims import Claim
from forms_catalog.models.fields import choice_field, known
from forms_catalog.models.forms import Form
from forms_catalog.models.mechanisms import Mechanism
from forms_catalog.models.studies import Study


class AlertKind(models.TextChoices):
    """What changed."""

    RETRACTED = "retracted", "Study retracted"
    CORRECTED = "corrected", "Study corrected"
    CONCERN = "concern", "Expression of concern about a study"
    VERDICT = "verdict", "Verdict changed"


class EvidenceAlertQuerySet(models.QuerySet["EvidenceAlert"]):
    """Vocabulary for reading alerts."""

    def open(self) -> EvidenceAlertQuerySet:
        """Alerts whose tasks are not all done: readers see a dated notice."""
        return self.filter(resolved_at__isnull=True)


class EvidenceAlert(models.Model):
    """A change in the evidence. Readers see a dated notice on every page that leans on it until it is resolved."""

    kind = choice_field(AlertKind)
    study = models.ForeignKey(Study, null=True, blank=True, on_delete=models.CASCADE, related_name="alerts")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="alerts")
    note = models.TextField(help_text="What was noticed, and where it is said; readers see it.")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceAlertQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            known("kind", AlertKind),
            models.CheckConstraint(
                condition=models.Q(kind="verdict", claim__isnull=False, study__isnull=True)
                | (~models.Q(kind="verdict") & models.Q(study__isnull=False, claim__isnull=True)),
                name="%(app_label)s_%(class)s_about_its_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.study or self.claim}"


TASK_TARGETS = ("claim", "form", "mechanism")


class ReviewTask(models.Model):
    """One catalog record to look at again because of an alert."""

    alert = models.ForeignKey(EvidenceAlert, on_delete=models.CASCADE, related_name="tasks")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="review_tasks")
    form = models.ForeignKey(Form, null=True, blank=True, on_delete=models.CASCADE, related_name="review_tasks")
    mechanism = models.ForeignKey(
        Mechanism, null=True, blank=True, on_delete=models.CASCADE, related_name="review_tasks"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolution = models.CharField(max_length=300, blank=True, help_text="What was done.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(claim__isnull=False, form__isnull=True, mechanism__isnull=True)
                | models.Q(claim__isnull=True, form__isnull=False, mechanism__isnull=True)
                | models.Q(claim__isnull=True, form__isnull=True, mechanism__isnull=False),
                name="%(app_label)s_%(class)s_exactly_one_target",
            ),
            *(
                models.UniqueConstraint(
                    fields=["alert", target],
                    condition=models.Q(**{f"{target}__isnull": False}),
                    name=f"%(app_label)s_%(class)s_{target}_once",
                )
                for target in TASK_TARGETS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.alert}"

    @property
    def target(self) -> models.Model:
        """The record to look at."""
        return next(record for record in (getattr(self, name) for name in TASK_TARGETS) if record is not None)
