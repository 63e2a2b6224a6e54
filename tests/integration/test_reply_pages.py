"""Where replies are seen: by their writers, under the article, and nowhere else."""

import re
import time
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.utils import timezone

from articles.actions.erasure import erase_reply
from articles.actions.replies import approve_reply, hide_reply, reject_reply, reopen_reply
from articles.actions.writing import withdraw_reply
from articles.models import Article, RateBucket, Reply
from articles.tokens import form_token
from tests.factories import make_crisis_line, make_moderator, make_published_article, make_sent_reply

pytestmark = pytest.mark.django_db
FORM = "/articles/sleep/replies/"
TEXT = "What about *sleep*?"


@pytest.fixture
def article() -> Article:
    return make_published_article(slug="sleep", title="On sleep")


def typed(article: Article, **fields: str) -> dict[str, str]:
    token = form_token(article, at=time.time() - 60)
    return {"name": "Anna", "email": "anna@example.org", "body": TEXT, "token": token, "send": "1"} | fields


def page_of(response) -> str:
    return response.content.decode()


def heading(response) -> str:
    return re.search(r"<h1>(.*?)</h1>", page_of(response))[1]


# The address of a reply


def sent_reply(client: Client, article: Article) -> Reply:
    client.post(FORM, typed(article))
    return Reply.objects.get()


def decided(reply: Reply, decision) -> None:
    decision(reply=reply, by=make_moderator())


def test_writer_sees_that_the_reply_waits_and_how_it_will_look(client, article) -> None:
    make_crisis_line(phone="988")
    response = client.get(sent_reply(client, article).get_absolute_url())
    page = page_of(response)
    assert "waits for a moderator" in heading(response)
    assert "<em>sleep</em>" in page
    assert 'href="tel:988"' in page
    assert "anna@example.org" not in page
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].replace(" ", "").split(","))
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_nobody_else_sees_a_reply_that_waits(client, article) -> None:
    address = sent_reply(client, article).get_absolute_url()
    response = Client().get(address)
    assert response.status_code == 404
    assert "no-store" in response.headers["Cache-Control"]
    assert "On sleep" not in page_of(response)
    assert "Anna" not in page_of(response)
    assert "sleep</em>" not in page_of(client.get("/articles/sleep/"))


def test_a_cookie_of_another_reply_or_a_forged_one_opens_nothing(client, article) -> None:
    mine, other = sent_reply(client, article), make_sent_reply(article=article)
    value = client.cookies[f"reply-{mine.public_id}"].value
    for forged in (value, "writer", "writer:1:x"):
        stranger = Client()
        stranger.cookies[f"reply-{other.public_id}"] = forged
        assert stranger.get(other.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("status", ["rejected", "spam"])
def test_writer_is_told_kindly_that_it_was_not_published(client, article, status) -> None:
    from articles.actions.replies import mark_reply_as_spam

    reply = sent_reply(client, article)
    decided(reply, {"rejected": reject_reply, "spam": mark_reply_as_spam}[status])
    response = client.get(reply.get_absolute_url())
    assert heading(response) == "Your reply was not published"
    assert "spam" not in page_of(response).lower()
    assert ("write again" in page_of(response)) == (status == "rejected")
    assert Client().get(reply.get_absolute_url()).status_code == 404


def test_writer_of_a_hidden_or_withdrawn_reply_is_not_told_that_it_was_rejected(client, article) -> None:
    reply = sent_reply(client, article)
    decided(reply, approve_reply)
    decided(reply, hide_reply)
    assert heading(client.get(reply.get_absolute_url())) == "Your reply is hidden for now"
    withdraw_reply(reply=reply)
    assert heading(client.get(reply.get_absolute_url())) == "You have withdrawn this reply"


def test_of_an_erased_reply_even_its_writers_browser_hears_nothing(client, article) -> None:
    reply = sent_reply(client, article)
    erase_reply(reply=reply)
    assert client.get(reply.get_absolute_url()).status_code == 404


def test_approved_reply_leads_everybody_to_its_place(client, article) -> None:
    reply = make_sent_reply(article=article, status="approved")
    response = client.get(reply.get_absolute_url())
    assert response.status_code == 302
    assert response.headers["Location"] == f"/articles/sleep/#reply-{reply.public_id}"
    assert "no-store" in response.headers["Cache-Control"]


def test_approved_reply_of_a_withdrawn_article_is_its_writers_only(client, article) -> None:
    reply = sent_reply(client, article)
    decided(reply, approve_reply)
    Article.objects.update(status="archived")
    assert Client().get(reply.get_absolute_url()).status_code == 404
    assert heading(client.get(reply.get_absolute_url())) == "Your reply was approved"


@pytest.mark.parametrize("address", ["nothing-here", "a%00b", "x" * 200, "%E2%80%AE", "a:b"])
def test_an_address_without_a_reply_is_not_found(client, address) -> None:
    assert client.get(f"/replies/{address}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_address_of_a_reply_is_only_read(client, article, method) -> None:
    reply = sent_reply(client, article)
    assert getattr(client, method)(reply.get_absolute_url()).status_code == 405


def test_looking_changes_nothing(client, article) -> None:
    reply = sent_reply(client, article)
    before = Reply.objects.values().get()
    for address in (FORM, f"{FORM}?send=1&body=x&name=y", reply.get_absolute_url(), "/articles/sleep/"):
        client.get(address)
    assert Reply.objects.values().get() == before
    assert RateBucket.objects.filter(count__gt=1).count() == 0


# Under the article


def test_approved_replies_stand_under_the_article_oldest_first(client, article) -> None:
    first = make_sent_reply(article=article, status="approved", name="Berta")
    second = make_sent_reply(article=article, status="approved", name="Carl")
    make_sent_reply(article=article, name="Dora")
    make_sent_reply(article=article, status="rejected", name="Emil")
    make_sent_reply(article=article, status="spam", name="Fred")
    make_sent_reply(status="approved", name="Gina")
    page = page_of(client.get("/articles/sleep/"))
    assert re.findall(r'<h3 id="by-[\w-]+">.*?<bdi>(\w+)</bdi></h3>', page) == ["Berta", "Carl"]
    for reply in (first, second):
        assert f'<article class="reply" id="reply-{reply.public_id}"' in page
        assert f'href="/replies/{reply.public_id}/"' in page
        assert reply.html in page


def test_a_reply_put_back_to_waiting_is_gone_from_the_article(client, article) -> None:
    reply = make_sent_reply(article=article, status="approved", name="Berta")
    reopen_reply(reply=reply, by=make_moderator())
    assert "Berta" not in page_of(client.get("/articles/sleep/"))


@pytest.mark.parametrize(
    ("status", "action", "line"),
    [
        ("hidden", reject_reply, None),
        ("hidden", withdraw_reply, "was withdrawn by its writer"),
        ("withdrawn", erase_reply, "was erased"),
    ],
)
def test_the_line_of_what_is_gone_is_never_out_of_date(client, article, status, action, line) -> None:
    reply = make_sent_reply(article=article, status="approved")
    moderator = make_moderator()
    hide_reply(reply=reply, by=moderator) if status == "hidden" else withdraw_reply(reply=reply)
    before = client.get("/articles/sleep/").headers["ETag"]
    action(reply=reply, **({"by": moderator} if action is reject_reply else {}))
    after = client.get("/articles/sleep/", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert re.findall(r'class="reply-gone"[^>]*>#1 (.*?)<', page_of(after)) == ([line] if line else [])


def test_article_without_replies_invites_and_says_they_are_moderated(client, article) -> None:
    page = page_of(client.get("/articles/sleep/"))
    assert "Nobody has replied yet." in page
    assert "A moderator reads every reply before it appears here" in page
    assert f'href="{FORM}#rules"' in page
    assert f'href="{FORM}?kind=question"' in page


def test_article_with_a_closed_thread_keeps_its_replies_and_says_so(client, article) -> None:
    make_sent_reply(article=article, status="approved", name="Berta")
    Article.objects.update(replies_open=False)
    page = page_of(client.get("/articles/sleep/"))
    assert "Berta" in page
    assert "Replies to this article are closed." in page
    assert "<textarea" not in page


def test_article_page_knows_nobody(client, article) -> None:
    sent_reply(client, article)
    response = client.get("/articles/sleep/")
    assert not response.cookies
    stranger = Client().get("/articles/sleep/")
    assert (response.content, response.headers["ETag"]) == (stranger.content, stranger.headers["ETag"])


def test_replies_take_one_query_however_many(client, article, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        list(Reply.objects.visible().to(article))
    for _ in range(3):
        make_sent_reply(article=article, status="approved")
    with django_assert_num_queries(1):
        shown = list(Reply.objects.visible().to(article))
        assert all(reply.html and reply.name and reply.public_id and reply.created_at for reply in shown)
    assert {"writer", "body", "signals", "held_html", "appeal"} <= shown[0].get_deferred_fields()


# Who reads replies

# The queue, the actions, the writer's own page and the editors' count may see replies that are not public; so may the
# operator's erasure, which shows none, the alerts, which say how many are urgent, the page on moderation, which
# only counts them, what makes replies up, and the search, which asks for those that come and go with a study.
MAY_SEE_ALL = {
    "articles/actions/alerts.py",
    "articles/actions/contacts.py",
    "articles/actions/deciding.py",
    "articles/actions/erasure.py",
    "articles/actions/numbers.py",
    "articles/actions/outbox.py",
    "articles/actions/replies.py",
    "articles/actions/rewording.py",
    "articles/actions/undoing.py",
    "articles/actions/writing.py",
    "articles/admin/replies.py",
    "articles/admin/deciding.py",
    "articles/admin/queue.py",
    "articles/admin/queue_cards.py",
    "articles/admin/queue_state.py",
    "articles/admin/articles.py",
    "articles/management/commands/erase_reply.py",
    "articles/models/replies.py",
    "articles/passports.py",
    "articles/search.py",
    "articles/synthetic.py",
    "articles/views/replies.py",
    "mgsite/pages/about/moderation.py",
}


def test_public_code_reads_replies_only_through_visible() -> None:
    root = Path(site_settings.BASE_DIR)
    sources = [
        path for folder in ("articles", "forms_catalog", "mgsite", "templates") for path in (root / folder).rglob("*")
    ]
    found = set()
    for path in sources:
        if path.suffix in {".py", ".html", ".txt", ".xml"} and "migrations" not in path.parts:
            code = path.read_text()
            if re.search(r"\bReply\.objects\b(?!\.(visible|placed)\(\))|\.replies\b(?!\s+import)|\breply_set\b", code):
                found.add(str(path.relative_to(root)))
    imports = {name for name in found if re.fullmatch(r"articles/(views|admin|actions)/__init__\.py", name)}
    assert found - imports <= MAY_SEE_ALL


def test_nothing_of_a_reply_is_logged(client, article, caplog) -> None:
    caplog.set_level("DEBUG")
    for fields in ({}, {"name": ""}, {"token": ""}, {"preview": "1"}):
        client.post(FORM, typed(article, body="very private words", **fields))
    client.post(FORM, typed(article, body="very private words"), headers={"Sec-Fetch-Site": "cross-site"})
    client.post("/articles/none/replies/", typed(article, body="very private words"))
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [line for line in logged if "private" in line or "anna@" in line or "127.0.0.1" in line]


def test_error_reports_leave_the_text_out(article, rf) -> None:
    from articles.views import reply_form

    request = rf.get(FORM)
    reply_form(request, slug="sleep")
    assert {"name", "email", "body"} <= set(request.sensitive_post_parameters)


def test_times_are_stored_with_their_zone(client, article) -> None:
    assert abs((timezone.now() - sent_reply(client, article).created_at).total_seconds()) < 60
