"""Mails to readers, in plain text. None holds a word of a reply or a name: letter boxes are read by others, too.

A mail is composed when it is sent, so it never tells what is no longer so.
"""

from __future__ import annotations

import hashlib
from email.utils import formatdate
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from articles.mail_links import confirm_link, passport_link, stop_link
from articles.models import CorrectionOutcome, MailKind, OutboxMail, Reply, ReplyStatus
from articles.policies import is_public
from articles.subjects import title_of

SUBJECTS = {
    MailKind.CONFIRM: "Is this address yours?",
    MailKind.DECIDED: "A moderator has decided about your reply",
    MailKind.ANSWERED: "Your reply was answered",
    MailKind.CORRECTED: "The editors have dealt with your correction",
}
GONE = (ReplyStatus.SPAM, ReplyStatus.ERASED, ReplyStatus.WITHDRAWN)
NEEDED = (
    *("contact__reply__thread__article__live", "contact__reply__correction"),
    *("reply__thread__article", "event__undone_by"),
)
"""What is to be loaded with a mail."""


def compose(mail: OutboxMail) -> EmailMessage | None:
    """The message; None when what it was to tell is no longer so, or its reader wants no mail."""
    if not still_true(mail):
        return None
    kind = MailKind(mail.kind)
    text = str(render_to_string(f"mail/{kind}.txt", _words(mail)))
    stop = stop_link(mail.contact)
    signature = f"-- \n{settings.SITE_NAME}\n{settings.SITE_URL}\n"
    return EmailMessage(
        subject=f"{SUBJECTS[kind]} · {settings.SITE_NAME}",
        body=f"{text.strip()}\n\nNo more mail about replies:\n{stop}\n\n{signature}",
        to=[mail.contact.address],
        headers=_headers(mail, stop=stop),
    )


def send_to_staff(address: str, subject: str, text: str) -> None:
    """Send a mail to somebody who works here. Raises what the mail server raises."""
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject=f"{subject} · {settings.SITE_NAME}", body=text, to=[address], headers=headers).send()


def still_true(mail: OutboxMail) -> bool:
    """Whether what a mail tells is still so, and may be told."""
    contact = mail.contact
    if mail.kind == MailKind.CONFIRM:
        return contact.notify and contact.confirmed_at is None and contact.reply.status not in GONE
    return bool(contact.notify and contact.confirmed_at and _HOLDS[MailKind(mail.kind)](mail))


def _decision_stands(mail: OutboxMail) -> bool:
    event = mail.event
    return event is not None and not hasattr(event, "undone_by") and mail.reply.status == event.to_status


def _answer_is_public(mail: OutboxMail) -> bool:
    return mail.reply.status == ReplyStatus.APPROVED and is_public(mail.reply.about)


def _correction_is_over(mail: OutboxMail) -> bool:
    return bool(_outcome(mail.contact.reply))


_HOLDS = {
    MailKind.DECIDED: _decision_stands,
    MailKind.ANSWERED: _answer_is_public,
    MailKind.CORRECTED: _correction_is_over,
}


def _words(mail: OutboxMail) -> dict[str, Any]:
    """What the templates may use: nothing that a reader typed."""
    own = mail.contact.reply
    return {
        "site_name": settings.SITE_NAME,
        "title": title_of(own.about),
        "number": own.number,
        "sent": own.created_at,
        "status": own.status,
        "outcome": _outcome(own),
        "answer": settings.SITE_URL + mail.reply.get_absolute_url(),
        "confirm": confirm_link(mail.contact),
        "passport": passport_link(mail.contact),
    }


def _outcome(reply: Reply) -> str:
    correction = getattr(reply, "correction", None)
    return str(CorrectionOutcome(correction.outcome)) if correction and correction.outcome else ""


def _headers(mail: OutboxMail, *, stop: str) -> dict[str, str]:
    """One name for one mail, so that one sent twice is kept once; and one click to stop (RFC 8058)."""
    name = hashlib.sha256(f"{settings.SECRET_KEY}{mail.dedupe_key}".encode()).hexdigest()[:32]
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<{name}@{host}>",
        "Date": formatdate(mail.created_at.timestamp(), usegmt=True),
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
