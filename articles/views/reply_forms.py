"""The page with the form: what was typed, what is wrong with it, and how it will look."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.forms import ReplyForm
from articles.models import Article, Reference, Reply
from articles.places import place_of
from articles.subjects import form_address, noun_of, title_of
from forms_catalog.models import CrisisLine


def form_page(
    request: HttpRequest,
    *,
    form: ReplyForm | None,
    status: int = 200,
    preview: bool = False,
    ask_nothing: bool = False,
    **context: Any,
) -> HttpResponse:
    """The form with what was typed. `ask_nothing`: not even the database, because it has just failed."""
    context = {"form": form} | context
    if form is not None:
        context |= _words(form.about)
        context |= _kept_places(form) if ask_nothing else _places(form)
    if preview and form is not None:
        context["preview"] = previewed(form)
    return render(request, "articles/reply_form.html", context, status=status)


def _words(about: Any) -> dict[str, Any]:
    """What the page says of the thing replied to; it comes with what was loaded."""
    thread = getattr(about, "thread", None)
    return {
        "about": about,
        "noun": noun_of(about),
        "title": title_of(about),
        "action": form_address(about),
        "closed_at": thread and thread.closed_at,
    }


def _kept_places(form: ReplyForm) -> dict[str, Any]:
    """Where the reply belongs, as it was sent."""
    return {"answers": form.data.get("answers", ""), "claim": form.data.get("claim", "")}


def _places(form: ReplyForm) -> dict[str, Any]:
    """Where the reply belongs: the reply answered, and the article's marked sentences to choose from."""
    about, place = form.about, place_of(form.about)
    answered = Reply.objects.visible().filter(pk=place.parent).first() if place.parent else None
    return {
        "answered": answered,
        "answers": answered.number if answered else "",
        "sentences": marked_sentences(about) if isinstance(about, Article) else [],
        "chosen": place.claim,
        "articles": _articles_marking(about),
        "urgent": form.level,
        "crisis_lines": CrisisLine.objects.all() if form.level else crisis_lines(about),
    }


def marked_sentences(article: Article) -> list[Reference]:
    """The sentences of an article that carry a mark, in the order of their claims."""
    marked = article.references.filter(claim__isnull=False).select_related("claim")
    return list(marked.order_by("claim__slug"))


def _articles_marking(about: Any) -> list[Reference]:
    """Where a claim is made in an article's words: its reader may mean that sentence."""
    if noun_of(about) != "claim":
        return []
    return list(
        Reference.objects.filter(claim=about, article__status="published")
        .select_related("article__live")
        .order_by("article__title")
    )


def previewed(form: ReplyForm) -> SimpleNamespace:
    """A reply that was found good, with what its readers would see of it."""
    typed = form.cleaned_data
    return SimpleNamespace(
        kind=typed["kind"],
        status="approved",
        shown_name=typed["name"],
        shown_html=form.html,
        shown_sentence=typed["sentence"],
        shown_source=typed["source"],
    )


def crisis_lines(about: Any) -> Any:
    """Where to turn, beside whatever may be about somebody's mood."""
    quiet = isinstance(about, Article) and not about.about_mood
    return [] if quiet else CrisisLine.objects.all()
