"""What takes a reply, and the address of each."""

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from articles.actions.replies import submit_reply
from articles.forms import NO_LINK, TRAP, ReplyForm
from articles.models import SUBJECTS, Article, Reply, ReplyStatus
from articles.origin import CrossOriginRefused, check_same_origin
from articles.passports import writer_of
from articles.places import place_of
from articles.policies import ReplyRefused, check_reply_allowed, is_public, is_urgent
from articles.rates import Attempts, NoRoomError, count_attempt
from articles.spam import Circumstances
from articles.subjects import form_address, subject_at, title_of
from articles.thread_pages import reply_place, thread_page
from articles.tokens import is_writer, remember_writer, writers_secret
from articles.views.reply_forms import crisis_lines, form_page
from articles.writers import digest_of
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

KEPT_HERE = "{refusal} Your text is still here."
TYPED = ("name", "email", "body", "kind", "sentence", "source")

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
@sensitive_post_parameters("name", "email", "body", "sentence", "source", "link")
@for_one_person
def reply_form(request: HttpRequest, slug: str, section: str = "articles") -> HttpResponse:
    """The form on a page of its own, and what takes it. A record's replies stand above its form."""
    request.encoding = "utf-8"  # whatever a client claims: other codecs can smuggle half characters in
    if request.method == "POST":
        return _receive_or_give_back(request, section, slug)
    about = subject_at(section, slug, **_asked(request.GET))
    if about is None:
        raise Http404
    if about.slug != slug:
        return redirect(form_address(about), permanent=True)
    after = request.GET.get("after", "")
    thread = None if isinstance(about, Article) else thread_page(about, after=after)
    return form_page(request, form=_empty_form(request, about), thread=thread)


def _empty_form(request: HttpRequest, about: Any) -> ReplyForm:
    """A fresh form, with the kind that the link to it names."""
    return ReplyForm(about=about, closed=_is_closed(about), initial={"kind": request.GET.get("kind", "")})


def _is_closed(about: Any) -> bool:
    """Whether a thread takes nothing but what mends its page."""
    try:
        check_reply_allowed(about)
    except ReplyRefused:
        return True
    return False


def _asked(typed: QueryDict) -> dict[str, str]:
    """The reply answered and the sentence spoken of, as an address or a form has them."""
    return {name: str(typed.get(name, "")) for name in ("answers", "claim")}


def _receive_or_give_back(request: HttpRequest, section: str, slug: str) -> HttpResponse:
    """Take a post. Where the database fails, what was typed comes back with a page that asks it for nothing."""
    about = None
    try:
        too_large = _bytes_sent(request) > MOST_BYTES
        about = subject_at(section, slug, **({} if too_large else _asked(request.POST)))
        if too_large:
            empty = _empty_form(request, about) if about else None
            return form_page(request, form=empty, refusal=TOO_LARGE, status=413)
        return _receive(request, about)
    except DatabaseError:
        logger.exception("A reply could not be kept.")
        form = ReplyForm(request.POST, about=about) if about else None
        typed = request.POST.get("body", "")
        return form_page(request, form=form, refusal=NOT_KEPT, typed=typed, ask_nothing=True, status=503)


def _receive(request: HttpRequest, about: Any) -> HttpResponse:
    """Take a post: refuse it with its text kept, show a preview, or keep the reply."""
    if about is None:
        return form_page(request, form=None, typed=request.POST.get("body", ""), status=404)
    form = ReplyForm(request.POST, about=about, closed=_is_closed(about))
    try:
        check_same_origin(request)
    except CrossOriginRefused:
        return form_page(request, form=form, refusal=FROM_ELSEWHERE, status=403)
    attempts = count_attempt(client_address(request))
    if attempts.too_many:
        return _come_back_later(request, form=form, attempts=attempts)
    if not form.is_valid():
        return form_page(request, form=form, status=400)
    try:
        check_reply_allowed(about, kind=form.cleaned_data["kind"])
        if "preview" in request.POST:
            return form_page(request, form=form, preview=True)
        return _submit(request, form=form, attempts=attempts)
    except ReplyRefused as refusal:
        return form_page(request, form=form, refusal=KEPT_HERE.format(refusal=refusal), status=403)
    except NoRoomError:
        return _come_back_later(request, form=form, attempts=attempts)


def _bytes_sent(request: HttpRequest) -> int:
    """Size of the post as announced; a server reads no further than that."""
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def _submit(request: HttpRequest, *, form: ReplyForm, attempts: Attempts) -> HttpResponse:
    typed = {name: form.cleaned_data.get(name, "") for name in TYPED}
    place = place_of(form.about)
    key = form.cleaned_data["link"]
    writer = writer_of(key) if key else ""
    if key and not writer:
        form.add_error("link", NO_LINK)
        return form_page(request, form=form, status=400)
    secret = key or writers_secret(token=form.token, network=attempts.network, place=place.as_text, **typed)
    reply = submit_reply(
        about=form.about,
        token=form.token,
        place=place,
        writer=writer or digest_of(secret),
        triage=form.level,
        circumstances=Circumstances(
            seconds=form.seconds,
            attempts=attempts.posts,
            trap_filled=bool(request.POST.get(TRAP)),
            network=attempts.network,
        ),
        **typed,
    )
    response = SeeOther(reverse("articles:passport", args=[secret]))
    remember_writer(response, reply)
    return response


def _come_back_later(request: HttpRequest, *, form: ReplyForm, attempts: Attempts) -> HttpResponse:
    minutes = -(-attempts.seconds_left // 60)
    refusal = TOO_MANY.format(minutes=minutes, plural="" if minutes == 1 else "s")
    response = form_page(request, form=form, refusal=refusal, status=429)
    response.headers["Retry-After"] = str(attempts.seconds_left)
    return response


@require_safe
@for_one_person
def reply_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A reply's permanent address: its place in its thread, or, for its writer only, how it stands.

    Of an erased one nobody hears that it ever was, not even the browser that sent it.
    """
    reply = None
    if PUBLIC_ID.fullmatch(public_id):  # PostgreSQL refuses to look for a NUL
        subjects = ("thread__article__live", *(f"thread__{name}" for name in SUBJECTS))
        reply = Reply.objects.select_related(*subjects).filter(public_id=public_id).first()
    if reply is not None:
        if reply.status == ReplyStatus.APPROVED and is_public(reply.about):
            return HttpResponseRedirect(reply_place(reply))
        if reply.status != ReplyStatus.ERASED and is_writer(request, reply):
            return render(request, "articles/reply.html", {"reply": reply} | _own_page(reply))
    return render(request, "errors/404.html", {"canonical_url": "", "noindex": True}, status=404)


def _own_page(reply: Reply) -> dict[str, Any]:
    """What the writer's page says of the thing replied to."""
    about = reply.about
    public = is_public(about)
    urgent = is_urgent(reply)
    return {
        "urgent": urgent,
        "title": title_of(about),
        "back": about.get_absolute_url() if public else "",
        "form_url": form_address(about) if public and not _is_closed(about) else "",
        "crisis_lines": CrisisLine.objects.all() if urgent else crisis_lines(about),
    }
