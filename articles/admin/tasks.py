"""Articles to look at again because evidence changed."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.actions.evidence import resolve_article_task
from articles.models import ArticleTask
from forms_catalog.admin.alerts import TaskAdmin


@admin.register(ArticleTask)
class ArticleTaskAdmin(TaskAdmin):
    """Articles with the sentences that lean on what changed."""

    list_select_related = ("alert__study", "alert__claim", "article")
    search_fields = ("article__title", "article__slug", "alert__study__slug", "alert__claim__slug")
    shown = ("record_page", "public_page", "alert", "note", "opened", "leaning_sentences")

    def target(self, task: Any) -> Model:
        """The article."""
        article: Model = task.article
        return article

    def resolve(self, *, task: ArticleTask, by: User, resolution: str) -> None:
        """End a task about an article."""
        resolve_article_task(task=task, by=by, resolution=resolution)

    @admin.display(description="sentences that lean on it")
    def leaning_sentences(self, task: ArticleTask) -> SafeString:
        """The sentences with their lines, as they stood when the alert was opened."""
        rows = ((row["line"], row["text"], row["why"]) for row in task.sentences)
        return format_html_join("", "<p>Line {}: “{}” ({})</p>", rows)
