"""Erases one reply for good, when its writer asks for it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.actions.erasure import erase_reply
from articles.models import Reply
from articles.policies import ModerationRefused


class Command(BaseCommand):
    """The operator's; moderators reject a reply instead, which can be taken back."""

    help = (
        "Empty a reply of all that came from its writer. PUBLIC_ID is the last part of its address, /replies/…/; "
        "put -- before one that begins with a hyphen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The reply's name."""
        parser.add_argument("public_id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase it, or say that it is not there."""
        reply = Reply.objects.filter(public_id=options["public_id"]).first()
        if reply is None:
            raise CommandError(f"There is no reply {options['public_id']!r}.")
        try:
            erase_reply(reply=reply)
        except ModerationRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("The reply is erased.")
