"""Rules, as tables and as checks that raise with a sentence we can show.

Replies: a reply is published only from waiting, so that a slip in a list of spam or of rejected replies
can never publish one; every decision of a moderator can be taken back, by an undo while nothing came after it,
else by putting the reply back to waiting.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied

from articles.models import Article, ModerationAction, Reason, Reply, ReplyKind, ReplyStatus, Status, Triage
from articles.models.replies import QUOTING
from forms_catalog.models import Study

MODERATE = "articles.moderate_reply"
EDIT_FOR = timedelta(minutes=15)
"""How long a writer may edit a reply that nobody has answered."""
WITHIN = {Triage.NOW: timedelta(minutes=15), Triage.SOON: timedelta(hours=1), Triage.TODAY: timedelta(days=1)}
"""How soon somebody should look at what is urgent; later is overdue."""


class ReplyRefused(Exception):
    """The page takes no replies at present; the message is for its reader."""


class ModerationRefused(Exception):
    """The decision was not taken; the message is for the moderator."""


class WriterRefused(Exception):
    """What a writer asked for was not done; the message is for the writer."""


A = ModerationAction
DECISIONS = (A.APPROVE, A.REJECT, A.MARK_SPAM, A.HIDE, A.REOPEN)
"""What a moderator decides about any reply, by itself or among others."""
WRITERS = (A.EDIT, A.WITHDRAW, A.APPEAL, A.ERASE)
"""What a writer does with a reply of their own."""
SWAPPING = (A.REDACT, A.ACCEPT_EDIT)
"""What puts other words in place of a reply's own, which are kept for a day so that it can be undone."""
CORRECTING = (A.ACCEPT_CORRECTION, A.DECLINE_CORRECTION)
UNDOABLE = (*DECISIONS, *SWAPPING, *CORRECTING, A.DECLINE_EDIT)

FIRST_REOPEN = "Put this reply back to waiting first; then it can be approved."
NOT_PUBLIC = "This reply is not public, so there is nothing to hide."
NOT_APPROVED = "Only an approved reply has words that wait."
APPROVE_FIRST = "Approve this reply first; then its correction can go to the editors."
CLOSED_CASE = "This reply was turned down. You can appeal once."
IS_SPAM = "This reply was put among the spam. You can appeal once, or erase it."
IS_HIDDEN = "This reply is hidden for now. You can appeal once, withdraw it, or erase it."
IS_WITHDRAWN = "The writer has withdrawn this reply."
IS_ERASED = "This reply is erased."
NO_APPEAL = "There is no decision to appeal against."

P, Y, R, S, H, W, E = (
    ReplyStatus.PENDING,
    ReplyStatus.APPROVED,
    ReplyStatus.REJECTED,
    ReplyStatus.SPAM,
    ReplyStatus.HIDDEN,
    ReplyStatus.WITHDRAWN,
    ReplyStatus.ERASED,
)
STATES = (P, Y, R, S, H, W, E)
FOR_GOOD = (IS_WITHDRAWN, IS_ERASED)
NO_CORRECTION = ("Put this reply back to waiting, then approve it.",) * 3

# What each action makes of a reply that waits, is approved, rejected, spam, hidden, withdrawn, erased:
# the next state (perhaps the same), or the sentence that refuses it. Undo is not here: it leads back, and only
# while nothing came after what it undoes (articles.actions.undoing).
TABLE: dict[ModerationAction, tuple[ReplyStatus | str, ...]] = {
    A.APPROVE: (Y, "This reply is approved already.", FIRST_REOPEN, FIRST_REOPEN, FIRST_REOPEN, *FOR_GOOD),
    A.REJECT: (R, R, "This reply is rejected already.", R, R, *FOR_GOOD),
    A.MARK_SPAM: (S, S, S, "This reply is marked as spam already.", S, *FOR_GOOD),
    A.HIDE: (NOT_PUBLIC, H, NOT_PUBLIC, NOT_PUBLIC, "This reply is hidden already.", *FOR_GOOD),
    A.REOPEN: ("This reply is waiting already.", P, P, P, P, *FOR_GOOD),
    A.REDACT: (P, Y, R, S, H, *FOR_GOOD),
    A.SET_TRIAGE: (P, Y, R, S, H, *FOR_GOOD),
    A.ACCEPT_EDIT: (NOT_APPROVED, Y, NOT_APPROVED, NOT_APPROVED, NOT_APPROVED, *FOR_GOOD),
    A.DECLINE_EDIT: (NOT_APPROVED, Y, NOT_APPROVED, NOT_APPROVED, NOT_APPROVED, *FOR_GOOD),
    A.ACCEPT_CORRECTION: (APPROVE_FIRST, Y, *NO_CORRECTION, *FOR_GOOD),
    A.DECLINE_CORRECTION: (APPROVE_FIRST, Y, *NO_CORRECTION, *FOR_GOOD),
    A.EDIT: (P, Y, CLOSED_CASE, IS_SPAM, IS_HIDDEN, *FOR_GOOD),
    A.WITHDRAW: (W, W, W, IS_SPAM, W, "You have withdrawn this reply already.", IS_ERASED),
    A.APPEAL: (NO_APPEAL, NO_APPEAL, P, P, P, *FOR_GOOD),
    A.ERASE: (E, E, E, E, E, E, "This reply is erased already."),
}
TRANSITIONS: dict[tuple[ReplyStatus, ModerationAction], ReplyStatus | str] = {
    (status, action): found for action, row in TABLE.items() for status, found in zip(STATES, row, strict=True)
}

# What the writer reads for each reason.
REASONS: dict[Reason, str] = {
    Reason.SELLING: "It sells or promotes something.",
    Reason.UNKIND: "It is unkind to someone.",
    Reason.EXPOSES: "It names or exposes another person.",
    Reason.MEDICAL_ADVICE: "It tells someone to take, stop or change a medicine. Nobody here can know their case.",
    Reason.OFF_TOPIC: "It is about something else than this page.",
    Reason.SAID_ALREADY: "It says what was said in this thread already.",
    Reason.UNREADABLE: "We could not make out what it says.",
    Reason.CHECKING: "It was taken down while we check it.",
    Reason.NOT_SHOWN: "We looked at the source, and it does not show this.",
    Reason.STANDS: "We looked again, and the page says so rightly.",
    Reason.OTHER: "The moderator gave a reason of their own.",
}
NO_REASON = "The moderator gave no reason."


def status_after(*, status: ReplyStatus, action: ModerationAction) -> ReplyStatus:
    """The state an action leads to. Raises ModerationRefused when the table does."""
    found = TRANSITIONS[status, action]
    if isinstance(found, ReplyStatus):
        return found
    raise ModerationRefused(found)


def allowed_actions(status: ReplyStatus) -> list[ModerationAction]:
    """The decisions open to a moderator for a reply in this state."""
    return [action for action in DECISIONS if isinstance(TRANSITIONS[status, action], ReplyStatus)]


def writers_actions(reply: Reply, *, answered: bool, now: datetime) -> list[ModerationAction]:
    """What the writer may do with a reply of their own at this moment. `answered`: an answer to it is public."""
    found = []
    for action in WRITERS:
        try:
            check_writer_may(action, reply=reply, answered=answered, now=now)
        except WriterRefused:
            continue
        found.append(action)
    return found


def check_writer_may(action: ModerationAction, *, reply: Reply, answered: bool, now: datetime) -> None:
    """Raise WriterRefused unless the writer may do this with the reply now."""
    found = TRANSITIONS[ReplyStatus(reply.status), action]
    if not isinstance(found, ReplyStatus):
        raise WriterRefused(found)
    if action == A.EDIT and answered:
        raise WriterRefused("Somebody has answered this reply, so it stays as it is. You can withdraw it.")
    if action == A.EDIT and now - reply.created_at > EDIT_FOR:
        raise WriterRefused("A reply can be edited for 15 minutes. You can withdraw it and write another.")
    if action == A.APPEAL and reply.appealed_at:
        raise WriterRefused("You have appealed once, and a moderator has looked again.")


def check_reply_allowed(about: Any, *, kind: str = "") -> None:
    """Raise ReplyRefused unless readers may send a reply of this kind to an article or record now."""
    thread = getattr(about, "thread", None)
    closed = bool(thread and thread.closed_at) or (isinstance(about, Article) and not about.replies_open)
    check_thread_takes(noun=str(about._meta.model_name), public=is_public(about), closed=closed, kind=kind)


def check_thread_takes(*, noun: str, public: bool, closed: bool, kind: str) -> None:
    """Raise ReplyRefused unless a thread in this condition takes a reply of this kind."""
    if not public:
        raise ReplyRefused(f"This {noun} is not public at present, so it takes no replies.")
    if closed and kind not in QUOTING:
        raise ReplyRefused(f"Replies to this {noun} are closed.")


def is_public(about: Any) -> bool:
    """Whether readers may see an article or a record that has a thread."""
    if isinstance(about, Article):
        return bool(about.status == Status.PUBLISHED)
    return bool(about.is_public) if isinstance(about, Study) else True


def is_urgent(reply: Reply) -> bool:
    """Whether somebody has still to look at a reply soon: then its writer's page says first where help is."""
    return bool(reply.triage) and (reply.status == ReplyStatus.PENDING or reply.held_at is not None)


def check_may_moderate(person: User | AnonymousUser) -> User:
    """The person, who may decide about replies. Raises PermissionDenied."""
    if not isinstance(person, User) or not person.has_perm(MODERATE):
        raise PermissionDenied("Only moderators decide about replies.")
    return person


def check_correctable(reply: Reply) -> None:
    """Raise ModerationRefused unless a reply is a correction."""
    if reply.kind not in QUOTING:
        raise ModerationRefused(f"Only a correction can be passed on, and this is not one ({_kind_of(reply)}).")


def _kind_of(reply: Reply) -> str:
    return ReplyKind(reply.kind).label.lower() if reply.kind else "no kind was stated"
