"""A published article as the neutral record that every citation format is written from."""

from django.conf import settings
from django.utils import timezone

from articles.models import Article, Revision
from forms_catalog.bibliography import Medium, Name, Work


def work_of(article: Article, revision: Revision) -> Work:
    """The version readers see. Its byline is one name: nobody can tell which of its words are a family name."""
    seen = timezone.localdate(revision.created_at)
    return Work(
        key=article.slug,
        medium=Medium.WEB,
        title=revision.title,
        authors=(Name(revision.byline),),
        issued=(seen.year, seen.month, seen.day),
        container=settings.SITE_NAME,
        url=f"{settings.SITE_URL}{article.get_absolute_url()}",
        version=str(revision.number),
        language="en-GB",
        accessed=timezone.localdate(),
    )
