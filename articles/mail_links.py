"""The links that mails carry: each names one address left with a reply, signed for one purpose, and lasts as it does.

They are capabilities: whoever reads the mail may use them, with a POST, and needs nothing else.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.core import signing
from django.urls import reverse

from articles.models import Contact

CONFIRM, STOP, PASSPORT = "confirm", "stop", "passport"
TOKEN = re.compile(r"\d{1,18}\.[\w-]{43}", re.ASCII)


def token_for(contact: Contact, *, purpose: str) -> str:
    """What proves that a mail about one contact was read. Good for one purpose only."""
    return _signer(purpose).sign(str(contact.pk))


def contact_of(token: str, *, purpose: str) -> Contact | None:
    """The contact a mail went to; None when it is deleted. Raises signing.BadSignature for a token not of ours."""
    if not TOKEN.fullmatch(token):
        raise signing.BadSignature
    key = _signer(purpose).unsign(token)
    return Contact.objects.select_related("reply").filter(pk=key).first()


def confirm_link(contact: Contact) -> str:
    """Where an address is confirmed."""
    return settings.SITE_URL + reverse("articles:contact-confirm", args=[token_for(contact, purpose=CONFIRM)])


def stop_link(contact: Contact) -> str:
    """Where all mail to an address is stopped, in one click (RFC 8058) or with a button."""
    return settings.SITE_URL + reverse("articles:contact-unsubscribe", args=[token_for(contact, purpose=STOP)])


def passport_link(contact: Contact) -> str:
    """The writer's passport. It opens once the address is confirmed."""
    return settings.SITE_URL + passport_path(contact)


def passport_path(contact: Contact) -> str:
    """The same within this site."""
    return reverse("articles:passport", args=[token_for(contact, purpose=PASSPORT)])


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"articles.mail.{purpose}", sep=".")
