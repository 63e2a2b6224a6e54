"""Addresses that readers left to hear about their replies."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from articles.models import Contact, OutboxMail, Reply

KEPT_AFTER_CLOSING = timedelta(days=30)


@transaction.atomic
def confirm_contact(*, contact: Contact) -> None:
    """Note that an address is its owner's, for all replies of the same writer that it was given for."""
    theirs = Contact.objects.filter(address=contact.address, confirmed_at__isnull=True)
    same = theirs.filter(pk=contact.pk)
    if contact.reply.writer:
        same |= theirs.filter(reply__writer=contact.reply.writer)
    same.update(confirmed_at=timezone.now())


@transaction.atomic
def set_notify(*, contact: Contact, wanted: bool) -> None:
    """Turn mails about one reply on or off. Off takes back what has not gone out."""
    Contact.objects.filter(pk=contact.pk).update(notify=wanted)
    if not wanted:
        OutboxMail.objects.filter(contact=contact, sent_at__isnull=True).delete()


@transaction.atomic
def set_address(*, reply: Reply, address: str) -> Contact | None:
    """Give a reply another address, which has to be confirmed anew, or with an empty one none."""
    Contact.objects.filter(reply=reply).exclude(address=address).delete()
    if not address:
        return None
    return Contact.objects.get_or_create(reply=reply, defaults={"address": address, "created_at": timezone.now()})[0]


def forget_old_contacts(*, now: datetime) -> int:
    """Delete the addresses of threads that were closed for long. Returns how many."""
    old = Contact.objects.filter(reply__thread__closed_at__lt=now - KEPT_AFTER_CLOSING)
    return old.delete()[1].get("articles.Contact", 0)
