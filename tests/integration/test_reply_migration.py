"""Replies sent before there were threads keep all they had, in order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("articles", "0005_article_page"), ("articles", "0008_replies_settled")
THEN = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def at(*target: str) -> Any:
    """The tables' history at a migration, the database taken there."""
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


@pytest.fixture
def former() -> Iterator[Any]:
    yield at(*BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_replies_move_into_threads_with_all_they_had(former: Any) -> None:
    Article, Reply, Event = (former.get_model("articles", name) for name in ("Article", "Reply", "ModerationEvent"))
    opened = Article.objects.create(slug="open", title="Open", standfirst="x", body="x")
    closed = Article.objects.create(slug="closed", title="Closed", standfirst="x", body="x", replies_open=False)
    Article.objects.create(slug="silent", title="Silent", standfirst="x", body="x", replies_open=False)

    def reply(article: Any, name: str, *, days: int, **fields: Any) -> Any:
        words = {"body": f"*{name}*", "html": f"<p>{name}</p>", "created_at": THEN + timedelta(days=days)}
        return Reply.objects.create(article=article, public_id=name, name=name, **words | fields)

    reply(opened, "second", days=2, status="approved", decided_at=THEN + timedelta(days=3), email="a@example.org")
    first = reply(opened, "first", days=1, status="spam", signals=[{"name": "fast", "detail": "x", "weight": 2}])
    reply(opened, "third", days=2, status="approved")
    reply(closed, "alone", days=1)
    Event.objects.create(
        reply=first, action="mark_spam", from_status="pending", to_status="spam", note="As agreed.", at=THEN
    )

    later = at(*AFTER)
    Reply, Thread, Contact, Event = (
        later.get_model("articles", name) for name in ("Reply", "Thread", "Contact", "ModerationEvent")
    )
    rows = Reply.objects.order_by("thread__article__slug", "number")
    assert list(rows.values_list("thread__article__slug", "number", "public_id", "status", "html")) == [
        ("closed", 1, "alone", "pending", "<p>alone</p>"),
        ("open", 1, "first", "spam", "<p>first</p>"),
        ("open", 2, "second", "approved", "<p>second</p>"),
        ("open", 3, "third", "approved", "<p>third</p>"),
    ]
    assert dict(rows.values_list("public_id", "published_at")) == {
        "alone": None,
        "first": None,
        "second": THEN + timedelta(days=3),
        "third": THEN + timedelta(days=2),
    }
    assert set(rows.values_list("kind", "writer", "triage", "text_version", "rank")) == {("", "", "", 1, 35)}
    assert [signal["name"] for signal in Reply.objects.get(public_id="first").signals] == ["fast"]
    threads = Thread.objects.order_by("article__slug")
    assert list(threads.values_list("article__slug", "last_number")) == [("closed", 1), ("open", 3)]
    assert [thread.closed_at is None for thread in threads] == [False, True]
    contact = Contact.objects.get()
    assert (contact.reply.public_id, contact.address, contact.notify, contact.confirmed_at) == (
        "second",
        "a@example.org",
        False,
        None,
    )
    event = Event.objects.get()
    assert (event.reply.public_id, event.actor, event.note, event.reason) == ("first", "moderator", "As agreed.", "")
