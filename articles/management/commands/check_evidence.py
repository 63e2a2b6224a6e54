"""Check everything that is published, and the catalog behind it."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.actions.articles import stands_set_aside
from articles.gate import complaints_about
from articles.models import Article
from articles.publication import said_of, still_blocking
from forms_catalog.audit import catalog_faults


class Command(BaseCommand):
    """Thin: the checks are the gate's (articles.gate) and the catalog's own (forms_catalog.audit)."""

    help = "Run the gate's checks over every published article and check the whole catalog; exit with 1 on problems."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each problem, in the order of articles and records."""
        problems = [*article_problems(), *map(str, catalog_faults())]
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} problem{'' if len(problems) == 1 else 's'} found.")
        self.stdout.write("No problems found.")


def article_problems() -> Iterator[str]:
    """What the gate says of every text readers see, but for what an editor has set aside: 'slug:line: message'."""
    for article in Article.objects.published().select_related("live").order_by("slug"):
        if article.live is not None:
            complaints = complaints_about(article.live)
            for complaint in still_blocking(complaints, set_aside=stands_set_aside(article)):
                yield f"{article.slug}:{complaint.line}: {said_of(complaint)}"
