"""Replies as data: what readers can see now, in pages, and nothing else about who wrote them."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions.replies import hide_reply
from articles.exports.replies import REPLIES
from articles.models import Article, Reply
from forms_catalog.models import Study
from tests.downloads import document
from tests.factories import (
    WAYS,
    make_claim,
    make_form,
    make_mechanism,
    make_moderator,
    make_published_article,
    make_replies,
    make_sent_reply,
    make_study,
)

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
THREAD = "/articles/sleep/replies.json"


@pytest.fixture
def article() -> Article:
    return make_published_article(slug="sleep", title="On sleep")


def own(reply: Reply) -> str:
    return f"{reply.get_absolute_url()[:-1]}.json"


def numbers(client: Client, address: str = THREAD) -> list[int]:
    return [row["number"] for row in document(client, address)["rows"]]


def test_a_reply_says_what_its_page_says(client: Client, article: Article) -> None:
    first = make_sent_reply(article=article, status="approved")
    reply = make_sent_reply(
        article=article, status="approved", name="Berta", body="I *slept*.", kind="evidence", source="10.1000/182"
    )
    Reply.objects.filter(pk=reply.pk).update(parent=first)

    found = document(client, own(reply))
    row = found["record"]

    assert row == document(client, THREAD)["rows"][1]
    assert (row["number"], row["name"], row["kind"], row["html"]) == (2, "Berta", "evidence", reply.html)
    assert row["shown_as"] == "Evidence suggested by a reader, not yet checked"
    assert (row["answers"], row["answers_reply"]) == (1, first.public_id)
    assert (row["about_kind"], row["about"]) == ("article", "sleep")
    assert found["metadata"]["links"]["thread"] == f"{SITE}{THREAD}"
    assert found["metadata"]["note"].startswith("What readers wrote. It is not evidence")


def test_nothing_about_the_writer_leaves_but_the_name(client: Client, article: Article) -> None:
    reply = make_sent_reply(article=article, status="approved", name="Berta", email="berta@example.org")
    Reply.objects.filter(pk=reply.pk).update(
        signals=["secret-signal"], appeal="secret-appeal", held_body="secret-held", writer="secret-writer"
    )
    for address in (THREAD, own(reply)):
        text = json.dumps(document(client, address))
        assert "secret" not in text
        assert "berta@" not in text
    assert set(document(client, own(reply))["record"]) == {column.name for column in REPLIES.columns}


@pytest.mark.parametrize("status", [status for status in WAYS if status != "approved"])
def test_a_reply_that_is_not_public_now_is_nowhere(client: Client, article: Article, status: str) -> None:
    reply = make_sent_reply(article=article, status=status, name="Berta", body="Her very own words.")

    assert client.get(own(reply)).status_code == 404
    assert document(client, THREAD)["rows"] == []
    assert reply.public_id not in client.get(THREAD).content.decode()


def test_one_that_was_urgent_stays_out_also_as_what_another_answers(client: Client, article: Article) -> None:
    urgent = make_sent_reply(article=article, triage="today", status="approved")
    answer = make_sent_reply(article=article, status="approved")
    Reply.objects.filter(pk=answer.pk).update(parent=urgent)

    assert client.get(own(urgent)).status_code == 404
    assert numbers(client) == [2]
    record = document(client, own(answer))["record"]
    assert (record["answers"], record["answers_reply"]) == (None, None)


def test_what_is_hidden_is_gone_at_once(client: Client, article: Article) -> None:
    reply = make_sent_reply(article=article, status="approved")
    etag = client.get(own(reply)).headers["ETag"]
    assert client.get(own(reply), headers={"If-None-Match": etag}).status_code == 304

    hide_reply(reply=reply, by=make_moderator())

    assert client.get(own(reply), headers={"If-None-Match": etag}).status_code == 404
    assert numbers(client) == []


def test_replies_to_what_is_no_longer_public_are_gone(client: Client, article: Article) -> None:
    study = make_study(slug="s2020")
    replies = [make_sent_reply(about=about, status="approved") for about in (article, study)]
    Article.objects.update(status="archived")
    Study.objects.update(is_public=False)

    for address in (THREAD, "/studies/s2020/replies.json", *map(own, replies)):
        assert client.get(address).status_code == 404, address


def test_every_record_that_takes_replies_has_them_as_data(client: Client) -> None:
    for section, about in (
        ("claims", make_claim(slug="c1")),
        ("forms", make_form(slug="oxide")),
        ("mechanisms", make_mechanism(slug="nmda")),
        ("studies", make_study(slug="s2020")),
    ):
        reply = make_sent_reply(about=about, status="approved")
        address = f"/{section}/{about.slug}/replies.json"
        assert [row["reply"] for row in document(client, address)["rows"]] == [reply.public_id]
        assert document(client, f"/{section}/{about.slug}.json")["metadata"]["links"]["replies"] == f"{SITE}{address}"
        assert document(client, own(reply))["metadata"]["about"]["key"] == about.slug
    assert document(client, "/claims/c1/replies.json?after=7")["rows"]


def test_pages_lead_through_all_replies_once_both_ways(client: Client, article: Article) -> None:
    make_replies(
        article,
        number=130,
        status=lambda number: "hidden" if number % 10 == 3 else "approved",
        published_at=lambda _: timezone.now(),
    )
    shown = [number for number in range(1, 131) if number % 10 != 4]
    forwards, backwards, address = [], [], THREAD
    while address:
        forwards.append(numbers(client, address))
        last, address = address, (document(client, address)["metadata"]["next"] or "").removeprefix(SITE)
    while last:
        backwards.append(numbers(client, last))
        last = (document(client, last)["metadata"]["links"]["prev"] or "").removeprefix(SITE)

    assert [number for page in forwards for number in page] == shown
    assert [len(page) for page in forwards] == [50, 50, 17]
    assert backwards == forwards[::-1]
    assert f'<{SITE}{THREAD}?after={shown[49]}>; rel="next"' in client.get(THREAD).headers["Link"]


@pytest.mark.parametrize(("after", "which"), [("x", "first"), ("-1", "first"), ("9" * 30, "first"), ("999", "last")])
def test_a_place_that_is_not_there_is_said_to_be_so(client: Client, article: Article, after: str, which: str) -> None:
    make_replies(article, number=60, status="approved")

    found = document(client, f"{THREAD}?after={after}")

    assert [row["number"] for row in found["rows"]] == list(range(1, 51) if which == "first" else range(11, 61))
    assert found["metadata"]["notices"] == [f"There is no reply after “{after}” here, so this is the {which} page."]


@pytest.mark.parametrize("public_id", ["x", "%00", "a" * 17, "passport", "%F0%9F%98%80"])
def test_an_address_of_no_reply_is_not_found(client: Client, db: None, public_id: str) -> None:
    response = client.get(f"/replies/{public_id}.json")

    assert response.status_code == 404
    assert json.loads(response.content)["error"]


def test_replies_as_data_ask_a_fixed_number_of_questions(client: Client, article: Article) -> None:
    costs = []
    for number in (3, 200):
        make_replies(article, number=number, status="approved")
        reply = Reply.objects.latest("pk")
        costs.append([_questions(client, address) for address in (THREAD, f"{THREAD}?after=60", own(reply))])
    assert costs[0][0] == costs[1][0] <= 6
    assert costs[1][1] <= 7
    assert costs[0][2] == costs[1][2] <= 4


def _questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
