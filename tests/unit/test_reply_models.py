"""What the database refuses, and events that are only ever added."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import AppendOnlyError, ModerationEvent, Reply
from tests.factories import make_published_article, make_replies, make_sent_reply, make_study

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "gone"},
        {"kind": "rant"},
        {"triage": "now"},
        {"triage_since": timezone.now()},
        {"status": "approved"},
        {"status": "erased"},
        {"kind": "correction", "source": "10.1000/x"},
        {"kind": "typo"},
        {"kind": "evidence"},
        {"kind": "correction", "sentence": "It cures."},
        {"held_at": timezone.now()},
        {"level": 3},
        {"number": 1},
    ],
)
def test_the_database_refuses_a_reply_that_makes_no_sense(fields) -> None:
    article = make_published_article()
    make_replies(article, number=1)
    reply = make_sent_reply(article=article)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(**fields)


def test_an_event_is_never_changed_or_deleted() -> None:
    make_sent_reply(status="approved")
    event = ModerationEvent.objects.get()
    for act in (
        event.save,
        event.delete,
        ModerationEvent.objects.all().delete,
        lambda: ModerationEvent.objects.update(note="Other"),
    ):
        with pytest.raises(AppendOnlyError):
            act()
    assert ModerationEvent.objects.get().note == ""


def test_an_event_can_be_added() -> None:
    reply = make_sent_reply()
    fields = {"reply": reply, "action": "redact", "from_status": "pending", "to_status": "pending"}
    ModerationEvent(at=timezone.now(), **fields).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationEvent(at=timezone.now(), **fields | {"action": "undo"}).save()
    assert ModerationEvent.objects.count() == 1


def test_an_event_goes_with_the_record_its_reply_is_about() -> None:
    reply = make_sent_reply(about=make_study(), status="approved")
    reply.about.delete()
    assert not ModerationEvent.objects.exists()
