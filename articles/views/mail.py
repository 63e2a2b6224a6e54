"""Where the links in mails lead. Mail scanners follow links, so looking changes nothing: a button does."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from articles.actions.contacts import confirm_contact, stop_mail
from articles.mail_links import CONFIRM, STOP, contact_of, passport_path
from articles.views.passport import behind_a_secret, nothing_here
from articles.views.replies import SeeOther


# Exempt from Django's CSRF check: whoever can name the address has read the mail.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
@behind_a_secret
def contact_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether an address is its reader's; the answer opens their replies, now and whenever it is given again."""
    try:
        contact = contact_of(token, purpose=CONFIRM)
    except signing.BadSignature:
        return nothing_here(request)
    if contact is None:
        return _page(request, "articles/mail_confirm.html", status=410)
    if request.method == "POST":
        confirm_contact(contact=contact)
        return SeeOther(f"{passport_path(contact)}?done=confirmed")
    return _page(request, "articles/mail_confirm.html", contact=contact)


# Exempt from every check of where it comes from: at one click the reader's mail service posts this (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
@behind_a_secret
def contact_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop all mail to an address. Once it is deleted there is nothing to stop, which is the same to its reader."""
    try:
        contact = contact_of(token, purpose=STOP)
    except signing.BadSignature:
        return nothing_here(request)
    stopped = contact is None or request.method == "POST"
    if contact is not None and request.method == "POST":
        stop_mail(contact=contact)
    return _page(request, "articles/mail_stop.html", stopped=stopped)


def _page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, template, context | {"canonical_url": ""}, status=status)
