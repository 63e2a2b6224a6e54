"""Articles, their versions and replies as data: the page's address with a suffix."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from articles.exports.articles import article_document, article_series, history_document
from articles.exports.replies import replies_document, reply_document, whole_replies
from articles.models import Article
from articles.subjects import subject_at
from articles.views.replies import PUBLIC_ID
from forms_catalog.caching import version_shown
from forms_catalog.exports.answers import json_answer
from forms_catalog.exports.csv_format import csv_lines
from forms_catalog.exports.json_format import list_document
from forms_catalog.views.data import CSV_TYPE, open_data, streamed


@open_data
def article_list_json(request: HttpRequest) -> HttpResponse:
    """The published articles that the address asks for."""
    document = list_document(article_series(request.GET), base="/articles", page=request.GET.get("page", ""))
    return json_answer(document, name="articles.json")


@open_data
def article_list_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a table."""
    series = article_series(request.GET)
    return streamed(csv_lines(series.table, series.portions()), content_type=CSV_TYPE, name="articles.csv")


@open_data
def article_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The article as readers see it; a former address leads to the present one."""
    article: Article = _found("articles", slug)
    if article.slug != slug:
        return redirect("articles:article-json", article.slug, permanent=True)
    return json_answer(article_document(article, version=version_shown(request)), name=f"{slug}.json")


@open_data
def history_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version readers have seen; a former address leads to the present one."""
    article: Article = _found("articles", slug)
    if article.slug != slug:
        return redirect("articles:history-json", article.slug, permanent=True)
    return json_answer(history_document(article, page=request.GET.get("page", "")), name=f"{slug}-history.json")


@open_data
def replies_json(request: HttpRequest, slug: str, section: str = "articles") -> HttpResponse:
    """A page of the replies to something; a former address leads to the present one, on the same page."""
    about = _found(section, slug)
    if about.slug != slug:
        query = request.META.get("QUERY_STRING", "")
        address = reverse("articles:replies-json", args=[about.slug])
        return redirect(f"{address}?{query}" if query.isascii() and query else address, permanent=True)
    document = replies_document(about, after=request.GET.get("after", ""))
    return json_answer(document, name=f"{slug}-replies.json")


@open_data
def reply_json(request: HttpRequest, public_id: str) -> HttpResponse:
    """One reply, while readers can see it."""
    # PostgreSQL refuses to look for a NUL.
    reply = whole_replies().filter(public_id=public_id).first() if PUBLIC_ID.fullmatch(public_id) else None
    if reply is None:
        raise Http404
    return json_answer(reply_document(reply), name=f"reply-{public_id}.json")


def _found(section: str, slug: str) -> Any:
    about = subject_at(section, slug)
    if about is None:
        raise Http404
    return about
