"""Pages about something that schema.org has no type for: a mechanism, an outcome, a word explained."""

from __future__ import annotations

from django.urls import reverse

from forms_catalog.linked_data.forms import mechanism_in_words
from forms_catalog.linked_data.nodes import LANGUAGE, Node, absolute, node
from forms_catalog.models import GlossaryTerm, Mechanism, Outcome


def mechanism_topic(*, mechanism: Mechanism) -> Node:
    """A proposed mechanism, and how far it is shown."""
    return _page(mechanism, description=mechanism_in_words(mechanism))


def outcome_topic(*, outcome: Outcome) -> Node:
    """An outcome, with what studies call it."""
    return _page(outcome, description=outcome.description, alternate=outcome.technical_name)


def defined_term(*, term: GlossaryTerm) -> Node:
    """A word of the glossary."""
    address = absolute(term.get_absolute_url())
    return node(
        "DefinedTerm",
        {
            "@id": address,
            "url": address,
            "name": term.name,
            "alternateName": term.also_called,
            "description": term.definition,
            "inDefinedTermSet": absolute(reverse("catalog:term-list")),
        },
    )


def _page(record: Mechanism | Outcome, *, description: str, alternate: str = "") -> Node:
    return node(
        "MedicalWebPage",
        {
            "url": absolute(record.get_absolute_url()),
            "name": record.name,
            "description": description,
            "inLanguage": LANGUAGE,
            "isAccessibleForFree": True,
            "about": node("Thing", {"name": record.name, "alternateName": alternate}),
        },
    )
