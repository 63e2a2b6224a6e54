"""The sitemap: an index, a file or more for each kind of record, and one for the pages that are no record's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.sitemaps import ARTICLES
from forms_catalog.caching import public_page
from forms_catalog.models import PublicState
from forms_catalog.sitemaps import SECTIONS
from mgsite.canonical import OWN_PAGES
from mgsite.pages.about.index import PAGES
from mgsite.sitemaps import FILE_SIZE, Place, Section, index_xml, urls_xml

MOST_FILES = 50_000
"""In one index, says the protocol; and no database counts further than it can."""
XML = "application/xml; charset=utf-8"
NAMES = (
    "home",
    "articles:article-list",
    *(f"catalog:{kind}-list" for kind in ("form", "mechanism", "outcome", "claim", "study", "term")),
    "explorer:explore",
    "compare:forms",
    "compare:people",
    "compare:pathways",
    "diet:page",
    "tools:index",
    "tools:dose",
    "tools:safety",
    "data",
    "feeds",
    "about:index",
)
"""Pages that show records as they are now; nobody notes when that last made a difference."""


def single_pages() -> list[Place]:
    """The pages that are no record's. Of those about the site, the day on which their words last changed."""
    views = [f"{reverse(name)}?{key}={value}" for name, pairs in OWN_PAGES.items() for key, value in pairs]
    plain = [Place(path) for path in [*map(reverse, NAMES), *views]]
    return [*plain, *(Place(page.url, page.worded_on) for page in PAGES)]


ALL = {
    section.name: section
    for section in (
        Section("pages", count=lambda: len(single_pages()), places=lambda start, end: single_pages()[start:end]),
        ARTICLES,
        *SECTIONS,
    )
}


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The files there are. A count for each kind, and when public content last changed: no file is newer."""
    changed = PublicState.objects.filter(pk=PublicState.ONLY).values_list("changed_at", flat=True).first()
    files = [file for section in ALL.values() for file in _files(section, changed)]
    return HttpResponse(index_xml(files), content_type=XML)


@public_page
def sitemap_file(request: HttpRequest, name: str, page: int = 1) -> HttpResponse:
    """One file. 404 where it would have no address: the protocol knows no empty one."""
    section = ALL.get(name)
    if section is None or not 1 <= page <= MOST_FILES:
        raise Http404
    places = list(section.places((page - 1) * FILE_SIZE, page * FILE_SIZE))
    if not places:
        raise Http404
    return HttpResponse(urls_xml(places), content_type=XML)


def _files(section: Section, changed: datetime | None) -> Iterator[Place]:
    number = -(-section.count() // FILE_SIZE)
    for page in range(1, number + 1):
        arguments = [section.name] if page == 1 else [section.name, page]
        yield Place(reverse("sitemap-file" if page == 1 else "sitemap-page", args=arguments), changed)
