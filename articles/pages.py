"""What the pages of an article show, shaped for their templates."""

from collections import Counter
from collections.abc import Collection
from typing import Any, cast

from django.utils import timezone

from articles.citing import work_of
from articles.credits import credited
from articles.linked_data import articles as linked
from articles.models import Article, Reference, Revision, Status
from articles.models.articles import WORDS_PER_MINUTE
from articles.models.owner import site_owner
from articles.rendering import rendering_of
from articles.thread_pages import thread_page
from forms_catalog.bibliography import citations_of
from forms_catalog.models import CrisisLine
from forms_catalog.queries.glances import Glance, glance, looked_up
from forms_catalog.queries.tally import tally_of

RELATED = {"form": "Forms of magnesium", "mechanism": "Mechanisms", "outcome": "Outcomes", "study": "Studies"}


def related_records(references: list[Reference], *, cited: Collection[str]) -> list[tuple[str, list[Glance]]]:
    """Catalog records the text refers to, by name, under a heading for each kind. `cited`: keys of its sources."""
    found: dict[str, list[Glance]] = {kind: [] for kind in RELATED}
    for reference in references:
        for kind in RELATED:
            record = getattr(reference, kind)
            if record is not None and getattr(record, "is_public", True) and record.slug not in cited:
                found[kind].append(glance(record, reference))
    return [
        (heading, sorted(found[kind], key=lambda each: each.name)) for kind, heading in RELATED.items() if found[kind]
    ]


def related_articles(references: list[Reference]) -> list[Glance]:
    """Published articles the text leads to, as readers see them."""
    articles = [reference.target_article for reference in references if reference.target_article]
    return [
        Glance(article.get_absolute_url(), article.live.title, "", article.live.standfirst)
        for article in articles
        if article.live and article.status == Status.PUBLISHED
    ]


def article_page(*, article: Article, version: int, after: str) -> dict[str, Any]:
    """Everything on the page of a published article, in a fixed number of queries.

    `version`: number of the public content; `after`: where the page of replies begins.
    """
    revision = cast(Revision, article.live)  # the database refuses a published article without one
    rendering = rendering_of(revision, version=version)
    related = article.references.select_related(*RELATED, "target_article__live", "claim")
    references = list(related.annotate(**looked_up(form="form", mechanism="mechanism")))
    cited = {entry["key"] for entry in rendering["bibliography"]}
    work = work_of(article, revision)
    claims = [reference.claim for reference in references if reference.claim is not None]
    return {
        "article": article,
        "revision": revision,
        "linked_data": linked.page(article=article, revision=revision, references=references, owner=site_owner()),
        "open_graph": linked.shared(article),
        "rendering": rendering,
        "reading_minutes": max(1, round(rendering["words"] / WORDS_PER_MINUTE)),
        "tally": tally_of(Counter(claim.verdict for claim in claims)),
        "safety_claims": sum(claim.safety_flag for claim in claims),
        "related": related_records(references, cited=cited),
        "related_articles": related_articles(references),
        "work": work,
        "citations": citations_of(work),
        "check_overdue": bool(article.next_check_on and article.next_check_on < timezone.localdate()),
        "crisis_lines": CrisisLine.objects.all() if article.about_mood else [],
        "thread": thread_page(article, after=after),
    }


def history_page(*, article: Article) -> dict[str, Any]:
    """The list of versions, newest first."""
    columns = ("number", "title", "change_note", "created_at", "article_id")
    revisions = list(article.revisions.only(*columns).prefetch_related("overrides"))
    thanked = credited(revision.pk for revision in revisions)
    return {"article": article, "versions": [(each, thanked.get(each.pk, [])) for each in revisions]}
