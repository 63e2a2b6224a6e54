"""Opening and closing what readers reply to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import SUBJECTS, Article, Thread
from forms_catalog.actions import public_content_changed


def thread_of(about: Any) -> Thread:
    """The thread about something, made when it is first needed; two who need it at once get the same."""
    subject = str(about._meta.model_name)
    if subject not in SUBJECTS:
        raise ValueError(f"There are no replies to a {subject}.")
    return Thread.objects.get_or_create(**{subject: about})[0]


@transaction.atomic
def close_thread(*, about: Any) -> None:
    """Take no more replies, except corrections. The date stays when it is closed again."""
    thread = thread_of(about)
    Thread.objects.filter(pk=thread.pk, closed_at__isnull=True).update(closed_at=timezone.now())
    Article.objects.filter(thread=thread).update(replies_open=False)
    public_content_changed()


@transaction.atomic
def open_thread(*, about: Any) -> None:
    """Take replies again."""
    thread = thread_of(about)
    Thread.objects.filter(pk=thread.pk).update(closed_at=None)
    Article.objects.filter(thread=thread).update(replies_open=True)
    public_content_changed()


def keep_in_step(article: Article) -> None:
    """Date the closing of an article's thread when its switch was turned in the form; call where it is saved."""
    if article.replies_open:
        Thread.objects.filter(article=article, closed_at__isnull=False).update(closed_at=None)
    else:
        Thread.objects.filter(pk=thread_of(article).pk, closed_at__isnull=True).update(closed_at=timezone.now())
