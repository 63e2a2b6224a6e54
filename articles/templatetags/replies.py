"""What templates need to show replies."""

from django import template
from django.db.models import Model
from django.template import Context

from articles.kinds import KindWords, offered, shown_as
from articles.thread_pages import ThreadPage, thread_page

register = template.Library()


@register.filter
def kind_shown(kind: str) -> str:
    """The label of a reply for its readers, such as 'Personal experience, not evidence'."""
    return shown_as(kind)


@register.simple_tag
def kinds_offered(*, closed: bool = False) -> list[KindWords]:
    """The kinds of replies that can be sent, in words."""
    return offered(closed=closed)


@register.simple_tag(takes_context=True)
def replies_to(context: Context, record: Model) -> ThreadPage:
    """The page of a record's thread that the address asks for. At most three queries."""
    return thread_page(record, after=context["request"].GET.get("after", ""))
