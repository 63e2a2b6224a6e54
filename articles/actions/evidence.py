"""What a change in the evidence means for articles: a task for each that leans on it, with its sentences."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from articles.leaning import Sentences, articles_leaning_on, reasons_to_lean, sentences_of
from articles.models import Article, ArticleTask
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
def join_open_alerts(*, article: Article) -> int:
    """Add the tasks of alerts that were opened before readers could see what an article says. Returns how many."""
    alerts = EvidenceAlert.objects.open().exclude(article_tasks__article=article).select_related("study", "claim")
    leaning = [(alert, _sentences(article, alert)) for alert in alerts]
    tasks = [ArticleTask(alert=alert, article=article, sentences=found) for alert, found in leaning if found]
    ArticleTask.objects.bulk_create(tasks)
    return len(tasks)


def _sentences(article: Article, alert: EvidenceAlert) -> Sentences:
    record: Any = alert.study or alert.claim
    return list(sentences_of(article.live.body, reasons_to_lean(record))) if article.live else []


@transaction.atomic
def resolve_article_task(*, task: ArticleTask, by: User | None, resolution: str) -> None:
    """Note that an article was looked at. The last task of an alert resolves the alert. Raises TaskDone."""
    resolve_task(tasks=ArticleTask.objects.filter(pk=task.pk), alert_id=task.alert_id, by=by, resolution=resolution)
