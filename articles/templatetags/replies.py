"""What templates need to show replies."""

from datetime import datetime

from django import template
from django.db.models import Model
from django.utils.safestring import SafeString

from articles.kinds import KindWords, offered, shown_as
from articles.linked_data.comments import discussion
from articles.subjects import form_address
from articles.thread_pages import ThreadPage
from articles.waiting import time_since
from forms_catalog.templatetags.linked_data import linked_data

register = template.Library()


@register.filter
def ago(moment: datetime) -> str:
    """How long ago something was, for whoever has to act on it: '2 hours ago', and never '0 minutes ago'."""
    return f"{time_since(moment)} ago"


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


@register.simple_tag
def replies_as_data(thread: ThreadPage) -> SafeString:
    """The replies that stand here, for machines; nothing where none may be handed on."""
    found = discussion(thread)
    return linked_data(found) if found else SafeString()
