"""A page's facts for machines: `{% load linked_data %}{% linked_data node %}`."""

from django import template
from django.utils.safestring import SafeString

from forms_catalog.linked_data import Node, written
from forms_catalog.linked_data.breadcrumbs import trail

register = template.Library()


@register.simple_tag
def linked_data(node: Node) -> SafeString:
    """The node as a block of data. Browsers run no script of this type, so the content policy stays (ADR 12)."""
    return SafeString(f'<script type="application/ld+json">{written(node)}</script>')


@register.simple_tag
def breadcrumb_data(*, href: str, label: str, here: str) -> SafeString:
    """The breadcrumbs that the component shows, for machines; it stands beside them, so that both say the same."""
    return linked_data(trail(href=href, label=label, here=here))
