"""The pages about the site: what it is, who runs it, and what it promises."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models.owner import site_owner
from forms_catalog.caching import public_page, public_page_as_of
from forms_catalog.models import CrisisLine
from mgsite.pages.about.corrections import corrections_page
from mgsite.pages.about.editorial import editorial_page
from mgsite.pages.about.evidence import evidence_page
from mgsite.pages.about.index import BY_NAME, PAGES
from mgsite.pages.about.moderation import last_done, moderation_page
from mgsite.pages.about.privacy import privacy_page


def page(request: HttpRequest, name: str, **shown: Any) -> HttpResponse:
    """The page of that name, with its neighbours."""
    return render(request, f"pages/about/{name}.html", {"about": BY_NAME[name], "neighbours": PAGES, **shown})


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """All of them, one line each."""
    return render(request, "pages/about/index.html", {"pages": PAGES})


@public_page
def evidence(request: HttpRequest) -> HttpResponse:
    """How we check evidence."""
    return page(request, "evidence", **evidence_page())


@public_page
def us(request: HttpRequest) -> HttpResponse:
    """Who is behind the site and who pays."""
    return page(request, "us", owner=site_owner())


@public_page
def editorial(request: HttpRequest) -> HttpResponse:
    """How a text comes to be published."""
    return page(request, "editorial", **editorial_page())


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """What changed since it was first published."""
    return page(request, "corrections", page=corrections_page(request.GET.get("page", "")))


@public_page_as_of(last_done)
def moderation(request: HttpRequest) -> HttpResponse:
    """What becomes of a reply."""
    return page(request, "moderation", **moderation_page())


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, and for how long."""
    return page(request, "privacy", **privacy_page())


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return page(request, "accessibility", owner=site_owner())


@public_page
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach us."""
    return page(request, "contact", owner=site_owner(), crisis_lines=CrisisLine.objects.all())
