"""What the page on moderation counts: reasons, decisions taken back, appeals; at one cost however much was done."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.actions.replies import approve_reply, reject_reply, reopen_reply
from articles.actions.undoing import undo
from articles.actions.writing import appeal
from articles.models import ModerationEvent, Reply
from articles.policies import NO_REASON, REASONS
from mgsite.pages.about import moderation
from tests import factories as make
from tests.dom import find, parse, text

pytestmark = pytest.mark.django_db
PAGE = "/about/moderation/"


def shown(client: Client) -> str:
    return text(client.get(PAGE).content.decode())


def tallied(client: Client) -> dict[str, str]:
    """The tallies as they stand on the page: term and text."""
    page = parse(client.get(PAGE).content.decode())
    lists = page.iterfind(".//dl[@class='about-terms about-tallies']")
    return {
        pair.findtext("dt"): " ".join("".join(pair.find("dd").itertext()).split()) for each in lists for pair in each
    }


def test_each_reason_is_counted_as_its_writer_reads_it(client: Client) -> None:
    moderator = make.make_moderator()
    for reason in ("selling", "selling", "off_topic", ""):
        reject_reply(reply=make.make_sent_reply(), by=moderator, reason=reason)
    tallies = moderation.tallies(moderation.newest_done())
    assert dict(tallies["by_reason"]) == {REASONS["selling"]: 2, REASONS["off_topic"]: 1, NO_REASON: 1}
    assert tallied(client)["2"] == REASONS["selling"]


def test_a_decision_that_was_undone_counts_as_taken_back_and_not_against_anyone(client: Client) -> None:
    moderator = make.make_moderator()
    undo(event=reject_reply(reply=make.make_sent_reply(), by=moderator, reason="unkind"), by=moderator)
    reply = make.make_sent_reply()
    reject_reply(reply=reply, by=moderator, reason="selling")
    reopen_reply(reply=reply, by=moderator)
    tallies = moderation.tallies(moderation.newest_done())
    assert (tallies["reversals"], tallies["by_reason"]) == (2, [(REASONS["selling"], 1)])
    assert tallied(client)["Taken back"].startswith("2 times")


def test_appeals_are_counted_with_what_they_came_to(client: Client) -> None:
    moderator = make.make_moderator()
    for _ in range(2):
        reply = make.make_sent_reply(status="rejected")
        appeal(reply=reply, words="Please look again.")
    approve_reply(reply=Reply.objects.latest("pk"), by=moderator)
    make.make_sent_reply(status="approved")
    assert tallied(client)["Appeals"] == "2, after which 1 reply was published"


def test_every_reason_a_writer_can_read_is_on_the_page(client: Client) -> None:
    words = shown(client)
    assert [reason for reason in REASONS.values() if reason not in words] == []


def test_what_the_page_says_of_urgent_replies_is_what_the_code_does(client: Client) -> None:
    words = shown(client)
    assert "urgent at one of 3 levels: “Now: somebody may be in danger”, “Soon: within the hour”, “Today”." in words
    assert "for 15 minutes" in words


def test_the_page_costs_the_same_when_much_was_done(client: Client, monkeypatch) -> None:
    """Two queries, and the rows that one of them reads are bounded; the other counts along an index."""
    make.make_sent_reply(status="rejected")
    few = cost()
    reply = make.make_sent_reply(status="rejected")
    event = ModerationEvent.objects.filter(reply=reply).get()
    fields = {
        field.attname: getattr(event, field.attname) for field in event._meta.concrete_fields if not field.primary_key
    }
    ModerationEvent.objects.bulk_create(ModerationEvent(**fields) for _ in range(60))
    monkeypatch.setattr(moderation, "RECENT", 50)
    assert cost() == few == 2
    assert len(moderation.newest_done()) == 50
    assert moderation.tallies(moderation.newest_done())["decisions"] == 50


def cost() -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        moderation.moderation_page()
    return len(asked)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Plans are worded by each database in its own way.")
def test_the_newest_events_are_read_along_their_index() -> None:
    with CaptureQueriesContext(connection) as asked:
        moderation.newest_done()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked.captured_queries[0]["sql"])
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "event_newest" in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan


def test_the_numbers_of_states_stand_beside_their_words(client: Client) -> None:
    make.make_sent_reply(status="spam")
    numbers = find(client.get(PAGE).content.decode(), ".//dl[@class='about-numbers']")
    assert {pair.findtext("dt"): pair.findtext("dd") for pair in numbers}["Spam"] == "1"


def test_a_page_that_was_kept_is_asked_for_anew_with_each_reply_and_decision(client) -> None:
    reply = make.make_sent_reply()
    first = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": first}).status_code == 304
    reject_reply(reply=reply, by=make.make_moderator())
    second = client.get(PAGE, headers={"If-None-Match": first})
    assert second.status_code == 200
    make.make_sent_reply(about=reply.about)
    assert client.get(PAGE, headers={"If-None-Match": second.headers["ETag"]}).status_code == 200
