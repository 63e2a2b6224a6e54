"""The admin of articles and replies; importing the modules registers them."""

from articles.admin import articles, images, replies, tasks

__all__ = ["articles", "images", "replies", "tasks"]
