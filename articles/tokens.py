"""Signed proofs: when a reply form was handed out and for what, what it sent, and who wrote a reply."""

import base64
import json
import secrets
import time
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from articles.models import Reply

FORM_SALT = "articles.reply-form"
FORM_SECONDS = 7 * 24 * 3600
WRITER_SALT = "articles.reply-writer"
WRITER_SECONDS = 90 * 24 * 3600


class FormTokenError(Exception):
    """The token is missing, altered, too old, or made for something else."""


def form_token(about: Any, *, at: float | None = None) -> str:
    """Token for a form handed out at `at` (seconds since 1970, by default now).

    Its random part tells one form from another, so that sending the same form twice is known; it says nothing about
    who has it.
    """
    handed_out = int(time.time() if at is None else at)
    return signing.Signer(salt=FORM_SALT).sign(f"{_owner(about)}-{handed_out}-{secrets.token_urlsafe(9)}")


def seconds_since_handed_out(token: str, *, about: Any) -> float:
    """How long the form was open. Raises FormTokenError."""
    try:
        owner, handed_out, _ = signing.Signer(salt=FORM_SALT).unsign(token).split("-", 2)
    except (signing.BadSignature, ValueError) as error:  # ValueError: one of an earlier make
        raise FormTokenError from error
    seconds = time.time() - int(handed_out)
    if owner != _owner(about) or seconds > FORM_SECONDS:
        raise FormTokenError
    return seconds


def _owner(about: Any) -> str:
    return f"{about._meta.model_name}{about.pk}"


def reply_id(*, token: str, network: str, **typed: str) -> str:
    """Public id of what one form sends: the same when it is sent twice, and not to be guessed (see `new_public_id`)."""
    return _mark_of("articles.reply-id", token=token, network=network, typed=typed).lstrip("-")[:12]


def writers_secret(*, token: str, network: str, **typed: str) -> str:
    """The capability of whoever sent this: the same when it is sent twice, so that a double click locks nobody out.

    Only this very post gives it: the token's random part is kept nowhere.
    """
    return _mark_of("articles.writers-secret", token=token, network=network, typed=typed)


def _mark_of(salt: str, *, token: str, network: str, typed: dict[str, str]) -> str:
    """43 letters that stand for one post."""
    sent = json.dumps([token, network, sorted(typed.items())])
    return base64.urlsafe_b64encode(salted_hmac(salt, sent, algorithm="sha256").digest()).decode().rstrip("=")


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
