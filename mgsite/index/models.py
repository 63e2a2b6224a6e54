"""What can be found, and the words it is found by."""

from __future__ import annotations

from typing import Any

from django.db import models


class Document(models.Model):
    """One thing a search can lead to: a record, an article, one of its sections, a public reply.

    The text is kept twice: as people read it, for the result, and as `words.py` spells it, for the engines.
    """

    kind = models.CharField(max_length=12)
    record = models.BigIntegerField(help_text="Primary key in the table of its kind.")
    part = models.CharField(max_length=100, blank=True, help_text="Place on the record's page; empty: all of it.")
    key = models.CharField(max_length=120, help_text="How addresses name the record.")
    url = models.CharField(max_length=300)
    title = models.TextField()
    body = models.TextField(blank=True)
    line: models.JSONField[Any, Any] = models.JSONField(
        default=dict, help_text="What the result says beside its title."
    )
    updated = models.DateField(null=True, blank=True)
    title_words = models.TextField(blank=True)
    names_words = models.TextField(blank=True, help_text="One name a line.")
    body_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "record", "part"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}{'#' if self.part else ''}{self.part}"


class Word(models.Model):
    """A word that documents of the site use, for telling a reader's slip from a word nobody used.

    Replies have no part in it: what their writers misspelt is not to be suggested, nor a name that was erased.
    """

    word = models.CharField(max_length=40, unique=True)
    shown = models.CharField(max_length=80, help_text="As a text spells it.")
    uses = models.IntegerField(help_text="How many documents hold it.")

    def __str__(self) -> str:
        return self.word


class IndexState(models.Model):
    """By which rules the documents were made: one row. Other rules in the code call for a rebuild."""

    ONLY = 1
    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    rules = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="site_index_state_one_row")]

    def __str__(self) -> str:
        return self.rules
