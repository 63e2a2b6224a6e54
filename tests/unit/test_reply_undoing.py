"""Redactions, new words, urgency, and undoing."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.actions.corrections import accept_correction, decline_correction, resolve_correction
from articles.actions.replies import (
    approve_reply,
    decide,
    hide_reply,
    mark_reply_as_spam,
    moderate,
    moderate_writer,
    reject_reply,
)
from articles.actions.rewording import MARK, accept_edit, decline_edit, forget_former_words, redact, set_triage
from articles.actions.undoing import undo, undo_batch
from articles.actions.writing import edit_reply, withdraw_reply
from articles.models import (
    Correction,
    CorrectionOutcome,
    ModerationAction,
    ModerationEvent,
    Reply,
    ReplyStatus,
)
from articles.policies import ModerationRefused
from forms_catalog.actions import public_version
from tests.factories import make_moderator, make_published_article, make_replies, make_sent_reply, make_user

pytestmark = pytest.mark.django_db
CORRECTION = {"kind": "correction", "sentence": "It cures.", "source": "10.1000/x"}


@pytest.fixture
def moderator():
    return make_moderator(username="mo")


# Undoing decisions


@pytest.mark.parametrize(
    ("start", "action"), [("pending", "approve"), ("approved", "reject"), ("approved", "hide"), ("spam", "reopen")]
)
def test_a_decision_is_undone_by_a_new_event(start, action, moderator) -> None:
    reply = make_sent_reply(status=start)
    version = public_version()
    event = decide(reply=reply, action=ModerationAction(action), by=moderator)
    undone = undo(event=event, by=moderator)
    stored = Reply.objects.get()
    assert stored.status == start
    assert (stored.decided_at is None) == (start == "pending")
    assert (undone.undo_of, undone.from_status, undone.to_status) == (event, event.to_status, start)
    assert (public_version() > version) == ("approve" in (start[:7], action[:7]))


def test_an_approval_that_is_undone_never_happened_for_readers(moderator) -> None:
    reply = make_sent_reply()
    undo(event=approve_reply(reply=reply, by=moderator), by=moderator)
    assert Reply.objects.get().published_at is None
    withdraw_reply(reply=reply)
    assert not Reply.objects.placed().exists()


def test_what_something_came_after_is_not_undone(moderator) -> None:
    reply = make_sent_reply()
    event = approve_reply(reply=reply, by=moderator)
    hide_reply(reply=reply, by=moderator)
    with pytest.raises(ModerationRefused, match="since"):
        undo(event=event, by=moderator)
    assert Reply.objects.get().status == "hidden"


def test_nothing_is_undone_twice(moderator) -> None:
    event = approve_reply(reply=make_sent_reply(), by=moderator)
    undone = undo(event=event, by=moderator)
    for again in (event, undone):
        with pytest.raises(ModerationRefused):
            undo(event=again, by=moderator)


def test_what_a_writer_did_is_not_for_moderators_to_undo(moderator) -> None:
    event = withdraw_reply(reply=make_sent_reply())
    with pytest.raises(ModerationRefused, match="cannot be undone"):
        undo(event=event, by=moderator)
    urgency = set_triage(reply=make_sent_reply(), level="now", by=moderator)
    with pytest.raises(ModerationRefused, match="cannot be undone"):
        undo(event=urgency, by=moderator)


def test_only_moderators_undo(moderator) -> None:
    event = approve_reply(reply=make_sent_reply(), by=moderator)
    outcome = moderate(
        ids=[make_sent_reply().pk], action=ModerationAction.APPROVE, by=moderator, seen=ReplyStatus.PENDING
    )
    for act in (lambda by: undo(event=event, by=by), lambda by: undo_batch(batch=outcome.batch, by=by)):
        with pytest.raises(PermissionDenied):
            act(make_user())


def test_fifteen_hundred_decisions_are_undone_but_those_something_came_after(moderator) -> None:
    make_replies(make_published_article(), number=1_500)
    keys = list(Reply.objects.values_list("pk", flat=True))
    outcome = moderate(ids=keys, action=ModerationAction.APPROVE, by=moderator, seen=ReplyStatus.PENDING)
    later = Reply.objects.get(pk=keys[7])
    hide_reply(reply=later, by=moderator)
    undone = undo_batch(batch=outcome.batch, by=moderator)
    assert (undone.decided, undone.skipped) == (1_499, 1)
    assert Reply.objects.filter(status="pending", published_at=None, decided_at=None).count() == 1_499
    assert Reply.objects.get(pk=later.pk).status == "hidden"
    assert ModerationEvent.objects.filter(batch=undone.batch, action="undo").count() == 1_499
    again = undo_batch(batch=outcome.batch, by=moderator)
    assert (again.decided, again.skipped, again.batch) == (0, 1_500, None)


def test_a_batch_that_is_not_there_cannot_be_undone(moderator) -> None:
    with pytest.raises(ModerationRefused):
        undo_batch(batch=uuid.uuid4(), by=moderator)


# Urgent replies


def test_urgent_replies_are_decided_one_by_one_only(moderator) -> None:
    article = make_published_article()
    calm = make_sent_reply(article=article, writer="w" * 64)
    urgent = make_sent_reply(article=article, writer="w" * 64, triage="now")
    ids = [calm.pk, urgent.pk]
    outcome = moderate(ids=ids, action=ModerationAction.REJECT, by=moderator, seen=ReplyStatus.PENDING)
    assert (outcome.decided, outcome.skipped, outcome.urgent) == (1, 1, 1)
    outcome = moderate_writer(writer="w" * 64, action=ModerationAction.REJECT, by=moderator, seen=ReplyStatus.PENDING)
    assert (outcome.decided, outcome.skipped, outcome.urgent, outcome.batch) == (0, 1, 1, None)
    assert Reply.objects.get(pk=urgent.pk).status == "pending"
    reject_reply(reply=urgent, by=moderator)
    assert Reply.objects.get(pk=urgent.pk).status == "rejected"


def test_all_of_a_writer_are_taken_down_and_never_published_at_once(moderator) -> None:
    mine = [make_sent_reply(writer="w" * 64, status="approved") for _ in range(2)]
    other = make_sent_reply(status="approved")
    outcome = moderate_writer(writer="w" * 64, action=ModerationAction.HIDE, by=moderator, seen=ReplyStatus.APPROVED)
    assert outcome.decided == len(mine)
    assert list(Reply.objects.visible()) == [other]
    with pytest.raises(ModerationRefused, match="one by one"):
        moderate_writer(writer="w" * 64, action=ModerationAction.APPROVE, by=moderator, seen=ReplyStatus.PENDING)
    blank = moderate_writer(writer="", action=ModerationAction.HIDE, by=moderator, seen=ReplyStatus.APPROVED)
    assert blank.decided == 0


def test_urgency_is_set_with_a_clock_and_lifted(moderator) -> None:
    first, second = make_sent_reply(), make_sent_reply()
    set_triage(reply=second, level="soon", by=moderator)
    assert list(Reply.objects.waiting()) == [second, first]
    assert Reply.objects.get(pk=second.pk).triage_since is not None
    set_triage(reply=second, level="", by=moderator)
    assert list(Reply.objects.waiting()) == [first, second]
    assert Reply.objects.get(pk=second.pk).triage_since is None


def test_the_queue_puts_the_urgent_first_then_kinds_then_age() -> None:
    article = make_published_article()
    kinds = ["", "experience", "typo", "question", "evidence", "correction", "correction"]
    for kind in kinds:
        make_sent_reply(article=article, kind=kind, sentence="It cures.", source="10.1000/x")
    for triage in ("today", "soon", "now"):
        make_sent_reply(article=article, triage=triage)
    assert [reply.number for reply in Reply.objects.waiting()] == [10, 9, 8, 6, 7, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("seen_text", [None, 1, 2])
def test_many_are_published_only_as_they_were_read(seen_text, moderator) -> None:
    reply = make_sent_reply()
    edit_reply(reply=reply, body="Other words")
    texts = None if seen_text is None else {reply.pk: seen_text}
    outcome = moderate(
        ids=[reply.pk], action=ModerationAction.APPROVE, by=moderator, seen=ReplyStatus.PENDING, texts=texts
    )
    assert outcome.decided == (seen_text == 2)


def test_what_is_no_decision_is_refused(moderator) -> None:
    with pytest.raises(ModerationRefused, match="not a decision"):
        decide(reply=make_sent_reply(), action=ModerationAction.EDIT, by=moderator)


# Redaction and new words


def test_a_passage_is_redacted_wherever_it_stands_and_undone(moderator) -> None:
    reply = make_sent_reply(status="approved", body="Call 0170 or (0170) *now*")
    event = redact(reply=reply, passage="0170", by=moderator, reason="exposes")
    shown = Reply.objects.visible().get().html
    assert "0170" not in shown
    assert shown == f"<p>Call {MARK} or ({MARK}) <em>now</em></p>\n"
    assert "0170" not in str(ModerationEvent.objects.values())
    undo(event=event, by=moderator)
    assert "0170" in Reply.objects.visible().get().html


@pytest.mark.parametrize("passage", ["", "  ", "not there"])
def test_only_words_that_are_there_are_redacted(passage, moderator) -> None:
    reply = make_sent_reply(body="Some  words")
    with pytest.raises(ModerationRefused, match="does not have these words"):
        redact(reply=reply, passage=passage, by=moderator)


def test_a_passage_of_one_letter_is_not_blown_up(moderator) -> None:
    reply = make_sent_reply(body="a" * 1_000)
    with pytest.raises(ModerationRefused, match="too short"):
        redact(reply=reply, passage="a", by=moderator)


def test_new_words_are_decided_about_before_a_redaction(moderator) -> None:
    reply = make_sent_reply(status="approved", body="Call 0170")
    edit_reply(reply=reply, body="Call 0170 soon")
    reply.refresh_from_db()
    with pytest.raises(ModerationRefused, match="new words wait"):
        redact(reply=reply, passage="0170", by=moderator)


def test_new_words_are_declined_and_that_is_undone(moderator) -> None:
    reply = make_sent_reply(status="approved", body="Approved")
    edit_reply(reply=reply, body="New")
    reply.refresh_from_db()
    event = decline_edit(reply=reply, by=moderator)
    assert not Reply.objects.edits_waiting().exists()
    undo(event=event, by=moderator)
    reply.refresh_from_db()
    undo(event=accept_edit(reply=reply, by=moderator), by=moderator)
    stored = Reply.objects.edits_waiting().get()
    assert (stored.html, stored.held_html) == ("<p>Approved</p>\n", "<p>New</p>\n")


def test_without_new_words_there_is_nothing_to_accept(moderator) -> None:
    for act in (accept_edit, decline_edit):
        with pytest.raises(ModerationRefused, match="no new words"):
            act(reply=make_sent_reply(status="approved"), by=moderator)


def test_former_words_are_forgotten_after_a_day_and_waiting_ones_kept(moderator) -> None:
    waiting, redacted = make_sent_reply(status="approved"), make_sent_reply(body="Call 0170")
    edit_reply(reply=waiting, body="New words")
    event = redact(reply=redacted, passage="0170", by=moderator)
    assert forget_former_words(now=timezone.now()) == 0
    assert forget_former_words(now=timezone.now() + timedelta(days=1, minutes=1)) == 1
    assert "0170" not in str(Reply.objects.values())
    assert Reply.objects.get(pk=waiting.pk).held_body == "New words"
    with pytest.raises(ModerationRefused, match="no longer kept"):
        undo(event=event, by=moderator)


def test_redaction_and_urgency_are_for_moderators(moderator) -> None:
    reply = make_sent_reply(status="approved", **CORRECTION)
    stranger = make_user()
    acts = [
        lambda: redact(reply=reply, passage="sleep", by=stranger),
        lambda: set_triage(reply=reply, level="now", by=stranger),
        lambda: accept_edit(reply=reply, by=stranger),
        lambda: decline_edit(reply=reply, by=stranger),
        lambda: accept_correction(reply=reply, by=stranger),
        lambda: decline_correction(reply=reply, by=stranger),
        lambda: mark_reply_as_spam(reply=reply, by=stranger),
        lambda: hide_reply(reply=reply, by=stranger),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


# Undoing what was done about corrections


def test_passing_a_correction_on_is_undone_until_editors_have_dealt_with_it(moderator) -> None:
    reply = make_sent_reply(status="approved", **CORRECTION)
    undo(event=accept_correction(reply=reply, by=moderator), by=moderator)
    undo(event=decline_correction(reply=reply, by=moderator, reason="stands"), by=moderator)
    assert not Correction.objects.exists()
    event = accept_correction(reply=reply, by=moderator)
    resolve_correction(correction=Correction.objects.get(), by=None, outcome=CorrectionOutcome.DECLINED)
    with pytest.raises(ModerationRefused, match="dealt with"):
        undo(event=event, by=moderator)
