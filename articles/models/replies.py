"""Replies from readers, what was decided about each, and the counters that keep floods out."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from articles.models.articles import Article
from forms_catalog.models.fields import choice_field, known


class ReplyStatus(models.TextChoices):
    """Where a reply stands. Only approved replies are public."""

    PENDING = "pending", "Waiting"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    SPAM = "spam", "Spam"


class ModerationAction(models.TextChoices):
    """What a moderator can do to a reply."""

    APPROVE = "approve", "Approve"
    REJECT = "reject", "Reject"
    MARK_SPAM = "mark_spam", "Mark as spam"
    REOPEN = "reopen", "Put back to waiting"


def new_public_id() -> str:
    """An address part that cannot be guessed or counted."""
    return secrets.token_urlsafe(9)


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Vocabulary for reading replies."""

    def visible(self) -> ReplyQuerySet:
        """What readers may see: the one door to public replies. Loads nothing that is not for them."""
        return self.filter(status=ReplyStatus.APPROVED, article__status="published").defer("email", "body", "signals")

    def before(self, reply: Reply) -> ReplyQuerySet:
        """Those that stand above a reply under its article."""
        earlier = models.Q(created_at__lt=reply.created_at) | models.Q(created_at=reply.created_at, pk__lt=reply.pk)
        return self.filter(earlier, article=reply.article_id)

    def waiting(self) -> ReplyQuerySet:
        """What moderators have still to decide, oldest first."""
        return self.filter(status=ReplyStatus.PENDING).order_by("created_at", "pk")


class Reply(models.Model):
    """A reader's reply to an article. No address of the network is kept with it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="replies")
    name = models.CharField(max_length=80)
    email = models.EmailField("e-mail", blank=True, help_text="Never shown.")
    body = models.TextField(help_text="As typed.")
    html = models.TextField(editable=False, help_text="Rendered and sanitised when it was sent.")
    status = choice_field(ReplyStatus, default=ReplyStatus.PENDING)
    signals: models.JSONField[Any, Any] = models.JSONField(
        default=list, blank=True, help_text="Why a moderator may want to look twice; never a verdict."
    )
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["created_at", "pk"]
        permissions = [("moderate_reply", "Can moderate replies")]
        indexes = [
            models.Index(fields=["article", "status", "created_at"], name="reply_thread"),
            models.Index(fields=["status", "created_at"], name="reply_queue"),
        ]
        constraints = [known("status", ReplyStatus)]

    def __str__(self) -> str:
        return f"Reply {self.pk} by {self.name}"

    def get_absolute_url(self) -> str:
        """The reply's permanent address."""
        return reverse("articles:reply", args=[self.public_id])


class ModerationEvent(models.Model):
    """One decision about a reply. Only ever added; holds none of the reply's text."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="events")
    action = choice_field(ModerationAction)
    from_status = choice_field(ReplyStatus)
    to_status = choice_field(ReplyStatus)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            known("action", ModerationAction),
            known("from_status", ReplyStatus),
            known("to_status", ReplyStatus),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.get_from_status_display()} → {self.get_to_status_display()}"


class RateBucket(models.Model):
    """How many replies came from one keyed bucket in one window. The key is an HMAC with a key of the day."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="%(app_label)s_%(class)s_one_per_window"),
        ]

    def __str__(self) -> str:
        return f"{self.count} since {self.window}"
