"""Who runs the site and who pays for it, in the owner's own words. Empty until the owner writes them."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_email
from django.db import models

validate_https = RegexValidator(
    r"\Ahttps://[^\s<>\"'\\]+\Z", "Give the whole address of the page; it begins with https://."
)


class SiteOwner(models.Model):
    """One row, or none. Plain text throughout: shown escaped, never read as Markdown."""

    ONLY = 1
    TO_SAY = ("operator", "postal_address", "email", "people", "funding", "conflicts", "clinical_review")
    """What readers should be able to find out; the page says of each that is empty that it is."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    operator = models.CharField(
        "who runs the site", max_length=200, blank=True, help_text="The person or organisation that answers for it."
    )
    postal_address = models.TextField(max_length=600, blank=True, help_text="Where a letter reaches them.")
    email = models.EmailField("contact e-mail", blank=True, help_text="Shown to everybody.")
    website = models.CharField(
        max_length=300, blank=True, validators=[validate_https], help_text="A page about them, beginning with https://."
    )
    people = models.TextField(
        "who writes and edits", max_length=2000, blank=True, help_text="Names and training, of those who agreed to it."
    )
    funding = models.TextField(
        "who pays", max_length=2000, blank=True, help_text="Where the money for the site comes from, and how much."
    )
    conflicts = models.TextField(
        "conflicts of interest",
        max_length=2000,
        blank=True,
        help_text="Ties of owner and editors to those who make or sell magnesium or medicines. None? Say so.",
    )
    clinical_review = models.TextField(
        "review by clinicians",
        max_length=2000,
        blank=True,
        help_text="Which clinicians have read what, and when. Only those who agreed to be named.",
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "site owner"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="%(app_label)s_%(class)s_one_row")]

    def __str__(self) -> str:
        return self.operator or "The owner of this site"

    def unsaid(self) -> list[str]:
        """Names of the fields in TO_SAY that are still empty."""
        names = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        return [names[name] for name in self.TO_SAY if not getattr(self, name).strip()]

    @property
    def told_at(self) -> datetime | None:
        """When the owner last changed this; None when they have said nothing yet."""
        return None if self._state.adding else self.updated_at

    @property
    def mail_address(self) -> str:
        """The e-mail address if it is one; rows may come from elsewhere than the form."""
        try:
            validate_email(self.email)
        except ValidationError:
            return ""
        return self.email

    @property
    def web_address(self) -> str:
        """The website's address if it is safe to lead readers there."""
        try:
            validate_https(self.website)
        except ValidationError:
            return ""
        return self.website


def site_owner() -> SiteOwner:
    """What the owner has said; an empty, unsaved row while that is nothing. One query."""
    return SiteOwner.objects.first() or SiteOwner()
