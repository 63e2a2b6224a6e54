"""Feeds of replies: only what is public now, under ids that stay, and an empty answer for who has it."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.actions.replies import hide_reply, reject_reply
from articles.actions.rewording import redact
from articles.models import Reply, SlugRedirect
from tests.factories import WAYS, make_claim, make_moderator, make_published_article, make_replies, make_sent_reply

pytestmark = pytest.mark.django_db
SITE, OWN = "/feeds/replies.atom", "/articles/sleep/replies.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def article():
    return make_published_article(slug="sleep", title="On sleep")


def feed_at(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def said(feed: ElementTree.Element, *path: str) -> list[str]:
    return [found.text or "" for found in feed.findall("/".join(ATOM + step for step in path))]


def test_an_entry_says_what_a_reply_is_and_holds_it(client, article) -> None:
    reply = make_sent_reply(article=article, status="approved", name="Berta", body="I *slept*.", kind="experience")
    for address in (SITE, OWN):
        feed = feed_at(client, address)
        assert said(feed, "entry", "title") == ["Personal experience, not evidence: #1 on “On sleep”"]
        assert said(feed, "entry", "content") == [reply.html]
        assert said(feed, "entry", "summary") == []
        assert said(feed, "entry", "author", "name") == ["Berta"]
        assert said(feed, "entry", "id") == [f"http://127.0.0.1:8000{reply.get_absolute_url()}"]
    assert said(feed_at(client, SITE), "id") == [f"http://127.0.0.1:8000{SITE}"]
    assert said(feed_at(client, OWN), "id")[0].startswith("urn:uuid:")  # its address holds the slug, which may change


@pytest.mark.parametrize("status", [status for status in WAYS if status != "approved"])
def test_a_feed_has_nothing_that_is_not_public_now(client, article, status) -> None:
    make_sent_reply(article=article, status=status, name="Berta", body="Her very own words.")
    for address in (SITE, OWN):
        assert b"Her very own words" not in client.get(address).content
        assert said(feed_at(client, address), "entry", "id") == []


def test_a_feed_has_nothing_that_was_urgent_or_whose_page_is_gone(client, article) -> None:
    urgent = make_sent_reply(article=article, triage="today", status="approved")
    assert urgent.status == "approved"
    make_sent_reply(about=make_published_article(slug="gone"), status="approved")
    type(article).objects.filter(slug="gone").update(status="archived")
    assert said(feed_at(client, SITE), "entry", "id") == []


def test_the_sites_feed_has_records_too_and_an_articles_only_its_own(client, article) -> None:
    make_sent_reply(about=make_claim(statement="It calms."), status="approved", kind="question")
    make_sent_reply(article=article, status="approved", kind="question")
    titles = ["Question: #1 on “On sleep”", "Question: #1 on “It calms.”"]
    assert said(feed_at(client, SITE), "entry", "title") == titles
    assert said(feed_at(client, OWN), "entry", "title") == titles[:1]


def test_a_redaction_renews_the_entry_and_keeps_its_id(client, article) -> None:
    reply = make_sent_reply(article=article, status="approved", body="Call 555 now.")
    Reply.objects.update(published_at=reply.published_at - timedelta(days=1))
    before = feed_at(client, OWN)
    redact(reply=reply, passage="555", by=make_moderator())
    after = feed_at(client, OWN)
    assert "555" not in said(after, "entry", "content")[0]
    assert said(before, "entry", "id") == said(after, "entry", "id")
    assert said(before, "entry", "published") == said(after, "entry", "published")
    assert said(before, "entry", "updated") < said(after, "entry", "updated")
    assert said(after, "updated") == said(after, "entry", "updated")


def test_who_has_the_feed_gets_an_empty_answer_until_something_changes(client, article) -> None:
    reply = make_sent_reply(article=article, status="approved")
    etag = client.get(OWN).headers["ETag"]
    make_sent_reply(article=article)  # waits
    assert client.get(OWN, headers={"If-None-Match": etag}).status_code == 304
    hide_reply(reply=reply, by=make_moderator())
    changed = client.get(OWN, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert reply.public_id not in changed.content.decode()
    assert not changed.cookies


def test_an_empty_feed_is_one_and_the_same(client, article) -> None:
    assert client.get(OWN).content == client.get(OWN).content
    assert said(feed_at(client, SITE), "updated") == [article.published_at.isoformat()]
    reject_reply(reply=make_sent_reply(article=article), by=make_moderator())
    assert said(feed_at(client, SITE), "entry") == []


def test_a_former_address_leads_to_the_feed(client, article) -> None:
    SlugRedirect.objects.create(slug="old", article=article)
    assert client.get("/articles/old/replies.atom").headers["Location"] == OWN
    assert client.get("/articles/none/replies.atom").status_code == 404


def test_a_feed_stays_small_and_costs_the_same(client, article) -> None:
    costs = []
    for number in (3, 200):
        make_replies(article, number=number, status="approved")
        with CaptureQueriesContext(connection) as captured:
            feed = feed_at(client, SITE)
        costs.append(len(captured))
    assert len(said(feed, "entry", "id")) == 50
    assert costs[0] == costs[1] <= 4


def test_hostile_words_are_text_in_a_feed(client, article) -> None:
    make_sent_reply(article=article, status="approved", name="<b>&amp;]]>", body="<script>alert(1)</script>")
    feed = feed_at(client, SITE)
    assert said(feed, "entry", "author", "name") == ["<b>&amp;]]>"]
    assert "<script" not in said(feed, "entry", "content")[0]
