"""Tables of articles and replies. Import from here."""

from articles.models.alerts import UrgentAlert
from articles.models.articles import Article, Reference, Revision, SlugRedirect, Status
from articles.models.checks import ArticleTask, CheckOverride
from articles.models.contacts import Contact, MailKind, OutboxMail
from articles.models.corrections import Correction, CorrectionOutcome
from articles.models.images import Image
from articles.models.moderation import Actor, AppendOnlyError, ModerationAction, ModerationEvent, Reason
from articles.models.owner import SiteOwner
from articles.models.replies import RateBucket, Reply, ReplyKind, ReplyStatus, Triage
from articles.models.threads import SUBJECTS, Thread

__all__ = [
    "SUBJECTS",
    "Actor",
    "AppendOnlyError",
    "Article",
    "ArticleTask",
    "CheckOverride",
    "Contact",
    "Correction",
    "CorrectionOutcome",
    "Image",
    "MailKind",
    "ModerationAction",
    "ModerationEvent",
    "OutboxMail",
    "RateBucket",
    "Reason",
    "Reference",
    "Reply",
    "ReplyKind",
    "ReplyStatus",
    "Revision",
    "SiteOwner",
    "SlugRedirect",
    "Status",
    "Thread",
    "Triage",
    "UrgentAlert",
]
