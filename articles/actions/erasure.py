"""Erasing a reply because its writer asks for it. It cannot be taken back, so it has no button."""

from django.db import transaction

from articles.models import Reply, ReplyStatus
from articles.search import follow_replies
from forms_catalog.actions import public_content_changed


@transaction.atomic
def erase_reply(*, reply: Reply) -> None:
    """Delete a reply with everything known about it, the decisions included."""
    was_public, key = reply.status == ReplyStatus.APPROVED, reply.pk
    reply.delete()
    if was_public:
        public_content_changed()
        follow_replies([key])
