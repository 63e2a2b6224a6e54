"""Addresses that readers left to hear about their replies."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Contact, OutboxMail, Reply

KEPT_AFTER_CLOSING = timedelta(days=settings.REPLY_ADDRESS_DAYS)
KEPT_UNCONFIRMED = timedelta(days=30)


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
def stop_mail(*, contact: Contact) -> None:
    """Send nothing more to an address, whichever replies it was given for: whoever reads its mail has said so."""
    for theirs in Contact.objects.filter(address__iexact=contact.address, notify=True):
        set_notify(contact=theirs, wanted=False)


@transaction.atomic
def set_address(*, reply: Reply, address: str) -> Contact | None:
    """Give a reply another address, which has to be confirmed anew, or with an empty one none."""
    Contact.objects.filter(reply=reply).exclude(address=address).delete()
    if not address:
        return None
    return Contact.objects.get_or_create(reply=reply, defaults={"address": address, "created_at": timezone.now()})[0]


def forget_old_contacts(*, now: datetime) -> int:
    """Delete the addresses of threads that were closed for long, and those nobody confirmed. Returns how many."""
    closed = Q(reply__thread__closed_at__lt=now - KEPT_AFTER_CLOSING)
    old = Contact.objects.filter(closed | Q(confirmed_at=None, created_at__lt=now - KEPT_UNCONFIRMED))
    return old.delete()[1].get("articles.Contact", 0)
