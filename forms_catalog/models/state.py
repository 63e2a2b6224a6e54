"""Bookkeeping: when public content last changed, and what the first edition has put in."""

import uuid

from django.db import models


class PublicState(models.Model):
    """One row that changes in the same transaction as anything readers can see.

    Caches and stored renderings compare their number with this one; see `actions.public_content_changed`.
    """

    ONLY = 1
    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    version = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    feeds = models.UUIDField(default=uuid.uuid4, editable=False, help_text="What ids in feeds are made from; it stays.")

    class Meta:
        verbose_name_plural = "public state"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="publicstate_one_row")]

    def __str__(self) -> str:
        return f"version {self.version}"


class EditionRecord(models.Model):
    """What the first edition last wrote for a record, so that a later load never undoes an editor's work.

    A record whose content differs from `digest` was edited here; one that is gone was deleted here.
    """

    kind = models.CharField(max_length=40)
    slug = models.CharField(max_length=120)  # the longest there is, an article's
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="%(app_label)s_%(class)s_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
