"""What catalog records have in common."""

from functools import lru_cache

from django.db import models
from django.urls import reverse

from forms_catalog.models.fields import validate_key


@lru_cache(maxsize=4096)
def page_address(name: str, slug: str) -> str:
    """Address of a record's page. Remembered: one page may name a hundred records, and the slug decides alone."""
    return reverse(name, args=[slug])


class Record(models.Model):
    """A top-level record: one page, one file of the first edition, named by its slug."""

    slug = models.CharField(
        max_length=80,
        unique=True,
        validators=[validate_key],
        help_text="Lower-case letters, digits and hyphens. Part of the address; other records refer to it.",
    )

    class Meta:
        abstract = True


class Part(models.Model):
    """A row that belongs to one record and has a place among its siblings."""

    position = models.PositiveSmallIntegerField(default=0, help_text="Place in the list, counted from 0.")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
