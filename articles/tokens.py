"""Signed proofs: when a reply form was handed out and for which article, what it sent, and who wrote a reply."""

import base64
import json
import time

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from articles.models import Article, Reply

FORM_SALT = "articles.reply-form"
FORM_SECONDS = 7 * 24 * 3600
WRITER_SALT = "articles.reply-writer"
WRITER_SECONDS = 90 * 24 * 3600


class FormTokenError(Exception):
    """The token is missing, altered, too old, or another article's."""


def form_token(article: Article, *, at: float | None = None) -> str:
    """Token for a form handed out at `at` (seconds since 1970, by default now).

    Readers of a cached page share one; it says nothing about them.
    """
    handed_out = int(time.time() if at is None else at)
    return signing.Signer(salt=FORM_SALT).sign(f"{article.pk}-{handed_out}")


def seconds_since_handed_out(token: str, *, article: Article) -> float:
    """How long the form was open. Raises FormTokenError."""
    try:
        owner, _, handed_out = signing.Signer(salt=FORM_SALT).unsign(token).partition("-")
    except signing.BadSignature as error:
        raise FormTokenError from error
    seconds = time.time() - int(handed_out)
    if owner != str(article.pk) or seconds > FORM_SECONDS:
        raise FormTokenError
    return seconds


def reply_id(*, token: str, network: str, **typed: str) -> str:
    """Public id of what one form sends: the same when it is sent twice, and not to be guessed.

    The network is part of it because readers of a cached page share a token.
    """
    sent = json.dumps([token, network, sorted(typed.items())])
    return base64.urlsafe_b64encode(salted_hmac("articles.reply-id", sent, algorithm="sha256").digest()[:9]).decode()


def remember_writer(response: HttpResponse, reply: Reply) -> None:
    """Let this browser see how its reply stands. The cookie travels to the reply's own address only."""
    response.set_signed_cookie(
        _cookie_name(reply),
        "writer",
        salt=WRITER_SALT,
        max_age=WRITER_SECONDS,
        path=reply.get_absolute_url(),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def is_writer(request: HttpRequest, reply: Reply) -> bool:
    """Whether this browser sent the reply."""
    name = _cookie_name(reply)
    return request.get_signed_cookie(name, default=None, salt=WRITER_SALT, max_age=WRITER_SECONDS) == "writer"


def _cookie_name(reply: Reply) -> str:
    return f"reply-{reply.public_id}"
