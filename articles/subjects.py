"""What readers reply to, found by its address: an article, or a claim, form, mechanism or study."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from articles.models import Article, SlugRedirect
from articles.places import with_place
from forms_catalog.models import Claim, Form, Mechanism, Study

RECORDS: dict[str, type[Claim] | type[Form] | type[Mechanism] | type[Study]] = {
    "claims": Claim,
    "forms": Form,
    "mechanisms": Mechanism,
    "studies": Study,
}
"""Kinds of records with replies, by the first part of their address."""
SLUG = re.compile(r"[\w-]{1,200}", re.ASCII)
LONGEST_NUMBER = 9  # digits


def subject_at(section: str, slug: str, *, answers: str = "", claim: str = "") -> Any:
    """The public thing at an address, loaded for `articles.places.place_of`; None where there is none.

    `answers` and `claim`: the reply answered and the marked sentence spoken of, as the address or the form has them.
    Whatever is no number or no slug is left out. An article is found at its former addresses too.
    """
    parent = int(answers) if answers.isascii() and answers.isdigit() and len(answers) <= LONGEST_NUMBER else None
    rows = with_place(_public(section), parent=parent, claim=claim if SLUG.fullmatch(claim) else "")
    found = rows.filter(slug=slug).first()
    if found is None and section == "articles":
        former = SlugRedirect.objects.filter(slug=slug).values("article")
        found = rows.filter(pk__in=former).first()
    return found


def _public(section: str) -> QuerySet[Any]:
    if section == "articles":
        return Article.objects.published().select_related("live", "thread")
    rows: QuerySet[Any] = RECORDS[section]._default_manager.select_related("thread").order_by()
    return rows.filter(is_public=True) if section == "studies" else rows


def form_address(about: Any) -> str:
    """Where a reply to something is written."""
    if isinstance(about, Article):
        return reverse("articles:reply-form", args=[about.slug])
    return reverse("articles:reply-form-about", args=[_section(about), about.slug])


def feed_address(about: Any) -> str:
    """Where its newest replies are read by feed readers."""
    if isinstance(about, Article):
        return reverse("articles:feed-article-replies", args=[about.slug])
    return reverse("articles:feed-replies-about", args=[_section(about), about.slug])


def _section(about: Any) -> str:
    return next(name for name, model in RECORDS.items() if isinstance(about, model))


def thread_address(about: Any) -> str:
    """Where its replies are read: under an article; beside the form for a record, whose page is its evidence."""
    return str(about.get_absolute_url()) if isinstance(about, Article) else form_address(about)


def noun_of(about: Any) -> str:
    """What kind of thing it is: 'article', 'claim', 'form', 'mechanism' or 'study'."""
    return str(about._meta.model_name)


def title_of(about: Any) -> str:
    """What its page is called."""
    if isinstance(about, Article):
        return str(about.live.title if about.live else about.title)
    if isinstance(about, Claim):
        return about.statement
    return about.title_or_description if isinstance(about, Study) else str(about.name)
