"""What readers and moderators do with replies."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import policies
from articles.actions.replies import (
    approve_reply,
    decide,
    mark_reply_as_spam,
    moderate,
    reject_reply,
    reopen_reply,
    submit_reply,
)
from articles.models import Article, Contact, ModerationAction, ModerationEvent, RateBucket, Reply, ReplyStatus
from articles.policies import TRANSITIONS, ModerationRefused, ReplyRefused
from articles.rates import NoRoomError
from articles.spam import Circumstances
from forms_catalog.actions import public_version
from tests.factories import (
    make_article,
    make_moderator,
    make_published_article,
    make_replies,
    make_sent_reply,
    make_user,
)

pytestmark = pytest.mark.django_db
CALM = Circumstances(seconds=60, network="one")
DECISIONS = [
    (approve_reply, "pending", "approved"),
    (reject_reply, "pending", "rejected"),
    (mark_reply_as_spam, "pending", "spam"),
    (reopen_reply, "approved", "pending"),
]


def this_hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def send(article: Article, **typed) -> Reply:
    return submit_reply(
        about=article,
        **{"token": "a form", "name": "Anna", "email": "", "body": "What about *sleep*?", "circumstances": CALM}
        | typed,
    )


def test_submit_reply_keeps_it_waiting_with_its_words_and_their_rendering() -> None:
    reply = send(make_published_article(), email="anna@example.org")
    stored = Reply.objects.get()
    assert stored == reply
    assert (stored.status, stored.name, stored.contact.address, stored.body) == (
        "pending",
        "Anna",
        "anna@example.org",
        "What about *sleep*?",
    )
    assert "<em>sleep</em>" in stored.html
    assert stored.signals == []
    assert not Reply.objects.visible().exists()


def test_submit_reply_changes_nothing_that_readers_see() -> None:
    article = make_published_article()
    before = public_version()
    send(article)
    assert public_version() == before


def test_submit_reply_when_closed_is_refused() -> None:
    article = make_published_article(replies_open=False)
    with pytest.raises(ReplyRefused, match="closed"):
        send(article)
    assert not Reply.objects.exists()


def test_submit_reply_when_closed_since_the_page_was_loaded_is_refused() -> None:
    article = make_published_article()
    Article.objects.update(replies_open=False)
    with pytest.raises(ReplyRefused, match="closed"):
        send(article)


def test_submit_reply_to_a_draft_is_refused() -> None:
    with pytest.raises(ReplyRefused, match="not public"):
        send(make_article())


def test_sending_twice_gives_the_first_reply_again() -> None:
    article = make_published_article()
    assert send(article) == send(article)
    assert Reply.objects.count() == 1


def test_sending_again_after_a_decision_gives_the_decided_reply() -> None:
    article = make_published_article()
    reply = send(article)
    reject_reply(reply=reply, by=make_moderator())
    assert send(article).status == "rejected"


def test_sending_twice_uses_no_more_room() -> None:
    article = make_published_article()
    send(article), send(article)
    assert set(RateBucket.objects.values_list("count", flat=True)) == {1}


ELSEWHERE = Circumstances(seconds=60, network="another")


@pytest.mark.parametrize(
    ("other", "signals"),
    [
        ({"name": "Berta"}, ["repeated"]),
        ({"email": "anna@example.org"}, ["repeated"]),
        ({"token": "another form"}, ["repeated"]),
        ({"circumstances": ELSEWHERE}, ["repeated"]),
        ({"body": "What about *mood*?"}, []),
    ],
)
def test_the_same_words_from_anywhere_else_are_another_reply(other, signals) -> None:
    article = make_published_article()
    first, second = send(article), send(article, **other)
    assert first.public_id != second.public_id
    assert [signal["name"] for signal in second.signals] == signals
    found = Contact.objects.filter(reply=second).values_list("address", flat=True)
    assert list(found) == [other[name] for name in ("email",) if name in other]


def test_the_first_reply_is_found_among_many_with_its_words() -> None:
    article = make_published_article()
    replies = [send(article, token=f"form {number}") for number in range(3)]
    assert send(article, token="form 1") == replies[1]


def test_a_reply_to_a_crowded_site_is_kept_with_a_signal() -> None:
    RateBucket.objects.create(key="site", window=this_hour(), count=600)
    reply = send(make_published_article())
    assert [signal["name"] for signal in reply.signals] == ["crowded"]
    assert list(Reply.objects.waiting()) == [reply]


def test_a_reply_beyond_what_the_site_stores_is_refused_and_takes_no_room() -> None:
    RateBucket.objects.create(key="site", window=this_hour(), count=5_000)
    with pytest.raises(NoRoomError):
        send(make_published_article())
    assert not Reply.objects.exists()
    assert RateBucket.objects.get().count == 5_000


def test_the_same_text_under_another_article_is_another_reply_with_a_signal() -> None:
    send(make_published_article())
    again = send(make_published_article(), token="its form")
    assert [signal["name"] for signal in again.signals] == ["repeated"]


def test_the_same_text_a_day_later_is_no_signal() -> None:
    article = make_published_article()
    send(article)
    Reply.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert send(article, token="another form").signals == []


def test_signals_hold_nothing_back() -> None:
    reply = send(make_published_article(), circumstances=Circumstances(seconds=0, attempts=30, trap_filled=True))
    assert [signal["name"] for signal in reply.signals] == ["honeypot", "fast", "rate"]
    assert list(Reply.objects.waiting()) == [reply]


@pytest.mark.parametrize(("action", "start", "end"), DECISIONS)
def test_each_decision_changes_the_state_and_leaves_an_event(action, start, end) -> None:
    reply, moderator = make_sent_reply(status=start), make_moderator()
    action(reply=reply, by=moderator, note="As agreed.")
    event = ModerationEvent.objects.filter(by=moderator).get()
    assert reply.status == Reply.objects.get().status == end
    assert (event.from_status, event.to_status, event.note) == (start, end, "As agreed.")
    assert (reply.decided_at is None) == (end == "pending")


@pytest.mark.parametrize(("action", "start", "end"), DECISIONS)
@pytest.mark.parametrize("groups", [None, (), ("Editor",)], ids=["stranger", "staff", "editor"])
def test_each_decision_by_the_wrong_role_is_refused(action, start, end, groups) -> None:
    reply = make_sent_reply(status=start)
    person = AnonymousUser() if groups is None else make_user(groups=groups)
    events = ModerationEvent.objects.count()
    with pytest.raises(PermissionDenied):
        action(reply=reply, by=person)
    assert Reply.objects.get().status == start
    assert ModerationEvent.objects.count() == events


def test_a_decision_the_table_refuses_changes_nothing() -> None:
    reply = make_sent_reply(status="spam")
    with pytest.raises(ModerationRefused, match="back to waiting first"):
        approve_reply(reply=reply, by=make_moderator())
    assert Reply.objects.get().status == "spam"
    assert ModerationEvent.objects.count() == 1


def test_a_colleague_who_was_first_is_named_and_not_overwritten() -> None:
    reply = make_sent_reply()
    seen = Reply.objects.get()
    mark_reply_as_spam(reply=reply, by=make_moderator(username="mo"))
    with pytest.raises(ModerationRefused, match="mo has already decided this: spam"):
        approve_reply(reply=seen, by=make_moderator())
    assert Reply.objects.get().status == "spam"
    assert ModerationEvent.objects.count() == 1


def test_a_colleague_who_left_is_not_named() -> None:
    reply = make_sent_reply()
    seen = Reply.objects.get()
    moderator = make_moderator()
    reject_reply(reply=reply, by=moderator)
    moderator.delete()
    with pytest.raises(ModerationRefused, match="A former colleague has already decided this: rejected"):
        approve_reply(reply=seen, by=make_moderator())


def test_a_reply_that_is_gone_cannot_be_decided() -> None:
    reply = make_sent_reply()
    seen = Reply.objects.get()
    reply.delete()
    with pytest.raises(ModerationRefused, match="no longer there"):
        approve_reply(reply=seen, by=make_moderator())


@pytest.mark.parametrize(
    ("start", "action", "changes"),
    [
        ("pending", "approve", True),
        ("approved", "reject", True),
        ("approved", "reopen", True),
        ("pending", "reject", False),
        ("spam", "reopen", False),
    ],
)
def test_what_readers_see_changes_only_with_approved_replies(start, action, changes) -> None:
    reply = make_sent_reply(status=start)
    before = public_version()
    decide(reply=reply, seen=ReplyStatus(start), action=ModerationAction(action), by=make_moderator())
    assert (public_version() != before) is changes


def test_moderate_decides_what_is_still_as_seen_and_counts_the_rest() -> None:
    first, second, third = make_sent_reply(), make_sent_reply(), make_sent_reply()
    reject_reply(reply=second, by=make_moderator())
    outcome = moderate(
        ids=[first.pk, first.pk, second.pk, third.pk, 10**6],
        action=ModerationAction.APPROVE,
        by=make_moderator(),
        seen=ReplyStatus.PENDING,
    )
    assert (outcome.decided, outcome.skipped) == (2, 2)
    assert Reply.objects.get(pk=second.pk).status == "rejected"
    assert ModerationEvent.objects.filter(action="approve").count() == 2


def test_moderate_nothing_changes_nothing() -> None:
    before = public_version()
    outcome = moderate(ids=[], action=ModerationAction.APPROVE, by=make_moderator(), seen=ReplyStatus.PENDING)
    assert (outcome.decided, outcome.skipped) == (0, 0)
    assert public_version() == before


def test_moderate_takes_the_same_queries_for_many_as_for_few(django_assert_max_num_queries) -> None:
    make_replies(make_published_article(), number=1_500)
    ids, moderator = list(Reply.objects.values_list("pk", flat=True)), make_moderator()
    with django_assert_max_num_queries(40):
        outcome = moderate(ids=ids, action=ModerationAction.MARK_SPAM, by=moderator, seen=ReplyStatus.PENDING)
    assert outcome.decided == ModerationEvent.objects.count() == 1_500


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=st.lists(st.sampled_from(policies.DECISIONS), max_size=8))
def test_no_sequence_of_decisions_leaves_the_table(wishes) -> None:
    """Whatever moderators try, events chain from waiting to the present state along the table."""
    reply, moderator = make_sent_reply(), make_moderator()
    for wish in wishes:
        before = ReplyStatus(reply.status)
        allowed = isinstance(TRANSITIONS[before, wish], ReplyStatus)
        try:
            decide(reply=reply, seen=before, action=wish, by=moderator)
        except ModerationRefused:
            assert not allowed
            assert reply.status == before
        else:
            assert allowed
    state = ReplyStatus.PENDING
    for event in reply.events.order_by("pk"):
        assert event.from_status == state
        assert TRANSITIONS[state, ModerationAction(event.action)] == event.to_status
        state = ReplyStatus(event.to_status)
    assert Reply.objects.get(pk=reply.pk).status == state
    assert (state == ReplyStatus.APPROVED) == Reply.objects.visible().filter(pk=reply.pk).exists()


def test_events_hold_none_of_the_replys_text() -> None:
    make_sent_reply(status="spam", body="very private words", email="anna@example.org", name="Anna of somewhere")
    for event in ModerationEvent.objects.values():
        written = str(event)
        assert not any(words in written for words in ("very private words", "anna@example.org", "Anna of somewhere"))
