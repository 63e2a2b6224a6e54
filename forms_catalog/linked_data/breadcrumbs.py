"""The way to a page as schema.org's BreadcrumbList, made from what the breadcrumbs component is given and shows."""

from __future__ import annotations

from typing import Any

from forms_catalog.linked_data.nodes import Node, absolute, node


def trail(*, href: str, label: str, here: str) -> Node:
    """The list, and the page itself, whose address need not be said."""
    steps: list[dict[str, Any]] = [{"name": label, "item": node("WebPage", {"@id": absolute(href)})}, {"name": here}]
    numbered = [node("ListItem", {"position": number, **step}) for number, step in enumerate(steps, start=1)]
    return node("BreadcrumbList", {"itemListElement": numbered})
