"""The site itself as schema.org's WebSite, with the way to search it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from forms_catalog.linked_data import Node, absolute, node
from forms_catalog.linked_data.nodes import LANGUAGE

TERM = "search_term_string"


def website() -> Node:
    """Asks the database for nothing."""
    place = node("EntryPoint", {"urlTemplate": f"{absolute(reverse('search:search'))}?q={{{TERM}}}"})
    return node(
        "WebSite",
        {
            "@id": absolute("/"),
            "url": absolute("/"),
            "name": settings.SITE_NAME,
            "inLanguage": LANGUAGE,
            "potentialAction": node("SearchAction", {"target": place, "query-input": f"required name={TERM}"}),
        },
    )
