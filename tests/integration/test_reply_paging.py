"""Long threads: replies under an article come in pages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Reply
from tests.factories import make_published_article, make_replies, make_sent_reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_published_article(slug="sleep", title="On sleep")


def page_of(response) -> str:
    return response.content.decode()


def thread(article: Article, *, replies: int) -> list[Reply]:
    """Approved replies, oldest first; half of them came at one moment."""
    now = timezone.now()
    return make_replies(
        article,
        number=replies,
        name=lambda number: f"N{number}",
        status="approved",
        created_at=lambda number: now if number > replies // 2 else now - timedelta(hours=replies - number),
    )


def names_on(response) -> list[str]:
    return re.findall(r'<h3 id="by-[\w-]+">.*?<bdi>(\w+)</bdi></h3>', page_of(response))


def test_replies_come_in_pages_of_fifty_oldest_first(client, article) -> None:
    thread(article, replies=120)
    pages = [client.get("/articles/sleep/", {"after": number}) for number in (0, 50, 100)]
    assert [name for page in pages for name in names_on(page)] == [f"N{number}" for number in range(120)]
    assert [len(names_on(page)) for page in pages] == [50, 50, 20]
    assert all('<link rel="canonical" href="http://127.0.0.1:8000/articles/sleep/">' in page_of(page) for page in pages)


def test_pages_of_replies_are_linked_both_ways(client, article) -> None:
    thread(article, replies=120)
    first, second, last = [page_of(client.get("/articles/sleep/", {"after": number})) for number in (0, 50, 100)]
    assert 'rel="prev"' not in first
    assert 'rel="next" href="/articles/sleep/?after=50#replies"' in first
    assert 'rel="prev" href="/articles/sleep/#replies"' in second
    assert 'rel="prev" href="/articles/sleep/?after=50#replies"' in last
    assert 'rel="next"' not in last


@pytest.mark.parametrize(
    ("number", "first"),
    [("0", "N0"), ("-1", "N0"), ("x", "N0"), ("", "N0"), ("²", "N0"), ("99", "N10"), ("9" * 50, "N0")],
)
def test_any_number_of_a_page_of_replies_is_answered(client, article, number, first) -> None:
    thread(article, replies=60)
    response = client.get("/articles/sleep/", {"after": number})
    assert response.status_code == 200
    assert names_on(response)[0] == first


def test_a_short_thread_has_no_pages(client, article) -> None:
    thread(article, replies=50)
    assert 'class="pagination"' not in page_of(client.get("/articles/sleep/"))


def test_the_address_of_a_reply_leads_to_the_page_that_holds_it(client, article) -> None:
    make_sent_reply(article=article)
    thread(make_published_article(), replies=5)
    for number, reply in enumerate(thread(article, replies=120)):
        if number in {0, 49, 50, 61, 99, 100, 119}:
            address = client.get(reply.get_absolute_url()).headers["Location"]
            page = f"?after={number - 9}" if number >= 50 else ""  # #1 waits, so the first of these is #2
            assert address == f"/articles/sleep/{page}#reply-{reply.public_id}"
            assert f'id="reply-{reply.public_id}"' in page_of(client.get(address))


def test_an_article_takes_as_many_queries_with_five_hundred_replies_as_with_ten(client, article) -> None:
    taken = []
    for replies in (10, 490):
        thread(article, replies=replies)
        client.get("/articles/sleep/")  # renders the text, once
        with CaptureQueriesContext(connection) as captured:
            assert len(names_on(client.get("/articles/sleep/"))) == min(replies, 50)
        taken.append(len(captured))
    assert taken[0] == taken[1] <= 12
