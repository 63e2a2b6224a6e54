"""The admin of articles and replies; importing the modules registers them."""

from articles.admin import articles, corrections, images, owner, replies, tasks

__all__ = ["articles", "corrections", "images", "owner", "replies", "tasks"]
