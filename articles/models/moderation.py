"""What was done about replies, by whom and why: only ever added to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from articles.models.replies import Reply, ReplyStatus
from forms_catalog.models.fields import choice_field, known


class ModerationAction(models.TextChoices):
    """What can be done to a reply: by moderators, by its writer, by either."""

    APPROVE = "approve", "Approve"
    REJECT = "reject", "Reject"
    MARK_SPAM = "mark_spam", "Mark as spam"
    HIDE = "hide", "Hide"
    REOPEN = "reopen", "Put back to waiting"
    REDACT = "redact", "Redact"
    SET_TRIAGE = "set_triage", "Set how urgent it is"
    ACCEPT_EDIT = "accept_edit", "Accept the new words"
    DECLINE_EDIT = "decline_edit", "Decline the new words"
    ACCEPT_CORRECTION = "accept_correction", "Accept as a correction"
    DECLINE_CORRECTION = "decline_correction", "Decline the correction"
    EDIT = "edit", "Edit"
    WITHDRAW = "withdraw", "Withdraw"
    APPEAL = "appeal", "Appeal"
    ERASE = "erase", "Erase"
    UNDO = "undo", "Undo"


class Actor(models.TextChoices):
    """Who did it."""

    MODERATOR = "moderator", "Moderator"
    WRITER = "writer", "Writer"
    SYSTEM = "system", "System"


class Reason(models.TextChoices):
    """Why a reply was not published, or a correction not made. The sentences for writers are in policies."""

    SELLING = "selling", "Sells or promotes something"
    UNKIND = "unkind", "Unkind to someone"
    EXPOSES = "exposes", "Names or exposes another person"
    MEDICAL_ADVICE = "medical_advice", "Tells someone to take, stop or change a medicine"
    OFF_TOPIC = "off_topic", "About something else"
    SAID_ALREADY = "said_already", "Said already in this thread"
    UNREADABLE = "unreadable", "Cannot be made out"
    CHECKING = "checking", "Taken down while we check it"
    NOT_SHOWN = "not_shown", "The source does not show it"
    STANDS = "stands", "The page says so rightly"
    OTHER = "other", "Another reason"


class AppendOnlyError(TypeError):
    """An event was to be changed or deleted. What was done stays done; an event that undoes it is added."""


class EventQuerySet(models.QuerySet["ModerationEvent"]):
    """Events, which can be read and added."""

    def update(self, **kwargs: Any) -> int:
        """Raise AppendOnlyError."""
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raise AppendOnlyError."""
        raise AppendOnlyError


class ModerationEvent(models.Model):
    """One thing that was done about a reply. Only ever added; holds none of the reply's text."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="events")
    action = choice_field(ModerationAction)
    actor = choice_field(Actor, default=Actor.MODERATOR)
    from_status = choice_field(ReplyStatus)
    to_status = choice_field(ReplyStatus)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = choice_field(Reason, blank=True)
    message = models.CharField(max_length=300, blank=True, help_text="For the writer, beside the reason's sentence.")
    note = models.CharField(max_length=300, blank=True, help_text="For colleagues.")
    batch = models.UUIDField(null=True, editable=False, help_text="The same for what was decided at once.")
    undo_of = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undone_by")
    at = models.DateTimeField()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name="event_batch"),
            models.Index(fields=["-at"], name="event_newest"),
        ]
        constraints = [
            known("action", ModerationAction),
            known("actor", Actor),
            known("reason", Reason, blank=True),
            known("from_status", ReplyStatus),
            known("to_status", ReplyStatus),
            models.CheckConstraint(
                condition=models.Q(action="undo", undo_of__isnull=False)
                | (~models.Q(action="undo") & models.Q(undo_of__isnull=True)),
                name="%(app_label)s_%(class)s_undo_names_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.get_from_status_display()} → {self.get_to_status_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it. Raise AppendOnlyError when it is there already."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raise AppendOnlyError."""
        raise AppendOnlyError
