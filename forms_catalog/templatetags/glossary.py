"""A glossary word in a template: `{% load glossary %}{% term "placebo" "placebo group" %}`."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forms_catalog.glossary import load_glossary
from mgsite.markup.glossary import Term

register = template.Library()

_TERMS, _SHOWN = "glossary terms", "glossary terms shown"


@register.simple_tag(takes_context=True)
def term(context: Context, slug: str, words: str = "") -> SafeString | str:
    """Words that open their meaning on first use in a page, and lead to it after that. One query for the whole page.

    A word that is not in the glossary is just the word. Not for the inside of a link or a heading.
    """
    # The lowest layer is the one that a page shares with what it includes, even with `only`.
    page: Any = context.render_context.dicts[0]
    if _TERMS not in page:
        page[_TERMS], page[_SHOWN] = load_glossary().terms, set()
    found = page[_TERMS].get(slug)
    if found is None:
        return words or slug.replace("-", " ")
    link = format_html('<a class="term" href="{}">{}</a>', found.url, words or found.name)
    return format_html("{}{}", link, _first_use(found, page[_SHOWN]))


def _first_use(found: Term, shown: set[str]) -> SafeString | str:
    """The word's card, and with the first card of a page the script that opens them."""
    if found.key in shown:
        return ""
    card = render_to_string("components/term-card.html", {"term": found}).strip()
    script = "" if shown else _script()
    shown.add(found.key)
    return format_html("{}{}", SafeString(card), script)


def _script() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/elements/term-cards.js"))
