"""Pages of replies: the form, and the address of each reply."""

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from articles.actions.replies import submit_reply
from articles.forms import TRAP, ReplyForm, reply_form_for
from articles.models import SUBJECTS, Article, Reply, ReplyStatus
from articles.origin import CrossOriginRefused, check_same_origin
from articles.pages import article_at, reply_place
from articles.policies import ReplyRefused, check_reply_allowed, is_public
from articles.rates import Attempts, NoRoomError, count_attempt
from articles.spam import Circumstances
from articles.tokens import is_writer, remember_writer
from forms_catalog.models import CrisisLine
from mgsite.addresses import client_address

MOST_BYTES = 1024 * 1024
"""Of a whole post: ten times the longest reply in any alphabet. More is not read, so it cannot be shown again."""
PUBLIC_ID = re.compile(r"[\w-]{1,16}", re.ASCII)

TOO_LARGE = (
    "This was far more than a reply can hold, so it was not read. Go back in your browser to find your text, "
    "and send a shorter one."
)
FROM_ELSEWHERE = "Your browser says that this was sent from another site. If you wrote it, press Send again here."
TOO_MANY = (
    "Many replies have just come in from your network or in all, so this one was not taken yet. "
    "Your text is still here: please try again in {minutes} minute{plural}."
)
NOT_KEPT = "Something broke on our side, so your reply was not kept. Your text is still here: please try again soon."

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


class SeeOther(HttpResponseRedirect):
    """After a post: look there, with GET."""

    status_code = 303


def for_one_person(view: View) -> View:
    """Keep a page out of caches and out of search engines."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(marked)


# Exempt from Django's CSRF check because public pages set no cookie to check against;
# check_same_origin and the signed form token stand in for it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("name", "email", "body")
@for_one_person
def reply_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on a page of its own; takes what it and the article's page send."""
    request.encoding = "utf-8"  # whatever a client claims: other codecs can smuggle half characters in
    if request.method == "POST":
        return _receive_or_give_back(request, slug)
    article = article_at(slug)
    if article is None:
        raise Http404
    if article.slug != slug:
        return redirect("articles:reply-form", article.slug, permanent=True)
    try:
        check_reply_allowed(article)
    except ReplyRefused as refusal:
        return _form_page(request, form=reply_form_for(article), closed=str(refusal))
    return _form_page(request, form=reply_form_for(article))


def _receive_or_give_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a post. Where the database fails, what was typed comes back with a page that asks it for nothing."""
    article = None
    try:
        article = article_at(slug)
        return _receive(request, article)
    except DatabaseError:
        logger.exception("A reply could not be kept.")
        form = ReplyForm(request.POST, article=article) if article else None
        typed = request.POST.get("body", "")
        return _form_page(request, form=form, refusal=NOT_KEPT, typed=typed, crisis_lines=[], status=503)


def _receive(request: HttpRequest, article: Article | None) -> HttpResponse:
    """Take a post: refuse it with its text kept, show a preview, or keep the reply."""
    if _bytes_sent(request) > MOST_BYTES:
        empty = reply_form_for(article) if article else None
        return _form_page(request, form=empty, refusal=TOO_LARGE, status=413)
    if article is None:
        return _form_page(request, form=None, typed=request.POST.get("body", ""), status=404)
    form = ReplyForm(request.POST, article=article)
    try:
        check_same_origin(request)
    except CrossOriginRefused:
        return _form_page(request, form=form, refusal=FROM_ELSEWHERE, status=403)
    attempts = count_attempt(client_address(request))
    if attempts.too_many:
        return _come_back_later(request, form=form, attempts=attempts)
    if not form.is_valid():
        return _form_page(request, form=form, status=400)
    try:
        check_reply_allowed(article)
        if "preview" in request.POST:
            return _form_page(request, form=form, preview=form.html)
        return _submit(request, form=form, attempts=attempts)
    except ReplyRefused as refusal:
        return _form_page(request, form=form, closed=str(refusal), status=403)
    except NoRoomError:
        return _come_back_later(request, form=form, attempts=attempts)


def _bytes_sent(request: HttpRequest) -> int:
    """Size of the post as announced; a server reads no further than that."""
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def _submit(request: HttpRequest, *, form: ReplyForm, attempts: Attempts) -> HttpResponse:
    typed = form.cleaned_data
    reply = submit_reply(
        about=form.article,
        token=form.token,
        name=typed["name"],
        email=typed["email"],
        body=typed["body"],
        circumstances=Circumstances(
            seconds=form.seconds,
            attempts=attempts.posts,
            trap_filled=bool(request.POST.get(TRAP)),
            network=attempts.network,
        ),
    )
    response = SeeOther(reply.get_absolute_url())
    remember_writer(response, reply)
    return response


def _come_back_later(request: HttpRequest, *, form: ReplyForm, attempts: Attempts) -> HttpResponse:
    minutes = -(-attempts.seconds_left // 60)
    refusal = TOO_MANY.format(minutes=minutes, plural="" if minutes == 1 else "s")
    response = _form_page(request, form=form, refusal=refusal, status=429)
    response.headers["Retry-After"] = str(attempts.seconds_left)
    return response


def _form_page(request: HttpRequest, *, form: ReplyForm | None, status: int = 200, **context: Any) -> HttpResponse:
    """The form with what was typed, and what is wrong with it or how it will look."""
    article = form.article if form else None
    context = {"form": form, "article": article, "crisis_lines": _crisis_lines(article)} | context
    return render(request, "articles/reply_form.html", context, status=status)


def _crisis_lines(article: Article | None) -> Any:
    return CrisisLine.objects.all() if article and article.about_mood else []


@require_safe
@for_one_person
def reply_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A reply's permanent address: its place under the article, or, for its writer only, how it stands."""
    reply = None
    if PUBLIC_ID.fullmatch(public_id):  # PostgreSQL refuses to look for a NUL
        subjects = ("thread__article__live", *(f"thread__{name}" for name in SUBJECTS))
        reply = Reply.objects.select_related(*subjects).filter(public_id=public_id).first()
    if reply is not None:
        if reply.status == ReplyStatus.APPROVED and is_public(reply.about):
            return HttpResponseRedirect(reply_place(reply))
        if is_writer(request, reply):
            context = {"reply": reply, "article": reply.article, "crisis_lines": _crisis_lines(reply.article)}
            return render(request, "articles/reply.html", context)
    return render(request, "errors/404.html", status=404)
