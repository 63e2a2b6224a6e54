"""The admin of the catalog, one module for each area; importing them registers their records."""

from forms_catalog.admin import (
    alerts,
    claims,
    diet,
    forms,
    glossary,
    history,
    mechanisms,
    medicines,
    outcomes,
    safety,
    studies,
    trials,
)

__all__ = [
    "alerts",
    "claims",
    "diet",
    "forms",
    "glossary",
    "history",
    "mechanisms",
    "medicines",
    "outcomes",
    "safety",
    "studies",
    "trials",
]
