"""What a change in the evidence means for articles: a task for each that leans on it, with its sentences."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from articles.leaning import articles_leaning_on
from articles.models import ArticleTask
from forms_catalog.alerts import resolve_task
from forms_catalog.models import EvidenceAlert


def hear_of_alert(*, alert: EvidenceAlert, **kwargs: Any) -> int:
    """Receiver of `evidence_alert_opened`; runs in the transaction that opens the alert."""
    return open_article_tasks(alert=alert)


@transaction.atomic
def open_article_tasks(*, alert: EvidenceAlert) -> int:
    """Add a task for each published article that leans on what changed. Returns how many."""
    record: Any = alert.study or alert.claim  # the database wants just one
    tasks = [
        ArticleTask(alert=alert, article=article, sentences=sentences)
        for article, sentences in articles_leaning_on(record)
    ]
    ArticleTask.objects.bulk_create(tasks)
    return len(tasks)


@transaction.atomic
def resolve_article_task(*, task: ArticleTask, by: User | None, resolution: str) -> None:
    """Note that an article was looked at. The last task of an alert resolves the alert. Raises TaskDone."""
    resolve_task(tasks=ArticleTask.objects.filter(pk=task.pk), alert_id=task.alert_id, by=by, resolution=resolution)
