"""E-mail addresses of those who want to hear about their reply, kept apart from it, and the mail that is to go out."""

from __future__ import annotations

from django.db import models

from articles.models.moderation import ModerationEvent
from articles.models.replies import Reply
from forms_catalog.models.fields import choice_field, known


class Contact(models.Model):
    """Where to write about one reply. Until confirmed it gets one mail, which asks. It goes after the thread closes."""

    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, related_name="contact")
    address = models.EmailField("e-mail", help_text="Never shown.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    notify = models.BooleanField(default=True, help_text="Wants to hear of decisions and answers.")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["confirmed_at", "created_at"], name="contact_unconfirmed")]

    def __str__(self) -> str:
        return f"For reply {self.reply_id}"


class MailKind(models.TextChoices):
    """What a mail tells. None holds a word of any reply."""

    CONFIRM = "confirm", "Is this address yours?"
    DECIDED = "decided", "Your reply was decided about"
    ANSWERED = "answered", "Your reply was answered"
    CORRECTED = "corrected", "Your correction was made or declined"


class OutboxMail(models.Model):
    """A mail to be sent, written in the transaction of what it tells. It goes with the contact."""

    kind = choice_field(MailKind)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="mails")
    reply = models.ForeignKey(
        Reply, on_delete=models.CASCADE, related_name="+", help_text="The reply it leads to: its own, or the answer."
    )
    event = models.ForeignKey(
        ModerationEvent, null=True, on_delete=models.CASCADE, related_name="mails", help_text="What it tells of."
    )
    dedupe_key = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, help_text="Empty: sent, or given up.")
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True, help_text="Why the last attempt failed.")

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(next_try_at__isnull=False), name="outbox_due"),
        ]
        constraints = [known("kind", MailKind)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.reply_id})"
