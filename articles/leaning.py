"""The sentences of published articles that lean on a study or a claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from articles.models import Article
from articles.passages import passages
from forms_catalog.leaning import leaning_on
from forms_catalog.models import Claim, Study
from mgsite.markup.references import Kind

LONGEST_SENTENCE = 400
Reasons = dict[tuple[Kind, str], str]
"""References that lean on a record: kind and key, and why in a few words."""
Sentences = list[dict[str, Any]]
"""Each with its line, its text, and why it leans."""


def articles_leaning_on(record: Study | Claim) -> list[tuple[Article, Sentences]]:
    """Published articles that name a study, or mark a claim that leans on it, by title; for a claim, that mark it."""
    reasons = reasons_to_lean(record)
    articles = Article.objects.published().filter(_refers_to(reasons)).select_related("live").distinct()
    return [
        (article, list(sentences_of(article.live.body, reasons)))
        for article in articles.order_by("title", "pk")
        if article.live is not None
    ]


def reasons_to_lean(record: Study | Claim) -> Reasons:
    """What a text refers to when it leans on the record."""
    if isinstance(record, Claim):
        return {(Kind.CLAIM, record.slug): f"marks claim {record.slug}"}
    return {(Kind.STUDY, record.slug): f"names {record.slug}"} | {
        (Kind.CLAIM, claim.slug): f"marks claim {claim.slug}, which leans on {record.slug}"
        for claim in leaning_on(record).claims
    }


def sentences_of(body: str, reasons: Reasons) -> Iterator[dict[str, Any]]:
    """The sentences of a text that lean, each once for each reason, in order."""
    seen = set()
    for passage in passages(body):
        for piece in passage.pieces:
            for mention in piece.mentions:
                why = reasons.get((mention.kind, mention.key))
                # A citation stands behind its sentence, a claim's phrase and a link inside it.
                place = mention.offset - (mention.kind == Kind.STUDY)
                sentence = piece.sentence_at(max(0, place))[:LONGEST_SENTENCE]
                if why and (sentence, why) not in seen:
                    seen.add((sentence, why))
                    yield {"line": piece.line_at(mention.offset), "text": sentence, "why": why}


def _refers_to(reasons: Reasons) -> Q:
    """Condition on an article: its published text has one of the references."""
    studies = [key for kind, key in reasons if kind == Kind.STUDY]
    claims = [key for kind, key in reasons if kind == Kind.CLAIM]
    return Q(references__study__slug__in=studies) | Q(references__claim__slug__in=claims)
