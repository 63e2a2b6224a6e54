"""What articles and replies tell machines: what is on record and shown, and nothing of what is not."""

from __future__ import annotations

from datetime import date

import html5lib
import pytest
from django.test import Client

from articles.actions.replies import hide_reply
from articles.models import Article, Reply
from articles.places import Place
from tests.factories import (
    make_claim,
    make_form,
    make_mechanism,
    make_moderator,
    make_owner,
    make_published_article,
    make_safety_review,
    make_sent_reply,
    make_study,
)
from tests.linked_data import document_of, documents, faults

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
HOSTILE = "</script><script>alert(1)</script><!-- \" ' & \u2028"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def told_of(client: Client, article: Article) -> dict:
    document = document_of(page(client, article.get_absolute_url()), "MedicalWebPage")
    assert faults(document) == []
    return document


def comments(client: Client, address: str) -> list[dict]:
    """The replies that a page hands on; every block of it is in known terms."""
    found = documents(page(client, address))
    assert [wrong for document in found if (wrong := faults(document))] == []
    return [comment for document in found for comment in document.get("comment", [])]


# Articles


def test_without_a_reviewer_an_article_says_nothing_of_a_review(client: Client) -> None:
    told = told_of(client, make_published_article(evidence_checked_on=date(2026, 11, 20)))

    assert told.keys().isdisjoint({"reviewedBy", "lastReviewed"})
    assert told["author"] == {"@type": "Organization", "name": "The editors"}
    assert told["publisher"] == {"@type": "Organization", "name": "Magnesium & Mind"}


def test_a_reviewer_stands_with_the_day_of_the_check_where_there_is_one(client: Client) -> None:
    named = {"reviewer": "Dr A. Reader, MD"}
    told = told_of(client, make_published_article(slug="a", evidence_checked_on=date(2026, 11, 20), **named))
    assert told["reviewedBy"] == {"@type": "Person", "name": "Dr A. Reader, MD"}
    assert told["lastReviewed"] == "2026-11-20"

    told = told_of(client, make_published_article(slug="b", **named))
    assert "lastReviewed" not in told


def test_a_byline_of_names_is_passed_on_as_it_is_and_makes_nobody_up(client: Client) -> None:
    told = told_of(client, make_published_article(byline="Anna Zed and the sleep group"))

    assert told["creditText"] == "Anna Zed and the sleep group"
    assert "author" not in told


def test_the_publisher_is_who_runs_the_site_once_that_is_said(client: Client) -> None:
    make_owner()

    told = told_of(client, make_published_article())

    assert told["publisher"] == {
        "@type": "Organization",
        "name": "The Magnesium Society",
        "url": "https://example.org/society",
    }


def test_hostile_words_of_editors_stay_words(client: Client) -> None:
    article = make_published_article(
        title=HOSTILE, standfirst=HOSTILE, byline=HOSTILE, reviewer=HOSTILE, evidence_checked_on=date(2026, 11, 20)
    )
    make_owner(operator=HOSTILE)

    html = page(client, article.get_absolute_url())

    told = told_of(client, article)
    said = [told["headline"], told["description"], told["creditText"], told["reviewedBy"]["name"]]
    assert said == [HOSTILE] * 4
    assert told["publisher"]["name"] == HOSTILE
    assert "<script>alert" not in html
    head = html5lib.parse(html, namespaceHTMLElements=False)
    card = {meta.get("property"): meta.get("content") for meta in head.iter("meta")}
    assert (card["og:title"], card["og:description"]) == (HOSTILE.strip(), HOSTILE.strip())


@pytest.mark.parametrize(
    "record",
    [
        lambda: make_study(title=HOSTILE, journal=HOSTILE, summary=HOSTILE, authors=[f"{HOSTILE}, Anna"]),
        lambda: make_claim(statement=HOSTILE, quote=HOSTILE, why=HOSTILE, in_brief=HOSTILE),
        lambda: make_form(name=HOSTILE, synonyms=[HOSTILE], cautions=[HOSTILE]),
        lambda: make_mechanism(name=HOSTILE, human_evidence=HOSTILE),
    ],
)
def test_hostile_words_of_records_stay_words(client: Client, record) -> None:
    html = page(client, record().get_absolute_url())

    told, trail = documents(html)
    assert faults(told) + faults(trail) == []
    assert HOSTILE in (told.get("headline"), told.get("claimReviewed"), told.get("name"))
    assert trail["itemListElement"][1]["name"] == HOSTILE
    assert "<script>alert" not in html


def test_a_pharmacists_review_of_the_safety_check_is_told_once_it_is_there(client: Client) -> None:
    before = document_of(page(client, "/tools/safety/"), "MedicalWebPage")
    assert before.keys().isdisjoint({"reviewedBy", "lastReviewed"})

    review = make_safety_review()

    after = document_of(page(client, "/tools/safety/"), "MedicalWebPage")
    assert after["reviewedBy"]["name"] == review.reviewed_by
    assert after["lastReviewed"] == review.reviewed_on.isoformat()
    assert faults(after) == []


# Replies


@pytest.mark.parametrize("make", [make_published_article, make_claim, make_form, make_mechanism, make_study])
def test_public_replies_are_handed_on_and_no_others(client: Client, make) -> None:
    about = make()
    first = make_sent_reply(about=about, status="approved", name="Berta", body="I *slept* & woke.", kind="experience")
    answer = make_sent_reply(about=about, status="approved", kind="question", place=Place(parent=first.pk, level=1))
    for status in ("pending", "hidden", "withdrawn", "erased", "rejected"):
        make_sent_reply(about=about, status=status, body="Not for machines.")
    urgent = make_sent_reply(about=about, status="approved", body="I cannot go on.")
    Reply.objects.filter(pk=urgent.pk).update(triage="now", triage_since=urgent.created_at)
    make_sent_reply(about=about, status="approved", body="Hold on.", place=Place(parent=urgent.pk, level=1))
    address = about.get_absolute_url() if isinstance(about, Article) else f"{about.get_absolute_url()}replies/"

    experience, question, third = comments(client, address)

    assert experience["text"] == "I slept & woke."
    assert experience["author"] == {"@type": "Person", "name": "Berta"}
    assert experience["genre"] == "Personal experience, not evidence"
    assert experience["url"] == f"{SITE}{first.get_absolute_url()}"
    assert experience["dateCreated"] == first.created_at.isoformat(timespec="seconds")
    assert question["parentItem"]["url"] == experience["url"]
    assert question["url"] == f"{SITE}{answer.get_absolute_url()}"
    assert third["text"] == "Hold on."
    assert "parentItem" not in third


def test_a_reply_that_is_hidden_is_told_of_no_more(client: Client) -> None:
    article = make_published_article(slug="sleep")
    reply = make_sent_reply(article=article, status="approved")
    assert len(comments(client, "/articles/sleep/")) == 1

    hide_reply(reply=reply, by=make_moderator())

    assert comments(client, "/articles/sleep/") == []


def test_hostile_words_of_readers_stay_words(client: Client) -> None:
    article = make_published_article(slug="sleep")
    make_sent_reply(
        article=article, status="approved", name="</script><b>", body="a </script><script>alert(1)</script> b"
    )

    (comment,) = comments(client, "/articles/sleep/")

    assert comment["author"]["name"] == "</script><b>"
    assert comment["text"].startswith("a ")
    assert "<script>alert" not in page(client, "/articles/sleep/")
