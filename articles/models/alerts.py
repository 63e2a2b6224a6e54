"""That moderators were told of an urgent reply."""

from __future__ import annotations

from django.db import models

from articles.models.replies import Reply, Triage
from forms_catalog.models.fields import choice_field, known


class UrgentAlert(models.Model):
    """One alert about one reply at one level of urgency, or the reminder when its time has passed.

    It holds nothing of the reply, and no address.
    """

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="alerts")
    level = choice_field(Triage)
    reminder = models.BooleanField(default=False)
    claimed_at = models.DateTimeField(help_text="Since when a process has been trying to send it.")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            known("level", Triage),
            models.UniqueConstraint(fields=["reply", "level", "reminder"], name="%(app_label)s_%(class)s_once_a_level"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} ({self.reply_id})"
