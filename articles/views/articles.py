"""Pages of articles."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from articles.article_list import ArticleFilter, listed
from articles.citing import work_of
from articles.models import Article, Revision
from articles.pages import article_page, history_page
from articles.subjects import subject_at
from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.caching import public_page, public_page_with_marks, version_shown
from forms_catalog.queries.paging import page_of
from forms_catalog.views.citations import citation_file
from forms_catalog.views.data import open_data
from mgsite.preferences import OFF, marks_choice


@public_page
def article_list(request: HttpRequest) -> HttpResponse:
    """The published articles that the address asks for."""
    filters = ArticleFilter.from_params(request.GET)
    page = page_of(listed(filters.select()), request.GET.get("page", ""))
    context = {"listing": filters.listing(count=page.paginator.count), "page": page}
    return render(request, "articles/article_list.html", context)


@public_page_with_marks
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The article as readers see it; a former address leads to the present one."""
    article = _found(slug)
    if article.slug != slug:
        return redirect(article, permanent=True)
    shown = article_page(article=article, version=version_shown(request), after=request.GET.get("after", ""))
    return render(request, "articles/article.html", shown | {"marks_shown": marks_choice(request) != OFF})


@public_page
def article_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version readers have seen, with what changed and why; a former address leads to the present one."""
    article = _found(slug)
    if article.slug != slug:
        return redirect("articles:history", article.slug, permanent=True)
    return render(request, "articles/history.html", history_page(article=article))


@open_data
def article_citation(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """How to cite the version readers see, as a file; `suffix` names the format."""
    article, download = _found(slug), DOWNLOADS[suffix]
    if article.slug != slug:
        return redirect(f"articles:article-{download.name}", article.slug, permanent=True)
    return citation_file(work_of(article, cast(Revision, article.live)), download)


def _found(slug: str) -> Article:
    article: Article | None = subject_at("articles", slug)
    if article is None:
        raise Http404
    return article
