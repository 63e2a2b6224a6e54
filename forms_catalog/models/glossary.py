"""The glossary: words that our pages use and readers may not know."""

from __future__ import annotations

from django.db import models

from forms_catalog.models.base import Record, page_address
from forms_catalog.models.fields import TextListField, validate_address
from forms_catalog.models.mechanisms import Mechanism
from forms_catalog.models.outcomes import Outcome

LONGEST_DEFINITION = 400


class GlossaryTerm(Record):
    """A word with its plain meaning. It opens where a text uses it first, so the definition stands alone."""

    name = models.CharField(max_length=80, unique=True, help_text="As it stands inside a sentence.")
    also_called = TextListField(
        help_text="Other spellings that texts use, one per line; a plural in -s is understood. Two capitals in a row "
        "are matched as written, anything else in either case."
    )
    definition = models.CharField(
        max_length=LONGEST_DEFINITION, help_text="One or two plain sentences. Texts show it beside the word."
    )
    more = models.TextField(blank=True, help_text="For the term's own page: an example, or what it does not mean.")
    see_also = models.ManyToManyField(
        "self", blank=True, symmetrical=False, related_name="seen_from", help_text="Terms to read next."
    )
    mechanisms = models.ManyToManyField(Mechanism, blank=True, related_name="glossary_terms")
    outcomes = models.ManyToManyField(Outcome, blank=True, related_name="glossary_terms")
    source_urls = TextListField(item_validators=(validate_address,), help_text="Where to read on, one per line.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The term's page."""
        return page_address("catalog:term", self.slug)

    @property
    def spellings(self) -> list[str]:
        """Every spelling that a text may use."""
        return [self.name, *self.also_called]
