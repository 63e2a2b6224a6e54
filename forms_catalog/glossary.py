"""The glossary as texts and templates use it: every spelling with its meaning, in one query."""

from collections.abc import Iterable

from django.dispatch import Signal

from forms_catalog.models import GlossaryTerm
from mgsite.markup.glossary import Glossary, Term

glossary_changed = Signal()
"""Sent inside the transaction of a change, with `keys` and `words`: slugs and spellings of the terms it touches.
The apps above mark terms in texts."""


def load_glossary() -> Glossary:
    """All terms. One query."""
    terms = GlossaryTerm.objects.only("slug", "name", "also_called", "definition").order_by("slug")
    return Glossary(
        Term(term.slug, term.name, term.definition, term.get_absolute_url(), tuple(term.spellings)) for term in terms
    )


def tell_of_terms(terms: Iterable[GlossaryTerm]) -> None:
    """Say that these terms are new, changed or gone."""
    terms = list(terms)
    words = [word for term in terms for word in term.spellings]
    glossary_changed.send(GlossaryTerm, keys=[term.slug for term in terms], words=words)
