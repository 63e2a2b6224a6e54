"""Citations for machines: `{% citation_tags work %}` in a page's head, `{% coins study %}` beside each study listed."""

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from forms_catalog.bibliography import Work
from forms_catalog.bibliography.coins import coins as context_object
from forms_catalog.bibliography.highwire import highwire
from forms_catalog.bibliography.studies import work_of
from forms_catalog.citations import in_a_line
from forms_catalog.models import Study

register = template.Library()
register.filter("in_a_line", in_a_line)


@register.simple_tag
def citation_tags(work: Work) -> SafeString:
    """The page's own work, so that a reference manager offers it."""
    return _metas(highwire(work))


@register.simple_tag
def study_tags(study: Study) -> SafeString:
    """The study itself, not our page of it. Our summary is marked as ours: it would pass for the authors' abstract."""
    work = work_of(study)
    ours = f"In short, by {settings.SITE_NAME} and not its authors: {study.summary}" if study.summary else ""
    return _metas(highwire(work, teaser=f"{work.note} {ours}"))


@register.simple_tag
def coins(study: Study) -> SafeString:
    """A listed study for reference managers. Hidden: readers, and screen readers, have the row itself."""
    return format_html('<span class="Z3988" title="{}" hidden></span>', context_object(work_of(study)))


def _metas(tags: list[tuple[str, str]]) -> SafeString:
    return format_html_join("\n", '<meta name="{}" content="{}">', tags)
