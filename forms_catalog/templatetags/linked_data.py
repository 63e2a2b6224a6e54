"""A page's facts for machines: `{% load linked_data %}{% linked_data node %}` in the head."""

from django import template
from django.utils.safestring import SafeString

from forms_catalog.linked_data import Node, written

register = template.Library()


@register.simple_tag
def linked_data(node: Node) -> SafeString:
    """The node as a block of data. Browsers run no script of this type, so the content policy stays (ADR 12)."""
    return SafeString(f'<script type="application/ld+json">{written(node)}</script>')
