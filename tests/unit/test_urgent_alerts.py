"""Moderators are told of urgent replies: once, by mail that says nothing of them, whatever the mail server does."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.actions import alerts
from articles.actions.alerts import LEASE, Told, moderators_addresses, tell_moderators, untold
from articles.actions.rewording import set_triage
from articles.actions.writing import edit_reply
from articles.models import Reply, Triage, UrgentAlert
from tests.factories import make_moderator, make_owner, make_sent_reply, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


class Outbox(list[tuple[str, str, str]]):
    """Mails as they went out."""

    def __call__(self, address: str, subject: str, text: str) -> None:
        self.append((address, subject, text))


@pytest.fixture
def outbox() -> Outbox:
    make_moderator(email="mo@example.org")
    return Outbox()


def make_urgent(level: str = "now", **fields):
    return make_sent_reply(triage=level, name="Wilhelmina", body="I want to die, said in private.", **fields)


def test_each_urgent_reply_is_told_of_once(outbox) -> None:
    make_urgent(), make_urgent("today"), make_sent_reply()
    assert tell_moderators(now=NOW, send=outbox) == Told(waiting=2, addresses=1)
    assert tell_moderators(now=NOW + timedelta(minutes=9), send=outbox) == Told(waiting=0, addresses=0)
    ((address, subject, text),) = outbox
    assert (address, subject) == ("mo@example.org", "Urgent: 2 replies wait for a moderator")
    assert "Now: somebody may be in danger: 1, the first since" in text
    assert "Today: 1" in text
    assert "Soon" not in text


def test_the_mail_says_nothing_of_the_reply(outbox) -> None:
    reply = make_urgent()
    tell_moderators(now=NOW, send=outbox)
    mail = " ".join(outbox[0])
    secrets = ("die", "private", "Wilhelmina", reply.public_id, str(reply.about), reply.about.slug)
    assert [each for each in secrets if each in mail.replace("moderator", "")] == []
    assert "/admin/articles/reply/" in mail


def test_the_owner_superusers_and_moderators_are_told_and_nobody_else() -> None:
    make_moderator(email="mo@example.org")
    make_user(is_superuser=True, email="root@example.org")
    make_user(groups=("Editor",), email="ed@example.org")
    make_moderator(email="gone@example.org", is_active=False)
    make_moderator(email="")
    make_owner(email="owner@example.org")
    assert moderators_addresses() == ["mo@example.org", "owner@example.org", "root@example.org"]


def test_with_nobody_to_tell_it_says_so_and_tells_later() -> None:
    make_urgent()
    nobody = Outbox()
    assert tell_moderators(now=NOW, send=nobody) == Told(waiting=1, addresses=0)
    make_moderator(email="mo@example.org")
    assert tell_moderators(now=NOW, send=nobody).addresses == 1


def test_a_mail_outage_loses_no_alert(outbox) -> None:
    make_urgent()

    def broken(*mail: str) -> None:
        raise ConnectionRefusedError

    with pytest.raises(ConnectionRefusedError):
        tell_moderators(now=NOW, send=broken)
    assert tell_moderators(now=NOW + timedelta(seconds=1), send=outbox).waiting == 0  # another may be sending it
    assert tell_moderators(now=NOW + LEASE, send=outbox).waiting == 1
    assert len(outbox) == 1


def test_one_address_that_fails_does_not_keep_the_others_from_knowing(outbox) -> None:
    make_moderator(email="ann@example.org")
    make_urgent()

    def half_broken(address: str, subject: str, text: str) -> None:
        if address.startswith("ann"):
            raise TimeoutError
        outbox(address, subject, text)

    tell_moderators(now=NOW, send=half_broken)
    assert [address for address, *_ in outbox] == ["mo@example.org"]
    assert UrgentAlert.objects.get().sent_at == NOW


def test_what_becomes_more_urgent_is_told_of_again_and_what_is_decided_is_not(outbox) -> None:
    reply, moderator = make_urgent("today"), make_moderator()
    tell_moderators(now=NOW, send=outbox)
    set_triage(reply=reply, level="now", by=moderator)
    tell_moderators(now=NOW, send=outbox)
    assert len(outbox) == 2
    set_triage(reply=Reply.objects.get(), level="", by=moderator)
    make_urgent("now", status="rejected")
    assert untold(now=NOW) == []


@pytest.mark.parametrize(("level", "minutes"), [("now", 15), ("soon", 60), ("today", 24 * 60)])
def test_what_nobody_decides_in_time_is_told_of_once_more(outbox, level, minutes) -> None:
    reply = make_urgent(level)
    Reply.objects.filter(pk=reply.pk).update(triage_since=NOW)
    tell_moderators(now=NOW, send=outbox)
    tell_moderators(now=NOW + timedelta(minutes=minutes - 1), send=outbox)
    assert len(outbox) == 1
    for later in (0, 1, 10_000):
        tell_moderators(now=NOW + timedelta(minutes=minutes + later), send=outbox)
    assert [subject for _, subject, _ in outbox][1:] == ["Overdue: 1 reply waits for a moderator"]
    assert "their time has passed" in outbox[1][2]


def test_nobody_is_reminded_of_what_was_decided_or_never_told(outbox) -> None:
    make_urgent()
    Reply.objects.update(triage_since=NOW - timedelta(days=2))
    tell_moderators(now=NOW, send=outbox)  # told late, which is no reminder
    assert len(outbox) == 1
    Reply.objects.update(status="rejected")
    tell_moderators(now=NOW + timedelta(days=2), send=outbox)
    assert len(outbox) == 1


def test_new_words_of_a_public_reply_are_told_of(outbox) -> None:
    reply = make_sent_reply(status="approved")
    edit_reply(reply=reply, body="I want to die", triage=Triage.SOON)
    assert [each.pk for each in untold(now=NOW)] == [reply.pk]


def test_new_words_raise_the_urgency_and_never_lower_it() -> None:
    reply = make_urgent("soon")
    edit_reply(reply=reply, body="I feel hopeless", triage="today")
    assert Reply.objects.get().triage == "soon"
    edit_reply(reply=reply, body="I want to die", triage="now")
    assert Reply.objects.get().triage == "now"


def test_the_cost_does_not_grow_with_what_waits_calmly(outbox, django_assert_num_queries) -> None:
    for _ in range(3):
        make_sent_reply()
    with django_assert_num_queries(4):
        tell_moderators(now=NOW, send=outbox)


# The command that sends


def test_the_command_tells_moderators_and_says_so() -> None:
    make_moderator(email="mo@example.org")
    make_urgent()
    shown = io.StringIO()
    call_command("send_outbox", stdout=shown)
    call_command("send_outbox", stdout=shown)
    (message,) = mail.outbox
    assert message.to == ["mo@example.org"]
    assert message.subject.startswith("Urgent: 1 reply waits for a moderator")
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert shown.getvalue().count("Urgent replies told of: 1, to 1.") == 1


def test_the_command_says_when_nobody_could_be_told() -> None:
    make_urgent()
    shown = io.StringIO()
    call_command("send_outbox", stdout=shown)
    assert "Nobody who moderates has left an e-mail address" in shown.getvalue()
    assert not mail.outbox


def test_the_command_fails_when_the_server_does_and_says_nothing_of_it(monkeypatch) -> None:
    make_moderator(email="mo@example.org")
    make_urgent()

    def broken(*args: object) -> None:
        raise ConnectionRefusedError("mo@example.org is not welcome")

    monkeypatch.setattr("articles.mail.EmailMessage.send", broken)
    with pytest.raises(CommandError, match="ConnectionRefusedError") as refused:
        call_command("send_outbox", stdout=io.StringIO())
    assert "mo@example.org" not in str(refused.value)


def test_what_another_run_is_telling_of_is_not_told_twice(outbox, monkeypatch) -> None:
    make_moderator(email="m@example.org")
    make_urgent()
    monkeypatch.setattr(alerts, "_claimed", lambda reply, *, reminder, now: False)
    assert tell_moderators(now=timezone.now(), send=outbox) == Told(waiting=0, addresses=0)
