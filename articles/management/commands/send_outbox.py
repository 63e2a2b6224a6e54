"""Sends the mails that wait in the outbox. Let a timer run it every few minutes."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.actions.alerts import tell_moderators
from articles.actions.outbox import ask_for_confirmation
from articles.actions.sending import Delivery, deliver, due, given_up, is_set_up, try_again
from articles.mail import send_to_staff


class Command(BaseCommand):
    """Thin; safe to run twice at once, and to kill (`articles.actions.sending`)."""

    help = "Send the mails to readers that are due. What fails is tried again later; exit with 1 if the server is down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What was given up can be tried again."""
        parser.add_argument("--again", action="store_true", help="also try what was refused too often, from the start")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask new addresses, send what is due, and say what was done."""
        now = timezone.now()
        if not is_set_up():
            self.stdout.write(f"EMAIL_URL is not set, so nothing is sent. Mails that wait: {due(now=now).count()}.")
            return
        if options["again"]:
            self.stdout.write(f"To be tried again: {try_again(now=now)}.")
        unreachable = self.tell(now)
        ask_for_confirmation(now=now)
        done = deliver()
        self.stdout.write(report(done))
        if left := given_up().count():
            self.stdout.write(f"Refused too often, and left alone: {left}. `send_outbox --again` tries them again.")
        if done.outage:
            waiting = due(now=timezone.now()).count()
            raise CommandError(f"The mail server cannot be used ({done.outage}). Nothing is lost; {waiting} wait.")
        if unreachable:
            raise CommandError(f"No moderator could be told of urgent replies ({unreachable}). It is tried again.")

    def tell(self, now: datetime) -> str:
        """Tell moderators of urgent replies, before anything else. Returns what failed, without a server's words."""
        try:
            told = tell_moderators(now=now, send=send_to_staff)
        except (OSError, ValueError) as error:
            return type(error).__name__
        if told.waiting and told.addresses:
            self.stdout.write(f"Urgent replies told of: {told.waiting}, to {told.addresses}.")
        if told.waiting and not told.addresses:
            self.stdout.write("Nobody who moderates has left an e-mail address, so nobody was told.")
        return ""


def report(done: Delivery) -> str:
    """What a run did, in one line."""
    return f"Sent {done.sent}, overtaken {done.dropped}, to be tried again {done.failed}, given up {done.given_up}."
