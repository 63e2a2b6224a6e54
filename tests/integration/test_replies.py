"""Replying: the form, the preview, and what goes wrong."""

import re
import time

import pytest
from django.db import OperationalError

from articles.models import Article, Contact, RateBucket, Reply, SlugRedirect
from articles.tokens import form_token
from articles.views import replies as views
from articles.writers import digest_of
from tests.factories import make_article, make_crisis_line, make_moderator, make_published_article, make_sent_reply

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


def textarea(response) -> str:
    """What a browser would show in the text field."""
    from html import unescape

    found = re.search(r'<textarea(?![^>]*name="sentence")[^>]*>\r?\n?(.*?)</textarea>', page_of(response), re.DOTALL)
    return unescape(found[1])


def heading(response) -> str:
    return re.search(r"<h1>(.*?)</h1>", page_of(response))[1]


# The form


def test_form_page_is_for_now_and_for_nobody_elses_cache(client, article) -> None:
    response = client.get(FORM)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert client.head(FORM).status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_form_takes_get_and_post_only(client, article, method) -> None:
    assert getattr(client, method)(FORM).status_code == 405


def test_form_hides_the_trap_from_people(client, article) -> None:
    page = page_of(client.get(FORM))
    trap = re.search(r'<div class="visually-hidden" aria-hidden="true">.*?</div>', page, re.DOTALL)[0]
    assert 'autocomplete="off"' in trap
    assert 'tabindex="-1"' in trap
    assert "style=" not in page


def test_form_of_an_article_on_mood_shows_where_to_turn(client, article) -> None:
    make_crisis_line(phone="988")
    assert 'href="tel:988"' in page_of(client.get(FORM))
    Article.objects.update(about_mood=False)
    assert 'href="tel:988"' not in page_of(client.get(FORM))


def test_form_of_a_former_address_moves_and_a_post_to_it_is_taken(client, article) -> None:
    SlugRedirect.objects.create(slug="old", article=article)
    assert client.get("/articles/old/replies/").headers["Location"] == FORM
    assert client.post("/articles/old/replies/", typed(article)).status_code == 303


def test_form_of_a_closed_thread_says_so(client, article) -> None:
    Article.objects.update(replies_open=False)
    page = page_of(client.get(FORM))
    assert "Replies to this article are closed." in page
    assert "Corrections and typos are still taken." in page
    assert re.findall(r'type="radio" name="kind" id="reply-kind-(\w+)"', page) == ["correction", "typo"]


# Sending


def test_reply_is_kept_and_its_writer_is_led_to_its_page(client, article) -> None:
    response = client.post(FORM, typed(article))
    reply = Reply.objects.get()
    assert response.status_code == 303
    secret = re.fullmatch(r"/replies/passport/([\w-]{43})/", response.headers["Location"])[1]
    assert digest_of(secret) == reply.writer
    assert (reply.name, reply.contact.address, reply.body, reply.status) == (
        "Anna",
        "anna@example.org",
        TEXT,
        "pending",
    )
    assert reply.signals == []


def test_writers_cookie_is_signed_and_kept_to_the_replys_own_address(client, article, settings) -> None:
    settings.HTTPS = True
    response = client.post(FORM, typed(article))
    reply = Reply.objects.get()
    assert list(response.cookies) == [f"reply-{reply.public_id}"]
    cookie = response.cookies[f"reply-{reply.public_id}"]
    assert cookie["path"] == f"/replies/{reply.public_id}/"
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert cookie["max-age"] == 90 * 24 * 3600


def test_reply_takes_few_queries(client, article, django_assert_max_num_queries) -> None:
    client.post(FORM, typed(article, body="The first of the hour also tidies up."))
    with django_assert_max_num_queries(6 + 2):  # two of them open a savepoint and close it
        assert client.post(FORM, typed(article)).status_code == 303


def test_a_double_click_is_one_reply(client, article) -> None:
    form = typed(article)
    first, second = client.post(FORM, form), client.post(FORM, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Reply.objects.count() == 1


@pytest.mark.parametrize("email", ["", "anna@example.org"])
def test_email_is_optional_and_never_shown(client, article, email) -> None:
    client.post(FORM, typed(article, email=email))
    reply = Reply.objects.get()
    from articles.actions.replies import approve_reply

    approve_reply(reply=reply, by=make_moderator())
    assert TEXT.split("*")[0] in page_of(client.get("/articles/sleep/"))
    assert "anna@example.org" not in page_of(client.get("/articles/sleep/"))


def test_trap_and_haste_hold_nothing_back(client, article) -> None:
    response = client.post(FORM, typed(article, topic="Buy", token=form_token(article)))
    assert response.status_code == 303
    assert [signal["name"] for signal in Reply.objects.get().signals] == ["honeypot", "fast"]


# Preview


def test_preview_shows_the_reply_as_it_will_look_and_keeps_the_form(client, article) -> None:
    fields = typed(article, preview="1")
    del fields["send"]
    response = client.post(FORM, fields)
    page = page_of(response)
    assert response.status_code == 200
    assert heading(response) == "Preview of your reply"
    assert "<em>sleep</em>" in page
    assert textarea(response) == TEXT
    assert 'value="Anna"' in page
    assert 'value="anna@example.org"' in page
    assert fields["token"] in page
    assert not Reply.objects.exists()


def test_preview_is_what_is_published(client, article) -> None:
    body = "> quote\n\n- one\n- two\n\n`code` and [a link](https://example.org/)\n\n# no heading"
    preview = page_of(client.post(FORM, typed(article, body=body, preview="1")))
    reply = make_sent_reply(article=article, status="approved", body=body)
    assert reply.html in preview
    assert reply.html in page_of(client.get("/articles/sleep/"))


# Mistakes: the text is always kept


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"name": ""}, 400, "Please give a name"),
        ({"email": "nonsense"}, 400, "not an e-mail address"),
        ({"body": "[x]: https://a.b"}, 400, "Please write something."),
        ({"body": TEXT + "x" * 10_000}, 400, "10,000 characters"),
        ({"token": ""}, 400, "Your text is still here"),
        ({"token": "forged"}, 400, "Your text is still here"),
    ],
)
@pytest.mark.parametrize("button", ["send", "preview"])
def test_a_mistake_is_said_and_the_text_kept(client, article, fields, status, words, button) -> None:
    response = client.post(FORM, typed(article, **{button: "1"} | fields))
    assert response.status_code == status
    assert words in page_of(response)
    assert textarea(response) == fields.get("body", TEXT)
    assert not Reply.objects.exists()


@pytest.mark.parametrize("body", ["\n\n    code first\n\ttab  \n ", "</textarea><b>&amp;", "a\r\nb"])
def test_text_comes_back_exactly_as_typed(client, article, body) -> None:
    response = client.post(FORM, typed(article, body=body, name=""))
    assert textarea(response).replace("\r\n", "\n") == body.replace("\r\n", "\n")


def test_an_old_form_is_renewed_and_then_taken(client, article) -> None:
    stale = form_token(article, at=time.time() - 8 * 24 * 3600)
    page = page_of(client.post(FORM, typed(article, token=stale)))
    fresh = re.search(r'name="token" value="([^"]+)"', page)[1]
    assert fresh != stale
    assert client.post(FORM, typed(article, token=fresh)).status_code == 303


def test_an_error_is_announced_and_points_to_its_field(client, article) -> None:
    page = page_of(client.post(FORM, typed(article, name="")))
    assert 'role="alert"' in page
    assert '<a href="#reply-name">' in page
    assert 'aria-describedby="reply-name_helptext reply-name_error"' in page
    assert "<title>Not sent:" in page


def test_reply_to_a_closed_thread_comes_back_with_its_text(client, article) -> None:
    Article.objects.update(replies_open=False)
    for button in ("send", "preview"):
        response = client.post(FORM, typed(article, **{button: "1"}))
        assert response.status_code == 403
        assert "Replies to this article are closed." in page_of(response)
        assert textarea(response) == TEXT
    assert not Reply.objects.exists()


def test_reply_to_an_article_that_was_taken_down_comes_back_with_its_text(client) -> None:
    article = make_article(slug="sleep")
    assert client.get(FORM).status_code == 404
    response = client.post(FORM, typed(article))
    assert response.status_code == 404
    assert textarea(response) == TEXT
    assert article.title not in page_of(response)
    assert client.post("/articles/never-was/replies/", typed(article)).status_code == 404
    assert not Reply.objects.exists()


# The database fails


def out_of_order(*args: object, **kwargs: object) -> None:
    raise OperationalError("database is locked")


def test_reply_the_database_does_not_keep_comes_back_without_asking_it_again(
    client, article, monkeypatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr(views, "count_attempt", out_of_order)
    with django_assert_num_queries(1):  # the article, before anything failed
        response = client.post(FORM, typed(article))
    assert response.status_code == 503
    assert textarea(response) == TEXT
    assert "your reply was not kept" in page_of(response)
    assert "anna@example.org" in page_of(response)


def test_reply_is_given_back_even_where_the_article_cannot_be_read(client, article, monkeypatch, caplog) -> None:
    monkeypatch.setattr(views, "subject_at", out_of_order)
    response = client.post(FORM, typed(article))
    assert response.status_code == 503
    assert heading(response) == "Your reply was not sent"
    assert textarea(response) == TEXT
    assert "database is locked" in caplog.text
    assert TEXT not in caplog.text


# Rates


def test_too_many_posts_are_asked_to_wait_with_their_text(client, article) -> None:
    client.post(FORM, typed(article))
    RateBucket.objects.exclude(key="site").update(count=30)
    response = client.post(FORM, typed(article, body="Another"))
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 3600
    assert "try again in" in page_of(response)
    assert textarea(response) == "Another"
    assert Reply.objects.count() == 1


def test_a_flood_from_one_network_closes_nothing_for_others(client, article) -> None:
    for number in range(32):
        client.post(FORM, typed(article, body=f"Buy {number}"))
    assert RateBucket.objects.get(key="site").count == Reply.objects.count() == 30
    assert client.post(FORM, typed(article, body="Hello"), REMOTE_ADDR="198.51.100.1").status_code == 303


@pytest.mark.parametrize(("so_far", "status"), [(600, 303), (2_500, 303), (5_000, 429)])
def test_a_flood_from_everywhere_holds_readers_back_only_for_want_of_storage(client, article, so_far, status) -> None:
    client.post(FORM, typed(article))
    RateBucket.objects.filter(key="site").update(count=so_far)
    other = client.post(FORM, typed(article, body="Another"), REMOTE_ADDR="198.51.100.1")
    assert other.status_code == status
    if status == 429:
        assert textarea(other) == "Another"
        assert 1 <= int(other.headers["Retry-After"]) <= 3600


@pytest.mark.parametrize("fields", [{"email": "anna@example.org"}, {"REMOTE_ADDR": "198.51.100.1"}])
def test_the_same_words_lose_no_address_and_give_nobody_anothers_receipt(client, article, fields) -> None:
    thanks = {"name": "Anna", "email": "", "body": "Thank you!"}
    extra = {name: fields.pop(name) for name in list(fields) if name.isupper()}
    first = client.post(FORM, typed(article, **thanks))
    second = client.post(FORM, typed(article, **thanks | fields), **extra)
    assert first.headers["Location"] != second.headers["Location"]
    assert not set(first.cookies) & set(second.cookies)
    assert Reply.objects.count() == 2
    assert list(Contact.objects.values_list("address", flat=True)) == list(fields.values())


def test_mistakes_and_previews_count_too(client, article) -> None:
    client.post(FORM, typed(article, name=""))
    client.post(FORM, typed(article, preview="1"))
    assert set(RateBucket.objects.values_list("count", flat=True)) == {2}


def test_a_network_that_posts_often_is_a_signal(client, article) -> None:
    client.post(FORM, typed(article, preview="1"))
    RateBucket.objects.update(count=5)
    client.post(FORM, typed(article))
    assert [signal["name"] for signal in Reply.objects.get().signals] == ["rate"]
