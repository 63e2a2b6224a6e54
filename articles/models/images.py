"""Uploaded images: decoded, re-encoded, described."""

from django.conf import settings
from django.db import models

from forms_catalog.models.fields import positive


class Image(models.Model):
    """A picture for articles. The file is our own re-encoding, never the bytes that were sent."""

    file = models.FileField(upload_to="images/", max_length=120, editable=False)
    alt = models.CharField(
        "description", max_length=300, blank=True, help_text="What the picture shows, for people who cannot see it."
    )
    decorative = models.BooleanField(default=False, help_text="Adds nothing to the text; described to nobody.")
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=200, blank=True, help_text="Who made it.")
    licence = models.CharField(max_length=120, blank=True)
    width = models.PositiveIntegerField(editable=False, help_text="Pixels.")
    height = models.PositiveIntegerField(editable=False, help_text="Pixels.")
    sha256 = models.CharField(max_length=64, unique=True, editable=False, help_text="Of the stored file.")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            positive("width"),
            positive("height"),
            models.CheckConstraint(
                condition=models.Q(decorative=True, alt="") | (models.Q(decorative=False) & ~models.Q(alt="")),
                name="%(app_label)s_%(class)s_described_or_decorative",
                violation_error_message="Describe the picture, or say that it is decorative.",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or f"decorative image {self.pk}"
