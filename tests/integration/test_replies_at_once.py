"""Equal posts, rival moderators and counters, all at the same moment."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from articles.actions.replies import moderate
from articles.models import ModerationAction, ModerationEvent, RateBucket, Reply, ReplyStatus
from articles.tokens import form_token
from tests.factories import make_moderator, make_published_article, make_sent_reply

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 6


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Results of all, each begun in a thread and a connection of its own when all are ready."""
    ready = Barrier(len(works))

    def begin(work: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as hands:
        return list(hands.map(begin, works))


def test_equal_posts_at_once_are_one_reply_and_each_is_counted() -> None:
    article = make_published_article(slug="sleep")
    token = form_token(article, at=time.time() - 60)
    typed = {"name": "Anna", "body": "What about sleep?", "token": token, "send": "1"}
    answers = at_once(*[lambda: Client().post("/articles/sleep/replies/", typed)] * HANDS)
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == Reply.objects.count() == 1
    assert sorted(RateBucket.objects.values_list("count", flat=True)) == [1, 1, HANDS]


def test_of_rival_decisions_one_is_taken_and_recorded() -> None:
    replies = [make_sent_reply() for _ in range(12)]
    ids = [reply.pk for reply in replies]
    rivals = [(make_moderator(), action) for action in ("approve", "reject", "mark_spam") * 2]
    works = [
        lambda by=by, action=action: moderate(
            ids=reversed(ids), action=ModerationAction(action), by=by, seen=ReplyStatus.PENDING
        )
        for by, action in rivals
    ]
    outcomes = at_once(*works)
    assert sum(outcome.decided for outcome in outcomes) == len(ids)
    assert ModerationEvent.objects.count() == len(ids)
    for event in ModerationEvent.objects.select_related("reply"):
        assert event.to_status == event.reply.status
