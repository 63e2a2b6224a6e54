"""The gate's exceptions, and articles to look at again when evidence changes."""

from django.conf import settings
from django.db import models

from articles.models.articles import Article, Revision


class CheckOverride(models.Model):
    """A single check that an editor set aside for one published version, with a reason readers can see."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="overrides")
    check_name = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, help_text="What the check complained of.")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "check_name", "subject"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.subject}"


class ArticleTask(models.Model):
    """An article to look at again because of an alert, with the sentences that lean on what changed."""

    alert = models.ForeignKey("forms_catalog.EvidenceAlert", on_delete=models.CASCADE, related_name="article_tasks")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="review_tasks")
    sentences = models.JSONField(default=list, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolution = models.CharField(max_length=300, blank=True, help_text="What was done.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["alert", "article"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.alert}"
