"""How a link to a page looks where it is shared: Open Graph's tags, on public pages and on no other.

`{% kept "name" %}…{% endkept %}` prints what is in it and keeps the same text under that name, because a block can be
rendered only once: the title and the description of the head are used again by `{% open_graph … %}`. A page may add to
its tags by a dictionary `open_graph` in its context.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString

from forms_catalog.caching import is_for_everybody

register = template.Library()

PICTURE = "img/share.png"
"""Made by `make share-picture` (tests/share_picture)."""
WIDTH, HEIGHT = 1200, 630
WORDS = "Magnesium & Mind: each sentence that makes a claim carries its evidence."


class KeptNode(template.Node):
    """What is printed here, kept for later."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The text as it is; kept, it may stand in an attribute as well, whatever quotes a template wrote plainly."""
        text = self.nodelist.render(context)
        context[self.name] = SafeString(text.strip().replace('"', "&quot;"))
        return text


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Print what is inside, and keep it under the name that is given."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name.strip('"'), nodelist)


@register.inclusion_tag("partials/_open_graph.html", takes_context=True)
def open_graph(context: Context, *, title: str, description: str) -> dict[str, Any]:
    """The page's tags; none on a page that is not everybody's."""
    request = context.get("request")
    if request is None or not is_for_everybody(request):
        return {}
    return {
        "title": title,
        "description": description,
        "url": context.get("canonical_url"),
        "site_name": settings.SITE_NAME,
        "also": ({"og:type": "website"} | (context.get("open_graph") or {})).items(),
        "picture": {
            "address": f"{settings.SITE_URL}{static(PICTURE)}",
            "width": WIDTH,
            "height": HEIGHT,
            "words": WORDS,
        },
    }
