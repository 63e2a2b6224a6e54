"""Automated posts by the thousand, replayed and forged forms, tricks with direction, and links that only look."""

import re
import time
from collections import Counter

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import rates
from articles.actions.corrections import accept_correction
from articles.models import Correction, RateBucket, Reply
from articles.rates import MOST_PER_NETWORK, NoRoomError, count_attempt, take_room
from articles.tokens import form_token
from tests.factories import make_moderator, make_published_article, make_replies, make_sent_reply, make_user

pytestmark = pytest.mark.django_db
FORM = "/articles/sleep/replies/"
TRICKS = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"


@pytest.fixture
def article():
    return make_published_article(slug="sleep", title="On sleep")


def typed(article, **fields: str) -> dict[str, str]:
    token = form_token(article, at=time.time() - 60)
    return {"name": "Anna", "email": "", "body": "What about sleep?", "token": token, "send": "1"} | fields


def test_ten_thousand_posts_from_one_network_fill_one_counter() -> None:
    with CaptureQueriesContext(connection) as first:
        count_attempt("203.0.113.1")
    for number in range(9_998):
        attempts = count_attempt(f"203.0.113.{number % 250}")
    with CaptureQueriesContext(connection) as last:
        attempts = count_attempt("203.0.113.9")
    assert (attempts.posts, attempts.too_many) == (10_000, True)
    assert RateBucket.objects.count() == 1
    assert len(last) == 1 < len(first)  # the first post of an hour also tidies up


def test_from_one_network_no_more_than_its_share_is_kept(client, article) -> None:
    answers = Counter(client.post(FORM, typed(article, body=f"Buy {each}")).status_code for each in range(45))
    assert answers == {303: MOST_PER_NETWORK, 429: 15}
    assert Reply.objects.count() == MOST_PER_NETWORK


def test_from_many_networks_the_shares_shrink_and_the_hour_has_an_end(monkeypatch) -> None:
    """The rule at a tenth of its size: 1,000 networks that post three times each."""
    monkeypatch.setattr(rates, "SHARES", ((60, 30), (250, 5), (500, 1)))
    kept: Counter[int] = Counter()
    for network in [*range(1_000)] * 3:
        kept[network] += took_room(f"network {network}")
    assert sum(kept.values()) == 500
    assert max(kept.values()) == 1
    assert took_room("a reader who comes last") is False


def took_room(network: str) -> bool:
    try:
        with transaction.atomic():
            take_room(network=network)
    except NoRoomError:
        return False
    return True


def test_a_post_costs_the_same_behind_ten_thousand(client, article) -> None:
    client.post(FORM, typed(article, body="To warm up."))
    few = queries(client, typed(article, body="One more."))
    make_replies(article, number=10_000)
    assert queries(client, typed(article, body="And one behind them.")) == few


def queries(client: Client, sent: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.post(FORM, sent).status_code == 303
    return len(asked)


# Forms that were not given out, or were given out once


def test_a_replayed_form_is_one_reply_however_often_it_is_sent(client, article) -> None:
    sent = typed(article)
    assert {client.post(FORM, sent).status_code for _ in range(20)} == {303}
    assert Reply.objects.count() == 1


def forgeries() -> dict[str, object]:
    day = 24 * 3600
    return {
        "none": lambda article: "",
        "made up": lambda article: "1:" + "x" * 43,
        "of another page": lambda article: form_token(make_published_article(slug="mood"), at=time.time() - 60),
        "with its time moved": lambda article: re.sub(r"^.", "Z", form_token(article, at=time.time() - 60)),
        "cut short": lambda article: form_token(article, at=time.time() - 60)[:-2],
        "twice": lambda article: form_token(article, at=time.time() - 60) * 2,
        "of last year": lambda article: form_token(article, at=time.time() - 365 * day),
        "with a NUL": lambda article: form_token(article, at=time.time() - 60) + "\x00",
        "very long": lambda article: "x" * 100_000,
    }


@pytest.mark.parametrize("make_token", forgeries().values(), ids=forgeries().keys())
def test_a_form_that_is_not_ours_keeps_nothing_and_gives_the_text_back(client, article, make_token) -> None:
    response = client.post(FORM, typed(article, token=make_token(article), body="My only copy of this."))
    assert response.status_code == 400
    assert "My only copy of this." in response.content.decode()
    assert not Reply.objects.exists()


@pytest.mark.parametrize("value", ["1", "", "x" * 5000, "1:1:1", "é"])
def test_a_forged_cookie_opens_nobodys_reply(article, value) -> None:
    reply = make_sent_reply(article=article)
    client = Client()
    client.cookies[f"reply-{reply.public_id}"] = value
    assert client.get(reply.get_absolute_url()).status_code == 404


def test_the_cookie_of_one_reply_does_not_open_another(client, article) -> None:
    client.post(FORM, typed(article))
    mine = Reply.objects.get()
    other = make_sent_reply(article=article)
    client.cookies[f"reply-{other.public_id}"] = client.cookies[f"reply-{mine.public_id}"].value
    assert client.get(other.get_absolute_url()).status_code == 404


# Tricks with direction and with what cannot be seen


@pytest.mark.parametrize("trick", TRICKS)
def test_what_cannot_be_seen_is_not_kept_in_any_field(client, article, trick) -> None:
    fields = {"name": f"An{trick}na", "body": f"a{trick}b", "sentence": f"c{trick}d", "source": "10.1000/x"}
    assert client.post(FORM, typed(article, kind="correction", **fields)).status_code == 303
    reply = Reply.objects.get()
    assert (reply.name, reply.body, reply.sentence) == ("Anna", "ab", "cd")
    assert trick not in reply.html


@pytest.mark.parametrize("trick", TRICKS)
def test_what_cannot_be_seen_hides_nobody_in_danger(client, article, trick) -> None:
    client.post(FORM, typed(article, body=f"I want t{trick}o d{trick}ie"))
    assert Reply.objects.get().triage == "now"


# GET changes nothing


def test_following_links_changes_nothing(article) -> None:
    """Mail scanners and browsers that fetch ahead follow every link, with whatever it carries."""
    typo = make_sent_reply(article=article, status="approved", kind="typo", sentence="teh")
    accept_correction(reply=typo, by=make_moderator())
    waiting = make_sent_reply(article=article)
    correction = Correction.objects.get()
    client = Client()
    client.force_login(make_user(is_superuser=True))
    admin = "/admin/articles"
    asked = "?action=approve&seen=pending&text_version=1&outcome=declined&reason=stands&_publish=1&_archive=1&send=1"
    addresses = [
        *(f"{admin}/reply/{waiting.pk}/{page}/" for page in ("change", "decide", "history")),
        *(f"{admin}/{page}" for page in ("reply/", "correction/", f"correction/{correction.pk}/change/")),
        f"{admin}/article/{article.pk}/change/",
        f"{FORM}{asked}&body=x&name=y&token={form_token(article, at=time.time() - 60)}",
        *(reply.get_absolute_url() for reply in (waiting, typo)),
        *("/articles/sleep/", "/feeds/replies.atom", "/articles/sleep/replies.atom", "/about/corrections/"),
    ]
    client.get("/articles/sleep/")  # the first visit after a change renders the article and keeps that
    before = rows()
    for address in addresses:
        for ask in (client.get, client.head):
            assert ask(address if "?" in address else address + asked).status_code < 500
    assert rows() == before


def rows() -> dict[str, list[dict[str, object]]]:
    models = apps.get_app_config("articles").get_models()
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}
