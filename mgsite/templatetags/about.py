"""The pages about the site, for the footer."""

from django import template

from mgsite.pages.about.index import PAGES, AboutPage

register = template.Library()


@register.simple_tag
def about_pages() -> tuple[AboutPage, ...]:
    """All of them, in their order. No query: error pages have this footer too."""
    return PAGES
