"""Sending the outbox: what goes out, what does not, and what a broken server costs."""

from __future__ import annotations

import io
import smtplib
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.actions import sending
from articles.actions.contacts import confirm_contact, set_notify
from articles.actions.corrections import accept_correction, resolve_correction
from articles.actions.outbox import GRACE
from articles.actions.pruning import prune
from articles.actions.replies import approve_reply, hide_reply, reject_reply, reopen_reply
from articles.actions.sending import Delivery, deliver
from articles.actions.undoing import undo
from articles.mail_links import confirm_link, passport_link, stop_link
from articles.models import CorrectionOutcome, MailKind, OutboxMail, Reason, Reply
from tests.factories import make_moderator, make_published_article, make_sent_reply

pytestmark = pytest.mark.django_db
ADDRESS = "anna@example.org"


@pytest.fixture
def moderator():
    return make_moderator()


@pytest.fixture
def later() -> datetime:
    return timezone.now() + GRACE + timedelta(minutes=1)


def make_reachable(**fields) -> Reply:
    reply = make_sent_reply(**{"email": ADDRESS} | fields)
    confirm_contact(contact=reply.contact)
    return reply


def run(*flags: str) -> str:
    out = io.StringIO()
    call_command("send_outbox", *flags, stdout=out)
    return out.getvalue()


class Broken(EmailBackend):
    """A server that says what the test wants it to say."""

    error: Exception = OSError()
    at_open = False

    def open(self) -> bool:
        if self.at_open:
            raise self.error
        return True

    def send_messages(self, messages) -> int:
        raise self.error


def broken(monkeypatch, error: Exception, *, at_open: bool = False) -> None:
    monkeypatch.setattr(sending, "get_connection", lambda: make_broken(error, at_open))


def make_broken(error: Exception, at_open: bool) -> Broken:
    backend = Broken()
    backend.error, backend.at_open = error, at_open
    return backend


def test_an_address_is_asked_and_hears_nothing_else_until_it_is_confirmed(moderator) -> None:
    reply = make_sent_reply(email=ADDRESS)
    approve_reply(reply=reply, by=moderator)
    run()
    assert deliver(now=timezone.now() + timedelta(days=1)) == Delivery()
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    assert confirm_link(reply.contact) in sent.body
    assert passport_link(reply.contact) not in sent.body


def test_a_decision_is_told_after_the_time_for_second_thoughts(moderator, later) -> None:
    reply = make_reachable()
    reject_reply(reply=reply, by=moderator, reason=Reason.UNKIND)
    assert deliver() == Delivery()
    assert deliver(now=later) == Delivery(sent=1)
    assert deliver(now=later) == Delivery()
    (sent,) = mail.outbox
    assert passport_link(reply.contact) in sent.body
    assert "was not published" in sent.body
    assert sent.extra_headers["List-Unsubscribe"] == f"<{stop_link(reply.contact)}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.message()["Message-ID"] == sent.extra_headers["Message-ID"]
    assert sent.content_subtype == "plain"


def make_every_kind(moderator) -> None:
    words = {
        "name": "Secretname",
        "body": "secretbody",
        "sentence": "secretsentence",
        "source": "https://secret.example",
    }
    article = make_published_article()
    mended = make_reachable(article=article, kind="correction", **words)
    approve_reply(reply=mended, by=moderator, message="secretmessage", note="secretnote")
    answer = make_sent_reply(article=article, name="Secretname", body="secretbody")
    Reply.objects.filter(pk=answer.pk).update(parent=mended)
    approve_reply(reply=answer, by=moderator)
    accept_correction(reply=Reply.objects.get(pk=mended.pk), by=moderator)
    resolve_correction(
        correction=Reply.objects.get(pk=mended.pk).correction, by=moderator, outcome=CorrectionOutcome.MADE, message="m"
    )
    for decision in (reject_reply, hide_reply):
        decision(reply=make_reachable(article=article, **words, status="approved"), by=moderator)
    make_sent_reply(article=article, email="new@example.org", **words)


def test_no_mail_holds_a_word_of_a_reply_or_its_writers_name(moderator, later) -> None:
    moderator.is_superuser = True
    moderator.save()
    make_every_kind(type(moderator).objects.get(pk=moderator.pk))
    run()
    deliver(now=later)
    assert set(OutboxMail.objects.exclude(sent_at=None).values_list("kind", flat=True)) == set(MailKind)
    for sent in mail.outbox:
        assert "secret" not in sent.message().as_string().lower().replace("/secret", "")
        assert "secret" not in sent.body.lower()
        assert not sent.attachments


def test_what_was_overtaken_is_not_told(moderator, later, monkeypatch) -> None:
    """Even when a first attempt kept the row from being taken back."""
    reply = make_reachable()
    event = approve_reply(reply=reply, by=moderator)
    with monkeypatch.context() as patched:
        broken(patched, smtplib.SMTPDataError(451, b"later"))
        assert deliver(now=later) == Delivery(failed=1)
    undo(event=event, by=moderator)
    assert deliver(now=later + timedelta(days=1)) == Delivery(dropped=1)
    assert (mail.outbox, OutboxMail.objects.count()) == ([], 0)
    reject_reply(reply=Reply.objects.get(), by=moderator)
    reopen_reply(reply=Reply.objects.get(), by=moderator)
    assert deliver(now=later + timedelta(days=1)) == Delivery(dropped=1)


def test_a_server_that_cannot_be_reached_costs_nothing(moderator, later, monkeypatch) -> None:
    make_sent_reply(email=ADDRESS)
    with monkeypatch.context() as patched:
        broken(patched, ConnectionRefusedError(111, "refused"), at_open=True)
        with pytest.raises(CommandError, match=r"\(ConnectionRefusedError 111\). Nothing is lost; 1 wait"):
            run()
    row = OutboxMail.objects.get()
    assert (row.attempts, row.sent_at) == (0, None)
    assert "Sent 1" in run()


def test_a_server_that_hangs_up_ends_the_run_and_is_tried_again(later, monkeypatch) -> None:
    for number in range(3):
        make_sent_reply(email=f"{number}@example.org")
    broken(monkeypatch, smtplib.SMTPServerDisconnected("gone"))
    with pytest.raises(CommandError, match="SMTPServerDisconnected"):
        run()
    assert sorted(OutboxMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    for day in range(40):
        deliver(now=later + timedelta(days=day + 1))
    assert not OutboxMail.objects.filter(next_try_at=None).exists()


def test_a_refused_mail_waits_longer_each_time_is_given_up_and_can_be_tried_again(later, monkeypatch) -> None:
    make_sent_reply(email=ADDRESS)
    now = later
    with monkeypatch.context() as patched:
        broken(patched, smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such anna@example.org")}))
        run()
        waits = []
        while (row := OutboxMail.objects.get()).next_try_at:
            waits.append(row.next_try_at - now)
            now = row.next_try_at
            deliver(now=now)
    assert waits[1:] == sorted(waits[1:])
    assert (row.attempts, row.failure) == (sending.MOST_ATTEMPTS, "SMTPRecipientsRefused 550")
    assert now - later > timedelta(days=4)
    assert "left alone: 1" in run()
    assert "Sent 1" in run("--again")
    assert OutboxMail.objects.get().failure == ""


def test_an_address_no_mail_can_go_to_does_not_hold_up_the_others(monkeypatch) -> None:
    make_sent_reply(email="a@example.org")
    broken(monkeypatch, UnicodeEncodeError("ascii", "ä", 0, 1, "not ASCII"))
    assert "to be tried again 1" in run()


def test_two_runs_at_once_send_each_mail_once(monkeypatch) -> None:
    """The second begins while the first speaks to the server."""
    for number in range(5):
        make_sent_reply(email=f"{number}@example.org")
    real, inner = sending._send, []

    def with_another_run(row, **given) -> None:
        monkeypatch.setattr(sending, "_send", real)
        inner.append(deliver())
        real(row, **given)

    monkeypatch.setattr(sending, "_send", with_another_run)
    assert "Sent 1" in run()
    assert inner == [Delivery(sent=4)]
    assert sorted(sent.to[0] for sent in mail.outbox) == [f"{number}@example.org" for number in range(5)]


def test_a_run_that_died_is_taken_up_under_the_same_name(monkeypatch, later) -> None:
    make_sent_reply(email=ADDRESS)

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_note", dies)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert deliver() == Delivery()
    assert deliver(now=timezone.now() + sending.LEASE + timedelta(seconds=1)) == Delivery(sent=1)
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def test_without_a_server_nothing_is_lost_and_the_operator_is_told(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    make_sent_reply(email=ADDRESS)
    assert "EMAIL_URL is not set" in run()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "Sent 1" in run()


def test_who_wants_no_mail_after_all_gets_none(moderator, later) -> None:
    reply = make_reachable()
    approve_reply(reply=reply, by=moderator)
    OutboxMail.objects.update(attempts=1)
    set_notify(contact=reply.contact, wanted=False)
    assert deliver(now=later) == Delivery()


def test_old_notes_of_mails_go_and_what_waits_stays(moderator, later) -> None:
    reply = make_reachable()
    approve_reply(reply=reply, by=moderator)
    deliver(now=later)
    waiting = make_reachable()
    approve_reply(reply=waiting, by=moderator)
    assert prune(now=timezone.now() + timedelta(days=29)).mails == 0
    assert prune(now=timezone.now() + timedelta(days=31)).mails == 1
    assert [row.reply for row in OutboxMail.objects.all()] == [waiting]
    out = io.StringIO()
    call_command("prune_replies", stdout=out)
    assert out.getvalue() == (
        "Removed: e-mail addresses 0, mails in the outbox 0, flood counters 0, replaced words 0.\n"
    )


def test_a_mail_that_another_run_was_faster_to_take_is_left_to_it(later, monkeypatch) -> None:
    class Stale:
        rows = [(0, later)]

        def values_list(self, *names: str) -> Stale:
            return self

        def first(self) -> tuple[int, datetime] | None:
            return self.rows.pop() if self.rows else None

    monkeypatch.setattr(sending, "due", lambda *, now: Stale())
    assert sending._take_next(now=later) is None


def test_a_server_that_hangs_up_rudely_after_the_last_mail_breaks_nothing(caplog) -> None:
    class Rude(EmailBackend):
        def close(self) -> None:
            raise OSError("gone")

    sending._close(Rude())
    assert "did not end the connection" in caplog.text
