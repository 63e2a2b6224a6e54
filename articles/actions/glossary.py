"""What a change of the glossary means for articles: which terms each of them uses."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q

from articles.models import Article
from articles.rendering import sync_references

_PART = re.compile(r"[\s-]+")


def hear_of_glossary(*, keys: Collection[str], words: Collection[str], **kwargs: Any) -> None:
    """Receiver of `glossary_changed`; runs in the transaction of the change."""
    mark_terms_again(keys=keys, words=words)


@transaction.atomic
def mark_terms_again(*, keys: Collection[str], words: Collection[str]) -> None:
    """Note anew which terms the published articles use, as far as these terms may be among them."""
    touched = Q(references__term__slug__in=keys)
    for word in words:
        # Texts may write a space as a hyphen or a line's end, so each part is looked for by itself.
        parts = [part for part in _PART.split(word) if part]
        touched |= Q(*(("live__body__icontains", part) for part in parts))
    for article in Article.objects.published().filter(touched).select_related("live").order_by("pk").distinct():
        sync_references(article)
