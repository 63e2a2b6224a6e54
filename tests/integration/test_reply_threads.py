"""Threads as readers meet them: kinds, answers, records, earlier versions, placeholders; and what a page costs."""

from __future__ import annotations

import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.actions.threads import close_thread
from articles.models import Reply
from articles.places import Place
from articles.rendering import sync_references
from articles.tokens import form_token
from tests.dom import text
from tests.factories import (
    make_claim,
    make_crisis_line,
    make_form,
    make_mechanism,
    make_published_article,
    make_replies,
    make_sent_reply,
    make_study,
)

pytestmark = pytest.mark.django_db
SECTIONS = {"claims": make_claim, "forms": make_form, "mechanisms": make_mechanism, "studies": make_study}
LABELS = {
    "question": "Question",
    "experience": "Personal experience, not evidence",
    "evidence": "Evidence suggested by a reader, not yet checked",
    "correction": "Correction suggested by a reader",
    "typo": "Typo reported",
}


def typed(about, **fields: str) -> dict[str, str]:
    token = form_token(about, at=time.time() - 60)
    return {"token": token, "name": "Anna", "email": "", "body": "Words of mine.", "kind": "question"} | fields


def page_of(response) -> str:
    return response.content.decode()


# Kinds


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"kind": ""}, "Please say what you want to do."),
        ({"kind": "praise"}, "Choose one of these kinds."),
        ({"kind": "typo"}, "Please copy the sentence that you mean."),
        ({"kind": "correction", "source": "10.1000/182"}, "Please copy the sentence that you mean."),
        ({"kind": "correction", "sentence": "It is so."}, "Please name a source"),
        ({"kind": "evidence"}, "Please name a source"),
        ({"kind": "evidence", "source": "somewhere on the web"}, "We cannot read this source."),
    ],
)
def test_a_kind_asks_for_what_it_needs_and_loses_nothing(client: Client, fields, missing) -> None:
    response = client.post("/articles/sleep/replies/", typed(make_published_article(slug="sleep"), **fields))
    assert response.status_code == 400
    assert missing in page_of(response)
    assert "Words of mine." in page_of(response)
    assert all(value in page_of(response) for name, value in fields.items() if name != "kind")
    assert not Reply.objects.exists()


@pytest.mark.parametrize("kind", LABELS)
def test_a_reply_is_shown_with_what_it_is(client: Client, kind) -> None:
    article = make_published_article(slug="sleep")
    extra = {"sentence": "Magnesium is a metal."} if kind in {"correction", "typo"} else {}
    extra |= {"source": "https://doi.org/10.1000/182"} if kind in {"correction", "evidence"} else {}
    make_sent_reply(article=article, status="approved", kind=kind, name="Berta", **extra)
    page = text(page_of(client.get("/articles/sleep/")))
    assert f"#1 Berta {LABELS[kind]}" in page
    assert ("Magnesium is a metal." in page) == ("sentence" in extra)
    assert ("Source: doi:10.1000/182" in page) == ("source" in extra)


def test_what_the_kind_does_not_ask_for_is_left_out(client: Client) -> None:
    article = make_published_article(slug="sleep")
    client.post("/articles/sleep/replies/", typed(article, kind="experience", sentence="x" * 2_000, source="no"))
    reply = Reply.objects.get()
    assert (reply.kind, reply.sentence, reply.source) == ("experience", "", "")


def test_a_form_from_before_there_were_kinds_is_still_taken(client: Client) -> None:
    fields = typed(make_published_article(slug="sleep"))
    del fields["kind"]
    assert client.post("/articles/sleep/replies/", fields).status_code == 303
    assert Reply.objects.get().kind == ""


def test_an_experience_changes_no_grade(client: Client, still_clock) -> None:
    claim = make_claim(slug="c1")
    before = client.get("/claims/c1/").content
    make_sent_reply(about=claim, status="approved", kind="experience")
    assert client.get("/claims/c1/").content == before


# Answers and placeholders


def test_an_answer_names_what_it_answers_and_is_set_in_by_two_steps_at_most(client: Client) -> None:
    article = make_published_article(slug="sleep")
    parent = make_sent_reply(article=article, status="approved")
    for number in range(2, 5):
        address = f"/articles/sleep/replies/?answers={number - 1}"
        assert f"In answer to #{number - 1}" in text(page_of(client.get(address)))
        answer = client.post(address, typed(article, answers=str(number - 1), body=f"Answer {number}"))
        assert answer.status_code == 303
        Reply.objects.filter(number=number).update(status="approved", published_at=parent.published_at)
    page = page_of(client.get("/articles/sleep/"))
    assert re.findall(r'class="reply(?: reply-level-(\d))?"', page) == ["", "1", "2", "2"]
    assert f'In answer to <a href="#reply-{parent.public_id}">#1</a>' in page


@pytest.mark.parametrize("answers", ["99", "2", "x", "-1", "9" * 30, "\x00"])
def test_what_cannot_be_answered_is_left_out(client: Client, answers) -> None:
    article = make_published_article(slug="sleep")
    make_sent_reply(article=article, status="approved")
    make_sent_reply(article=article)
    assert client.get("/articles/sleep/replies/", {"answers": answers}).status_code == 200
    assert client.post("/articles/sleep/replies/", typed(article, answers=answers)).status_code == 303
    assert Reply.objects.latest("pk").parent is None


@pytest.mark.parametrize(
    ("status", "line"), [("withdrawn", "was withdrawn"), ("erased", "was erased"), ("hidden", "is hidden")]
)
def test_what_is_gone_leaves_a_line_and_its_answers(client: Client, status, line) -> None:
    article = make_published_article(slug="sleep")
    gone = make_sent_reply(article=article, status=status, name="Berta", body="Her words.")
    make_sent_reply(article=article, status="approved", place=Place(parent=gone.pk, level=1), name="Carl")
    page = page_of(client.get("/articles/sleep/"))
    assert f"#1 {line}" in text(page)
    assert "Berta" not in page
    assert "Her words" not in page
    assert "In answer to #1" in text(page)
    assert client.get(gone.get_absolute_url()).status_code == 404


# Records, sentences, earlier versions


@pytest.mark.parametrize("section", SECTIONS)
def test_a_record_has_a_thread_beside_its_form(client: Client, section) -> None:
    record = SECTIONS[section]()
    address = f"/{section}/{record.slug}/replies/"
    assert f'href="{address}"' in page_of(client.get(record.get_absolute_url()))
    assert "Nobody has replied yet." in page_of(client.get(address))
    assert client.post(address, typed(record)).status_code == 303
    reply = Reply.objects.get()
    assert reply.about == record
    own = client.get(reply.get_absolute_url())
    assert own.status_code == 200
    Reply.objects.update(status="approved", published_at=reply.created_at)
    assert client.get(reply.get_absolute_url()).headers["Location"] == f"{address}#reply-{reply.public_id}"
    page = page_of(client.get(address))
    assert f'id="reply-{reply.public_id}"' in page
    assert page.index("reply-text") < page.index('class="reply-form"')


def test_a_study_that_is_not_public_takes_no_reply(client: Client) -> None:
    study = make_study(is_public=False)
    address = f"/studies/{study.slug}/replies/"
    assert client.get(address).status_code == 404
    response = client.post(address, typed(study))
    assert response.status_code == 404
    assert "Words of mine." in page_of(response)
    assert not Reply.objects.exists()


def test_a_form_handed_out_for_one_thing_is_not_taken_for_another(client: Client) -> None:
    article, claim = make_published_article(slug="sleep"), make_claim(slug="c1")
    for about, address in ((article, "/claims/c1/replies/"), (claim, "/articles/sleep/replies/")):
        assert client.post(address, typed(about)).status_code == 400


def test_a_reply_about_a_sentence_moves_when_the_sentence_goes(client: Client) -> None:
    make_claim(slug="c1")
    article = make_published_article(slug="sleep", body="[Magnesium calms](claim:c1) everyone.")
    sync_references(article)
    form = page_of(client.get("/articles/sleep/replies/?claim=c1"))
    assert '<option value="c1" selected>“Magnesium calms”</option>' in form
    client.post("/articles/sleep/replies/", typed(article, claim="c1"))
    reply = Reply.objects.get()
    assert (reply.claim.slug, reply.revision) == ("c1", article.live)
    Reply.objects.update(status="approved", published_at=reply.created_at)
    page = text(page_of(client.get("/articles/sleep/")))
    assert "About “ Magnesium calms ”" in page or "About “Magnesium calms”" in page
    assert "About an earlier version" not in page

    article.references.all().delete()
    page = page_of(client.get("/articles/sleep/"))
    assert "About an earlier version" in text(page)
    assert 'href="/articles/sleep/history/#version-1">version 1</a>' in page
    assert 'id="version-1"' in page_of(client.get("/articles/sleep/history/"))


def test_a_claims_page_of_replies_leads_to_its_sentence_in_articles(client: Client) -> None:
    make_claim(slug="c1")
    article = make_published_article(slug="sleep", body="[Magnesium calms](claim:c1) everyone.")
    sync_references(article)
    assert 'href="/articles/sleep/replies/?claim=c1"' in page_of(client.get("/claims/c1/replies/"))
    assert 'href="/claims/c1/replies/"' in page_of(client.get("/articles/sleep/"))  # in the claim's card


def test_a_closed_thread_says_since_when_and_takes_what_mends_the_page(client: Client) -> None:
    claim = make_claim(slug="c1")
    close_thread(about=claim)
    assert "have been closed since" in page_of(client.get("/claims/c1/replies/"))
    refused = client.post("/claims/c1/replies/", typed(claim))
    assert refused.status_code == 403
    assert "Words of mine." in page_of(refused)
    mended = {"kind": "typo", "sentence": "Magnesium calms evryone."}
    assert client.post("/claims/c1/replies/", typed(claim, **mended)).status_code == 303


def test_a_preview_shows_all_that_will_be_shown(client: Client) -> None:
    article = make_published_article(slug="sleep")
    fields = {"kind": "correction", "sentence": "It calms.", "source": "pmid 28654669", "preview": "1"}
    page = text(page_of(client.post("/articles/sleep/replies/", typed(article, **fields))))
    shown = "It calms. Words of mine. Source: PubMed 28654669"
    assert f"Anna {LABELS['correction']} {shown}" in page


# Help first


@pytest.mark.parametrize("fields", [{"preview": "1"}, {"name": ""}])
def test_who_speaks_of_a_crisis_sees_help_before_anything_else(client: Client, fields) -> None:
    make_crisis_line(phone="988")
    article = make_published_article(slug="sleep", about_mood=False)
    quiet = page_of(client.post("/articles/sleep/replies/", typed(article, **fields)))
    assert 'href="tel:988"' not in quiet
    page = page_of(client.post("/articles/sleep/replies/", typed(article, body="I want to kill myself.", **fields)))
    assert page.index("</h1>") < page.index('href="tel:988"') < page.index("I want to kill myself.")
    assert page.count('id="crisis"') == 1


@pytest.mark.parametrize("field", ["name", "body", "sentence"])
def test_a_reply_that_speaks_of_a_crisis_is_kept_as_urgent(client: Client, field) -> None:
    article = make_published_article(slug="sleep")
    words = {"kind": "typo", "sentence": "It clams."} | {field: "I want to kill myself."}
    assert client.post("/articles/sleep/replies/", typed(article, **words)).status_code == 303
    reply = Reply.objects.get()
    assert (reply.triage, reply.status) == ("now", "pending")
    assert reply.triage_since == reply.created_at


# Cost


def test_a_page_of_ten_thousand_replies_costs_what_one_of_sixty_costs(client: Client) -> None:
    """One query for the first page and two for any other, each along the thread's index, however long the thread is."""
    article = make_published_article(slug="sleep")
    costs = []
    for replies in (120, 9_880):
        make_replies(article, number=replies, status="approved")
        middle = Reply.objects.get(number=replies // 2)
        client.get("/articles/sleep/")
        for address in ("/articles/sleep/", "/articles/sleep/?after=60", middle.get_absolute_url()):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            costs.append(len(captured))
            for query in captured:
                if 'FROM "articles_reply"' in query["sql"] and '"number"' in query["sql"]:
                    assert re.search(r"LIMIT \d+\s*$", query["sql"]), query["sql"]
                    if connection.vendor == "sqlite" and "ORDER BY" in query["sql"]:
                        assert_walks_the_index(query["sql"])
    assert costs[:3] == costs[3:]
    assert max(costs) <= 12


def assert_walks_the_index(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = " / ".join(str(row[-1]) for row in cursor.fetchall())
    assert "TEMP B-TREE FOR ORDER BY" not in plan, plan
    assert "SCAN articles_reply" not in plan, plan
