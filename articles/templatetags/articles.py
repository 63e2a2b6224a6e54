"""What a page shows of the articles that lean on its record, and of changes in the evidence."""

from django import template
from django.db.models import Model

from articles import leaning
from articles.models import Article, Reference
from forms_catalog.models import Claim, EvidenceAlert, Study
from forms_catalog.queries.alerts import notice_on_study, notices_on, shown_alerts

register = template.Library()


# Where Reference keeps a record, if not under its model's name.
KEPT_AS = {"glossaryterm": "term"}


@register.simple_tag
def articles_citing(record: Model) -> list[Reference]:
    """References to a record from published articles, by title; each has `.article` and, for a claim, `.phrase`."""
    name = str(record._meta.model_name)
    return list(
        Reference.objects.filter(**{KEPT_AS.get(name, name): record}, article__status="published")
        .select_related("article__live")
        .order_by("article__title")
    )


@register.simple_tag
def published_article(slug: str) -> Article | None:
    """The published article of that address, for a page that can do without it. One query."""
    return Article.objects.published().filter(slug=slug).select_related("live").first()


@register.simple_tag
def evidence_notices(record: Model) -> list[EvidenceAlert]:
    """Open alerts that a page tells its readers of, newest first. One query; none for a study."""
    if isinstance(record, Study):
        return notice_on_study(record)
    if isinstance(record, Article):
        waits = {"article_tasks__article": record, "article_tasks__resolved_at__isnull": True}
        return list(shown_alerts().filter(**waits))
    return notices_on(record)


@register.simple_tag
def articles_leaning_on(record: Study | Claim) -> list[tuple[Article, leaning.Sentences]]:
    """Published articles that lean on a study or a claim, with the sentences. Reads their texts: for editors."""
    return leaning.articles_leaning_on(record)
