"""Addresses and the mails that are due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions.contacts import confirm_contact, forget_old_contacts, set_address, set_notify, stop_mail
from articles.actions.erasure import erase_reply
from articles.actions.outbox import ask_for_confirmation
from articles.actions.replies import approve_reply, hide_reply, mark_reply_as_spam, moderate, reject_reply
from articles.actions.threads import close_thread
from articles.actions.undoing import undo
from articles.models import Contact, ModerationAction, OutboxMail, Reply, ReplyStatus
from tests.factories import make_moderator, make_published_article, make_sent_reply

pytestmark = pytest.mark.django_db
ADDRESS = "anna@example.org"


@pytest.fixture
def moderator():
    return make_moderator()


def make_reachable(**fields) -> Reply:
    reply = make_sent_reply(**{"email": ADDRESS} | fields)
    confirm_contact(contact=reply.contact)
    return reply


def due() -> list[tuple[str, int]]:
    return list(OutboxMail.objects.order_by("pk").values_list("kind", "reply"))


@pytest.mark.parametrize(
    ("act", "kinds"),
    [(approve_reply, ["decided"]), (reject_reply, ["decided"]), (mark_reply_as_spam, [])],
)
def test_a_decision_writes_a_mail_to_a_confirmed_address(act, kinds, moderator) -> None:
    reply = make_reachable()
    event = act(reply=reply, by=moderator)
    assert due() == [(kind, reply.pk) for kind in kinds]
    for mail in OutboxMail.objects.all():
        assert (mail.event, mail.contact.address, mail.attempts, mail.sent_at) == (event, ADDRESS, 0, None)
        assert mail.next_try_at > event.at
        assert str(mail) == f"Your reply was decided about ({reply.pk})"


def test_who_has_not_confirmed_or_wants_none_gets_no_mail(moderator) -> None:
    unconfirmed, unwanted = make_sent_reply(email=ADDRESS), make_reachable()
    set_notify(contact=unwanted.contact, wanted=False)
    for reply in (unconfirmed, unwanted, make_sent_reply()):
        approve_reply(reply=reply, by=moderator)
    assert due() == []


def test_a_decision_about_many_writes_a_mail_to_each(moderator) -> None:
    replies = [make_reachable(email=f"{number}@example.org") for number in range(3)]
    keys = [reply.pk for reply in replies]
    moderate(ids=keys, action=ModerationAction.APPROVE, by=moderator, seen=ReplyStatus.PENDING)
    assert due() == [("decided", key) for key in keys]


def test_who_is_answered_hears_of_it_once_and_not_from_themselves(moderator) -> None:
    article = make_published_article()
    asked = make_reachable(article=article, writer="a" * 64)
    approve_reply(reply=asked, by=moderator)
    OutboxMail.objects.all().delete()
    own, other = make_sent_reply(article=article, writer="a" * 64), make_sent_reply(article=article)
    Reply.objects.filter(pk__in=[own.pk, other.pk]).update(parent=asked)
    for answer in (own, other):
        approve_reply(reply=answer, by=moderator)
    assert due() == [("answered", other.pk)]
    hide_reply(reply=other, by=moderator)
    Reply.objects.filter(pk=other.pk).update(status="pending")
    approve_reply(reply=Reply.objects.get(pk=other.pk), by=moderator)
    assert due() == [("answered", other.pk)]


def test_no_mail_goes_out_about_what_was_undone(moderator) -> None:
    event = approve_reply(reply=make_reachable(), by=moderator)
    undo(event=event, by=moderator)
    assert due() == []
    event = approve_reply(reply=Reply.objects.get(), by=moderator)
    OutboxMail.objects.update(sent_at=timezone.now())
    undo(event=event, by=moderator)
    assert len(due()) == 1


def test_mails_hold_none_of_the_replys_text(moderator) -> None:
    approve_reply(reply=make_reachable(name="Anna of somewhere", body="very private words"), by=moderator)
    assert due()
    assert not [words for words in ("Anna", "private") if words in str(OutboxMail.objects.values())]


def test_each_new_address_is_asked_once(moderator) -> None:
    first = make_sent_reply(email=ADDRESS)
    make_sent_reply(email="spam@example.org", status="spam")
    make_reachable()
    assert ask_for_confirmation(now=timezone.now()) == 1
    assert ask_for_confirmation(now=timezone.now()) == 0
    assert due() == [("confirm", first.pk)]


def test_confirming_counts_for_all_replies_of_the_same_writer_to_that_address() -> None:
    mine = {"email": ADDRESS, "writer": "a" * 64}
    first, second = make_sent_reply(**mine), make_sent_reply(**mine)
    others = make_sent_reply(email=ADDRESS), make_sent_reply(email="b@example.org", writer="a" * 64)
    confirm_contact(contact=first.contact)
    confirmed = set(Contact.objects.filter(confirmed_at__isnull=False).values_list("reply", flat=True))
    assert confirmed == {first.pk, second.pk}
    confirm_contact(contact=others[0].contact)
    assert Contact.objects.filter(confirmed_at__isnull=False).count() == 3


def test_an_address_can_be_changed_and_taken_back(moderator) -> None:
    reply = make_reachable()
    assert set_address(reply=reply, address=ADDRESS).confirmed_at is not None
    assert set_address(reply=reply, address="new@example.org").confirmed_at is None
    assert set_address(reply=reply, address="") is None
    assert not Contact.objects.exists()


def test_turning_mail_off_takes_back_what_is_due(moderator) -> None:
    reply = make_reachable()
    approve_reply(reply=reply, by=moderator)
    set_notify(contact=reply.contact, wanted=False)
    assert due() == []
    set_notify(contact=reply.contact, wanted=True)
    assert Contact.objects.get().notify


def test_addresses_go_a_month_after_the_thread_is_closed() -> None:
    article = make_published_article()
    make_sent_reply(article=article, email=ADDRESS)
    kept = make_reachable()
    close_thread(about=article)
    now = timezone.now()
    assert forget_old_contacts(now=now + timedelta(days=29)) == 0
    assert forget_old_contacts(now=now + timedelta(days=31)) == 1
    assert [contact.reply for contact in Contact.objects.all()] == [kept]


def test_addresses_that_nobody_confirmed_go_after_a_month() -> None:
    make_sent_reply(email=ADDRESS)
    kept = make_reachable()
    now = timezone.now()
    assert forget_old_contacts(now=now + timedelta(days=29)) == 0
    assert forget_old_contacts(now=now + timedelta(days=31)) == 1
    assert [contact.reply for contact in Contact.objects.all()] == [kept]


def test_nobodys_letter_box_is_filled_with_questions() -> None:
    """Whoever types somebody else's address gets them one mail a day, three in all, and none once they say no."""
    now = timezone.now()
    for address in (ADDRESS, ADDRESS.upper(), ADDRESS, ADDRESS):
        make_sent_reply(email=address)
    other = make_sent_reply(email="other@example.org")
    asked = [ask_for_confirmation(now=now + timedelta(hours=hours)) for hours in (0, 1, 25, 50, 75, 100)]
    assert asked == [2, 0, 1, 1, 0, 0]
    stop_mail(contact=other.contact)
    make_sent_reply(email="Other@example.org")
    assert ask_for_confirmation(now=now + timedelta(days=9)) == 0


def test_stopping_mail_counts_for_every_reply_of_the_address() -> None:
    for writer in ("a" * 64, "b" * 64):
        make_reachable(writer=writer)
    stop_mail(contact=Contact.objects.first())
    assert list(Contact.objects.values_list("notify", flat=True)) == [False, False]


def test_erasing_a_reply_takes_its_address_and_mails_along(moderator) -> None:
    reply = make_reachable()
    approve_reply(reply=reply, by=moderator)
    erase_reply(reply=reply)
    assert (Contact.objects.count(), due()) == (0, [])
    assert str(Contact(reply=reply, address=ADDRESS)) == f"For reply {reply.pk}"
