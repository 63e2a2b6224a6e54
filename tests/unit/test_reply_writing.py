"""What writers do with their own replies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions.replies import approve_reply, reject_reply
from articles.actions.rewording import accept_edit
from articles.actions.writing import appeal, edit_reply, withdraw_reply
from articles.models import Actor, ModerationEvent, Reply
from articles.policies import ModerationRefused, WriterRefused
from articles.spam import Circumstances
from articles.writers import digest_of
from forms_catalog.actions import public_version
from tests.factories import make_moderator, make_published_article, make_sent_reply, new_secret

pytestmark = pytest.mark.django_db
LINKS = "[a](https://a.example) and [b](https://b.example)"


def test_a_secret_is_kept_as_a_digest_that_finds_its_replies() -> None:
    secret, other = new_secret(), new_secret()
    reply = make_sent_reply(writer=digest_of(secret))
    make_sent_reply(), make_sent_reply(writer=digest_of(other))
    assert secret != other
    assert secret not in str(Reply.objects.values())
    assert list(Reply.objects.by_writer(digest_of(secret))) == [reply]


@pytest.mark.parametrize("secret", ["", "x", "x" * 44, "x" * 42 + "\x00", "ä" * 43])
def test_what_is_no_secret_proves_nothing(secret) -> None:
    make_sent_reply()
    assert digest_of(secret) == ""
    assert not Reply.objects.by_writer(digest_of(secret)).exists()


def test_a_waiting_reply_is_edited_at_once_with_the_signs_of_its_new_words() -> None:
    reply = make_sent_reply(body="BUY THIS BUY THIS BUY THIS", circumstances=Circumstances(seconds=0))
    assert [sign["name"] for sign in reply.signals] == ["fast", "capitals"]
    edit_reply(reply=reply, body=LINKS)
    reply.refresh_from_db()
    assert (reply.status, reply.body, reply.text_version, reply.held_html) == ("pending", LINKS, 2, "")
    assert 'href="https://a.example"' in reply.html
    assert [sign["name"] for sign in reply.signals] == ["fast", "links"]


def test_words_that_changed_since_they_were_read_are_not_approved() -> None:
    reply = make_sent_reply()
    seen = Reply.objects.get()
    edit_reply(reply=reply, body="Other words")
    with pytest.raises(ModerationRefused, match="The writer was first: edit"):
        approve_reply(reply=seen, by=make_moderator())
    assert not Reply.objects.visible().exists()


def test_new_words_of_an_approved_reply_are_held_while_the_approved_ones_stay() -> None:
    reply = make_sent_reply(status="approved", body="Approved words")
    version = public_version()
    edit_reply(reply=reply, body="New words")
    assert Reply.objects.visible().get().html == "<p>Approved words</p>\n"
    assert [each.held_html for each in Reply.objects.edits_waiting()] == ["<p>New words</p>\n"]
    reply.refresh_from_db()
    accept_edit(reply=reply, by=make_moderator())
    assert Reply.objects.visible().get().html == "<p>New words</p>\n"
    assert not Reply.objects.edits_waiting().exists()
    assert public_version() > version


def test_an_answered_reply_is_no_longer_edited() -> None:
    article = make_published_article()
    reply = make_sent_reply(article=article, status="approved")
    answer = make_sent_reply(article=article)
    Reply.objects.filter(pk=answer.pk).update(parent=reply)
    edit_reply(reply=reply, body="Before the answer is public")
    approve_reply(reply=answer, by=make_moderator())
    with pytest.raises(WriterRefused, match="answered"):
        edit_reply(reply=reply, body="After")


def test_after_a_quarter_of_an_hour_a_reply_stays_as_it_is() -> None:
    reply = make_sent_reply()
    Reply.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    with pytest.raises(WriterRefused, match="15 minutes"):
        edit_reply(reply=reply, body="Too late")
    assert Reply.objects.get().body == reply.body
    assert not ModerationEvent.objects.exists()


def test_new_words_can_make_a_reply_urgent_and_never_less_so() -> None:
    reply = make_sent_reply()
    edit_reply(reply=reply, body="First", triage="soon")
    assert Reply.objects.get().triage == "soon"
    since = Reply.objects.get().triage_since
    edit_reply(reply=reply, body="Second", triage="today")
    edit_reply(reply=reply, body="Third")
    assert (Reply.objects.get().triage, Reply.objects.get().triage_since) == ("soon", since)


def test_a_withdrawn_reply_is_a_line_and_its_answers_stay() -> None:
    article = make_published_article()
    reply = make_sent_reply(article=article, status="approved")
    answer = make_sent_reply(article=article)
    Reply.objects.filter(pk=answer.pk).update(parent=reply)
    approve_reply(reply=answer, by=make_moderator())
    withdraw_reply(reply=reply)
    assert [(each.pk, bool(each.shown_html)) for each in Reply.objects.placed()] == [
        (reply.pk, False),
        (answer.pk, True),
    ]
    event = ModerationEvent.objects.first()
    assert (event.action, event.actor, event.by) == ("withdraw", Actor.WRITER, None)
    with pytest.raises(WriterRefused, match="already"):
        withdraw_reply(reply=reply)


def test_a_reply_withdrawn_while_it_waits_leaves_no_line() -> None:
    withdraw_reply(reply=make_sent_reply())
    assert not Reply.objects.placed().exists()
    assert not Reply.objects.waiting().exists()


def test_an_appeal_brings_a_decision_back_to_the_queue_once() -> None:
    reply, moderator = make_sent_reply(status="rejected"), make_moderator()
    appeal(reply=reply, words="Please look again.", triage="today")
    reply.refresh_from_db()
    assert (reply.status, reply.appeal, reply.triage) == ("pending", "Please look again.", "today")
    assert list(Reply.objects.waiting()) == [reply]
    reject_reply(reply=reply, by=moderator)
    with pytest.raises(WriterRefused, match="once"):
        appeal(reply=reply, words="Again!")
