"""What readers reply to: one row for each thing, which numbers its replies and says whether it takes more."""

from __future__ import annotations

from typing import Any

from django.db import models

from articles.models.articles import Article, exactly_one

SUBJECTS = ("article", "claim", "form", "mechanism", "study")
"""Kinds of things with a thread, by the name of the column that leads to them."""


class Thread(models.Model):
    """The replies to one thing. Its row is locked by whoever takes a number (`articles.actions.numbers`)."""

    article = models.OneToOneField(Article, null=True, blank=True, on_delete=models.CASCADE, related_name="thread")
    claim = models.OneToOneField(
        "forms_catalog.Claim", null=True, blank=True, on_delete=models.CASCADE, related_name="thread"
    )
    form = models.OneToOneField(
        "forms_catalog.Form", null=True, blank=True, on_delete=models.CASCADE, related_name="thread"
    )
    mechanism = models.OneToOneField(
        "forms_catalog.Mechanism", null=True, blank=True, on_delete=models.CASCADE, related_name="thread"
    )
    study = models.OneToOneField(
        "forms_catalog.Study", null=True, blank=True, on_delete=models.CASCADE, related_name="thread"
    )
    last_number = models.PositiveIntegerField(default=0, help_text="Of its replies, whatever became of them.")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Empty: readers may reply.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(SUBJECTS), name="%(app_label)s_%(class)s_exactly_one_subject"),
        ]

    def __str__(self) -> str:
        return f"Replies to {self.about}"

    def get_absolute_url(self) -> str:
        """The page of the thing replied to."""
        return str(self.about.get_absolute_url())

    @property
    def kind(self) -> str:
        """Which of SUBJECTS it is about."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id") is not None)

    @property
    def about(self) -> Any:
        """The one thing replied to."""
        return getattr(self, self.kind)


def public_threads(to: str = "thread") -> models.Q:
    """Condition: what is replied to is public. `to`: how the query gets to the thread."""
    condition = models.Q(**{f"{to}__article__status": "published"}) | models.Q(**{f"{to}__study__is_public": True})
    for always in ("claim", "form", "mechanism"):
        condition |= models.Q(**{f"{to}__{always}__isnull": False})
    return condition
