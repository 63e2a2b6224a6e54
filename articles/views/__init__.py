"""Public pages of articles and replies."""

from articles.views.articles import article_citation, article_detail, article_history, article_list
from articles.views.feeds import articles_feed, site_feed, thread_feed
from articles.views.images import image_file
from articles.views.mail import contact_confirm, contact_unsubscribe
from articles.views.passport import passport, passport_export
from articles.views.preferences import preference
from articles.views.replies import reply_detail, reply_form

__all__ = [
    "article_citation",
    "article_detail",
    "article_history",
    "article_list",
    "articles_feed",
    "contact_confirm",
    "contact_unsubscribe",
    "image_file",
    "passport",
    "passport_export",
    "preference",
    "reply_detail",
    "reply_form",
    "site_feed",
    "thread_feed",
]
