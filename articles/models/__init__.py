"""Tables of articles and replies. Import from here."""

from articles.models.articles import Article, Reference, Revision, SlugRedirect, Status
from articles.models.checks import ArticleTask, CheckOverride
from articles.models.images import Image
from articles.models.owner import SiteOwner
from articles.models.replies import ModerationAction, ModerationEvent, RateBucket, Reply, ReplyStatus

__all__ = [
    "Article",
    "ArticleTask",
    "CheckOverride",
    "Image",
    "ModerationAction",
    "ModerationEvent",
    "RateBucket",
    "Reference",
    "Reply",
    "ReplyStatus",
    "Revision",
    "SiteOwner",
    "SlugRedirect",
    "Status",
]
