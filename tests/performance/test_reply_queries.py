"""With 20,000 replies every list of them is still read along an index, in the order in which it is shown."""

import re

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article, Reply, ReplyStatus
from articles.models.replies import ReplyQuerySet
from articles.synthetic import make_synthetic_replies
from tests.factories import make_claim, make_published_article, make_study

pytestmark = pytest.mark.django_db
MANY = 20_000
PAGE = 50
UNSORTED = {"the day's", "a writer's"}
"""Any row of the first will do; the second are few, and may be sorted once they are found."""


@pytest.fixture
def article() -> Article:
    article = make_published_article()
    make_claim(), make_study()
    assert make_synthetic_replies(number=MANY) == MANY
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return article


def lists_of(article: Article) -> dict[str, tuple[ReplyQuerySet, str]]:
    """What pages ask for, and the index that has to answer it."""
    replies = Reply.objects.all()
    middle = replies.waiting()[replies.waiting().count() // 2]
    to_article = {"thread": article.thread}
    return {
        "queue": (replies.waiting(), "reply_queue"),
        "queue, further on": (replies.waiting().following(middle), "reply_queue"),
        "a state": (replies.filter(status=ReplyStatus.SPAM).order_by("-created_at"), "reply_by_age"),
        "thread": (replies.placed().filter(**to_article).order_by("number"), "reply_thread"),
        "thread, further on": (
            replies.placed().filter(number__gt=9_000, **to_article).order_by("number"),
            "reply_thread",
        ),
        "visible": (replies.visible().filter(**to_article).order_by("number"), "reply_thread"),
        "newest": (replies.visible().order_by("-published_at"), "reply_newest"),
        "a writer's": (replies.by_writer(f"{7:064x}"), "reply_writer"),
        "edits": (replies.edits_waiting(), "reply_held"),
        "the day's": (
            replies.filter(status__in=ReplyStatus.values, created_at__gte=timezone.now(), body="x").order_by(),
            "reply_by_age",
        ),
    }


def test_every_list_of_replies_is_read_along_its_index(article: Article) -> None:
    for name, (asked, index) in lists_of(article).items():
        plan = asked[:PAGE].explain()
        assert re.search(rf"\b{index}\b", plan), (name, plan)
        if name == "queue, further on":  # it starts where the last page ended
            assert re.search(r"(SEARCH|Index Cond).*\brank\b", plan), plan
        if name not in UNSORTED:
            assert not re.search(r"USE TEMP B-TREE|->  Sort\b|Seq Scan on articles_reply\b", plan), (name, plan)
    pages_of_the_queue_follow_one_another()


def pages_of_the_queue_follow_one_another() -> None:
    """Here, because filling the tables once more costs more than looking."""
    waiting = Reply.objects.waiting().only("rank", "created_at")
    found, page = [], list(waiting[: 10 * PAGE])
    while page:
        found += page
        page = list(waiting.following(page[-1])[: 10 * PAGE])
    assert [reply.pk for reply in found] == [reply.pk for reply in waiting]
    assert len(found) > 1_000
