"""The site's Markdown: one renderer for save, preview and tests. Knows no Django models."""

from mgsite.markup.article import Rendered, render_article
from mgsite.markup.dialect import ARTICLE_LIMIT, REPLY_LIMIT, MarkupError
from mgsite.markup.reply import RenderedReply, render_reply

__all__ = [
    "ARTICLE_LIMIT",
    "REPLY_LIMIT",
    "MarkupError",
    "Rendered",
    "RenderedReply",
    "render_article",
    "render_reply",
]
