"""The writer's own page, opened by a private link. Looking changes nothing; each form may be sent twice.

No cookie is needed: the address is the key (ADR 5). So it goes into no cache, no search engine and no referrer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from articles.actions.contacts import set_address, set_notify
from articles.actions.erasure import erase_reply
from articles.actions.sending import is_set_up
from articles.actions.writing import appeal, edit_reply, withdraw_reply
from articles.crisis import level_of
from articles.models import Actor, Article, ReplyStatus
from articles.origin import CrossOriginRefused, check_same_origin
from articles.passport_export import exported
from articles.passport_forms import FORMS
from articles.passports import Entry, open_passport
from articles.policies import ModerationRefused, WriterRefused, is_urgent
from articles.rates import count_attempt
from articles.views.replies import SeeOther, for_one_person
from forms_catalog.models import CrisisLine
from mgsite.addresses import client_address

DONE = {
    "confirmed": "Thank you. Your address is confirmed. Mail about your replies goes there from now on.",
    "edit": "Your new words are saved.",
    "appeal": "Your appeal is with the moderators. Somebody will look again.",
    "withdraw": "Your reply is withdrawn.",
    "mail-on": "You will get mail about this reply.",
    "mail-off": "You will get no more mail about this reply.",
    "forget": "Your address is deleted. You will get no more mail about this reply.",
    "erase": "That reply is erased for good.",
}
FROM_ELSEWHERE = "Your browser says that this was sent from another site. If it was you, please do it again here."
NOT_HERE = "That reply is not among yours, or is erased. Nothing was changed."
NO_ADDRESS = "We keep no address for this reply any more, so no mail about it is sent."
TOO_MANY = "Many replies have just come in from your network. Your text is still here: please try again in an hour."
NOT_KEPT = "Something broke on our side, so nothing was changed. Your text is still here: please try again soon."

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


class Refusal(Exception):
    """Nothing was done; the message is for the writer."""

    def __init__(self, message: str, *, status: int = 409) -> None:
        super().__init__(message)
        self.status = status


def behind_a_secret(view: View) -> View:
    """Keep the address of a page from caches, search engines, and every site it links to."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return for_one_person(marked)


# Exempt from Django's CSRF check as no cookie is there to check against: whoever names the address holds the key.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("body")
@sensitive_variables()
@behind_a_secret
def passport(request: HttpRequest, key: str) -> HttpResponse:
    """All replies under one capability. Whatever is no key gets the same answer, whether it ever was one or not."""
    request.encoding = "utf-8"
    try:
        entries = open_passport(key)
        if not entries:
            return nothing_here(request, typed=request.POST.get("body", ""))
        if request.method == "POST":
            return _act(request, key, entries)
        return _page(request, entries, done=DONE.get(request.GET.get("done", ""), ""))
    except DatabaseError:
        logger.exception("A writer's own page could not be served.")
        return nothing_here(request, typed=request.POST.get("body", ""), broken=NOT_KEPT, status=503)


@require_safe
@sensitive_variables()
@behind_a_secret
def passport_export(request: HttpRequest, key: str) -> HttpResponse:
    """Everything this site keeps about a writer's replies, as JSON."""
    entries = open_passport(key)
    if not entries:
        return nothing_here(request)
    response = JsonResponse(exported(entries), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="my-replies.json"'
    return response


def nothing_here(request: HttpRequest, *, status: int = 404, **context: Any) -> HttpResponse:
    """What there is to say where a link leads to nothing, or to nothing any more."""
    return render(request, "articles/passport_gone.html", context | {"canonical_url": ""}, status=status)


def _page(request: HttpRequest, entries: list[Entry], *, status: int = 200, **context: Any) -> HttpResponse:
    urgent = any(is_urgent(entry.reply) for entry in entries)
    context |= {
        "entries": entries,
        "urgent": urgent,
        "mail_is_sent": is_set_up(),
        "first": entries[0],
        "link": request.build_absolute_uri(request.path),
        "export": f"{request.path}replies.json",
        "crisis_lines": CrisisLine.objects.all() if urgent or any(map(_may_be_about_mood, entries)) else [],
        "canonical_url": "",
    }
    return render(request, "articles/passport.html", context, status=status)


def _may_be_about_mood(entry: Entry) -> bool:
    about = entry.reply.about
    return not isinstance(about, Article) or about.about_mood


def _act(request: HttpRequest, key: str, entries: list[Entry]) -> HttpResponse:
    """Do what one form asks about one reply, or say on the same page why not, with what was typed."""
    try:
        return _carry_out(request, entries)
    except (WriterRefused, ModerationRefused):
        entries = open_passport(key)  # something came between, perhaps this very form sent twice: look once more
    if not entries:
        return nothing_here(request)
    try:
        return _carry_out(request, entries)
    except (WriterRefused, ModerationRefused) as refusal:
        return _explain(request, entries, Refusal(str(refusal)))


def _carry_out(request: HttpRequest, entries: list[Entry]) -> HttpResponse:
    do = request.POST.get("do", "")
    try:
        _check_sent_from_here(request)
        entry = _wanted(request, entries)
        if entry is None or do not in ACTS:
            raise Refusal(NOT_HERE, status=400)
        return ACTS[do](request, entry, entries)
    except Refusal as refusal:
        return _explain(request, entries, refusal)


def _wanted(request: HttpRequest, entries: list[Entry]) -> Entry | None:
    return next((entry for entry in entries if entry.reply.public_id == request.POST.get("reply")), None)


def _explain(request: HttpRequest, entries: list[Entry], refusal: Refusal) -> HttpResponse:
    """The page with what was refused. Where its form is no longer there, what was typed is handed back on top."""
    entry, do, typed = _wanted(request, entries), request.POST.get("do", ""), request.POST.get("body", "")
    in_form = entry is not None and do in FORMS and do in entry.may
    asked = {"reply": entry.reply if entry and in_form else None, "do": do, "typed": typed, "refusal": str(refusal)}
    return _page(request, entries, asked=asked, status=refusal.status)


def _check_sent_from_here(request: HttpRequest) -> None:
    try:
        check_same_origin(request, sends_no_referrer=True)
    except CrossOriginRefused as refused:
        raise Refusal(FROM_ELSEWHERE, status=403) from refused


def _done(request: HttpRequest, entry: Entry, what: str) -> HttpResponse:
    return SeeOther(f"{request.path}?done={what}#{entry.anchor}")


def _words(request: HttpRequest, kind: str) -> str:
    """What was typed, if it is good. Raises Refusal."""
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        raise Refusal(form.errors["body"][0], status=400)
    if count_attempt(client_address(request)).too_many:
        raise Refusal(TOO_MANY, status=429)
    return str(form.cleaned_data["body"])


def _edit(request: HttpRequest, entry: Entry, entries: list[Entry]) -> HttpResponse:
    body = _words(request, "edit")
    if body != entry.words:
        edit_reply(reply=entry.reply, body=body, triage=level_of(body))
    return _done(request, entry, "edit")


def _appeal(request: HttpRequest, entry: Entry, entries: list[Entry]) -> HttpResponse:
    words = _words(request, "appeal")
    if words != entry.reply.appeal:
        appeal(reply=entry.reply, words=words, triage=level_of(words))
    return _done(request, entry, "appeal")


def _withdraw(request: HttpRequest, entry: Entry, entries: list[Entry]) -> HttpResponse:
    if entry.reply.status != ReplyStatus.WITHDRAWN:
        withdraw_reply(reply=entry.reply)
    return _done(request, entry, "withdraw")


def _mail(request: HttpRequest, entry: Entry, entries: list[Entry]) -> HttpResponse:
    wanted = request.POST.get("mail") == "on"
    if entry.contact is None:
        raise Refusal(NO_ADDRESS)
    set_notify(contact=entry.contact, wanted=wanted)
    return _done(request, entry, "mail-on" if wanted else "mail-off")


def _forget(request: HttpRequest, entry: Entry, entries: list[Entry]) -> HttpResponse:
    set_address(reply=entry.reply, address="")
    return _done(request, entry, "forget")


def _erase(request: HttpRequest, entry: Entry, entries: list[Entry]) -> HttpResponse:
    """Ask first; then erase, and with the last reply the page is gone too."""
    if request.POST.get("sure") != "yes":
        return render(request, "articles/passport_erase.html", {"entry": entry, "canonical_url": ""})
    erase_reply(reply=entry.reply, actor=Actor.WRITER)
    if len(entries) > 1:
        return SeeOther(f"{request.path}?done=erase")
    return nothing_here(request, erased=True, status=200)


ACTS: dict[str, Callable[[HttpRequest, Entry, list[Entry]], HttpResponse]] = {
    "edit": _edit,
    "appeal": _appeal,
    "withdraw": _withdraw,
    "mail": _mail,
    "forget": _forget,
    "erase": _erase,
}
