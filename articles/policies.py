"""Rules, as tables and as checks that raise with a sentence we can show.

Replies: a reply is published only from waiting, so that a slip in a list of spam or of rejected replies
can never publish one; every decision can be taken back by putting the reply back to waiting.
"""

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied

from articles.models import Article, ModerationAction, ReplyStatus, Status

MODERATE = "articles.moderate_reply"


class ReplyRefused(Exception):
    """The article takes no replies at present; the message is for its reader."""


class ModerationRefused(Exception):
    """The decision was not taken; the message is for the moderator."""


FIRST_REOPEN = "Put this reply back to waiting first; then it can be approved."

# What each decision makes of a reply in each state: the next state, or the sentence that refuses it.
TRANSITIONS: dict[tuple[ReplyStatus, ModerationAction], ReplyStatus | str] = {
    (ReplyStatus.PENDING, ModerationAction.APPROVE): ReplyStatus.APPROVED,
    (ReplyStatus.PENDING, ModerationAction.REJECT): ReplyStatus.REJECTED,
    (ReplyStatus.PENDING, ModerationAction.MARK_SPAM): ReplyStatus.SPAM,
    (ReplyStatus.PENDING, ModerationAction.REOPEN): "This reply is waiting already.",
    (ReplyStatus.APPROVED, ModerationAction.APPROVE): "This reply is approved already.",
    (ReplyStatus.APPROVED, ModerationAction.REJECT): ReplyStatus.REJECTED,
    (ReplyStatus.APPROVED, ModerationAction.MARK_SPAM): ReplyStatus.SPAM,
    (ReplyStatus.APPROVED, ModerationAction.REOPEN): ReplyStatus.PENDING,
    (ReplyStatus.REJECTED, ModerationAction.APPROVE): FIRST_REOPEN,
    (ReplyStatus.REJECTED, ModerationAction.REJECT): "This reply is rejected already.",
    (ReplyStatus.REJECTED, ModerationAction.MARK_SPAM): ReplyStatus.SPAM,
    (ReplyStatus.REJECTED, ModerationAction.REOPEN): ReplyStatus.PENDING,
    (ReplyStatus.SPAM, ModerationAction.APPROVE): FIRST_REOPEN,
    (ReplyStatus.SPAM, ModerationAction.REJECT): ReplyStatus.REJECTED,
    (ReplyStatus.SPAM, ModerationAction.MARK_SPAM): "This reply is marked as spam already.",
    (ReplyStatus.SPAM, ModerationAction.REOPEN): ReplyStatus.PENDING,
}


def status_after(*, status: ReplyStatus, action: ModerationAction) -> ReplyStatus:
    """The state a decision leads to. Raises ModerationRefused when the table does."""
    found = TRANSITIONS[status, action]
    if isinstance(found, ReplyStatus):
        return found
    raise ModerationRefused(found)


def allowed_actions(status: ReplyStatus) -> list[ModerationAction]:
    """The decisions open to a moderator for a reply in this state."""
    return [action for action in ModerationAction if isinstance(TRANSITIONS[status, action], ReplyStatus)]


def check_reply_allowed(article: Article) -> None:
    """Raise ReplyRefused unless readers may reply to the article now."""
    if article.status != Status.PUBLISHED:
        raise ReplyRefused("This article is not public at present, so it takes no replies.")
    if not article.replies_open:
        raise ReplyRefused("Replies to this article are closed.")


def check_may_moderate(person: User | AnonymousUser) -> User:
    """The person, who may decide about replies. Raises PermissionDenied."""
    if not isinstance(person, User) or not person.has_perm(MODERATE):
        raise PermissionDenied("Only moderators decide about replies.")
    return person
