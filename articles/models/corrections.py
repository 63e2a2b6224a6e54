"""What became of readers' corrections."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from articles.models.articles import Revision
from articles.models.moderation import Reason
from articles.models.replies import Reply
from forms_catalog.models.fields import choice_field, known


class CorrectionOutcome(models.TextChoices):
    """How a correction ended. Blank: editors have yet to look."""

    MADE = "made", "Corrected"
    DECLINED = "declined", "Declined"


class Correction(models.Model):
    """A reader's correction that moderators passed on to editors, or declined. One for a reply."""

    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, related_name="correction")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = choice_field(CorrectionOutcome, blank=True)
    reason = choice_field(Reason, blank=True, help_text="Why it was declined.")
    message = models.CharField(max_length=300, blank=True, help_text="What was done, or why not: for readers.")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey(
        Revision,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="corrections",
        help_text="The version of the article that makes it and gives credit.",
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["outcome", "opened_at"], name="correction_open")]
        constraints = [
            known("outcome", CorrectionOutcome, blank=True),
            known("reason", Reason, blank=True),
            models.CheckConstraint(
                condition=models.Q(outcome="", resolved_at__isnull=True)
                | (~models.Q(outcome="") & models.Q(resolved_at__isnull=False)),
                name="%(app_label)s_%(class)s_outcome_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(revision__isnull=True) | models.Q(outcome="made"),
                name="%(app_label)s_%(class)s_credit_for_what_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"Correction in reply {self.reply_id}"
