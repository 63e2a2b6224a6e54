"""Articles as data: the list, one article with its text and evidence, and its versions."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, ClassVar, cast

from articles.article_list import ArticleFilter, listed
from articles.exports.article_tables import (
    ARTICLES,
    BODY,
    CITED,
    LINKED,
    MARKED,
    VERSIONS,
    CitedRow,
    LinkedRow,
    VersionRow,
)
from articles.models import Article, Reference, Revision, Status
from articles.models.articles import WORDS_PER_MINUTE
from articles.pages import history_page
from articles.rendering import rendering_of
from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.exports.about import about, columns_in_words
from forms_catalog.exports.json_format import list_document
from forms_catalog.exports.links import full, links_of
from forms_catalog.exports.series import Series, by_key, kept
from forms_catalog.queries.facets import Filters
from mgsite.markup.absolute import absolute

KINDS = ("form", "mechanism", "outcome", "study", "term", "article")
"""Kinds of linked records, in the order in which they are given."""
TARGETS = {kind: kind for kind in KINDS} | {"article": "target_article"}
"""Where a reference keeps each."""


class VersionFilter(Filters):
    """What can be asked of a list of versions: nothing."""

    NOUN = ("version", "versions")
    ORDERS: ClassVar[Mapping[str, str]] = {"": "Newest first"}


def article_series(params: Mapping[str, str]) -> Series:
    """The articles that an address asks for."""
    filters = ArticleFilter.from_params(params)
    found = list(filters.select().values_list("pk", flat=True))
    reader = by_key(found, listed(filters.every()))
    return Series(ARTICLES, filters, total=filters.every().count(), count=len(found), read=reader)


def history_document(article: Article, *, page: str) -> dict[str, Any]:
    """Every version readers have seen, newest first."""
    rows = [VersionRow(revision, thanked) for revision, thanked in history_page(article=article)["versions"]]
    series = Series(VERSIONS, VersionFilter(), total=len(rows), count=len(rows), read=kept(rows))
    return list_document(series, base=f"{article.get_absolute_url()}history", page=page, as_csv=False)


def article_document(article: Article, *, version: int) -> dict[str, Any]:
    """An article with its text, its evidence and the way to everything it names. `version`: of the public content."""
    revision = cast(Revision, article.live)  # the database refuses a published article without one
    rendering = rendering_of(revision, version=version)
    references = list(
        article.references.select_related(*(TARGETS[kind] for kind in KINDS), "target_article__live", "claim")
    )
    marked = sorted((each for each in references if each.claim), key=lambda each: each.claim.slug)  # type: ignore[union-attr]
    article.claim_count = len(marked)  # type: ignore[attr-defined]  # as the list counts them
    cited = [_cited(entry) for entry in rendering["bibliography"]]
    parts = {
        CITED.name: CITED.rows(cited),
        MARKED.name: MARKED.rows(marked),
        LINKED.name: LINKED.rows(_linked(references, cited={row.key for row in cited})),
    }
    return {
        "metadata": _said(article, revision),
        "record": ARTICLES.row(article),
        "body": BODY.row(_body(article, revision, rendering)),
        "parts": parts,
    }


def _said(article: Article, revision: Revision) -> dict[str, Any]:
    path = article.get_absolute_url()
    stem = path[:-1]
    links = links_of(
        address=f"{stem}.json",
        page=path,
        list="/articles.json",
        history=f"{path}history.json",
        replies=f"{path}replies.json",
        **{suffix: f"{stem}.{suffix}" for suffix in DOWNLOADS},
    )
    tables = (ARTICLES, BODY, CITED, MARKED, LINKED)
    said = about(title=f"Article: {revision.title}", address=f"{stem}.json")
    columns = {table.name: columns_in_words(table) for table in tables}
    return said | {"page": full(path), "links": links, "columns": columns}


def _body(article: Article, revision: Revision, rendering: Mapping[str, Any]) -> SimpleNamespace:
    address = full(article.get_absolute_url())
    return SimpleNamespace(
        markdown=revision.body,
        html=absolute(rendering["html"], site=full(""), page=address),
        words=rendering["words"],
        reading_minutes=max(1, round(rendering["words"] / WORDS_PER_MINUTE)),
    )


def _cited(entry: Mapping[str, Any]) -> CitedRow:
    details = entry["details"]
    return CitedRow(
        number=entry["number"],
        key=entry["key"],
        url=entry["url"],
        cited_as=" ".join(filter(None, (details["authors"], details["title"], details["source"]))),
        doi=details["doi"],
        pmid=details["pmid"],
        publication_status=details["status"],
        times=len(entry["uses"]),
    )


def _linked(references: list[Reference], *, cited: set[str]) -> list[LinkedRow]:
    """What readers can see of what the text leads to; a study that is cited stands among the sources."""
    found = [
        LinkedRow(kind, target, each.count)
        for each in references
        for kind in KINDS
        if (target := getattr(each, TARGETS[kind])) is not None and _is_shown(kind, target, cited)
    ]
    return sorted(found, key=lambda row: (KINDS.index(row.kind), row.target.slug))


def _is_shown(kind: str, target: Any, cited: set[str]) -> bool:
    if kind == "article":
        return bool(target.status == Status.PUBLISHED)
    return kind != "study" or bool(target.is_public and target.slug not in cited)
