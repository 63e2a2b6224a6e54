"""What templates need to show replies."""

from django import template
from django.db.models import Model

from articles.kinds import KindWords, offered, shown_as
from articles.subjects import form_address

register = template.Library()


@register.filter
def kind_shown(kind: str) -> str:
    """The label of a reply for its readers, such as 'Personal experience, not evidence'."""
    return shown_as(kind)


@register.simple_tag
def kinds_offered(*, closed: bool = False) -> list[KindWords]:
    """The kinds of replies that can be sent, in words."""
    return offered(closed=closed)


@register.simple_tag
def reply_address(record: Model) -> str:
    """Where the replies to a record are read and written."""
    return form_address(record)
