"""Public pages of articles."""

import pytest

from articles.models import Article, Revision, SlugRedirect
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db

FIRST = "/articles/magnesium-for-depression-anxiety-and-your-memory/"


def test_first_article_has_its_references_marks_and_links(client, first_edition) -> None:
    page = client.get(FIRST).content.decode()
    assert page.count('class="claim"') == 40
    assert [f'id="ref-{number}"' in page for number in range(1, 7)] == [True] * 5 + [False]
    for path in ("/forms/l-threonate/", "/mechanisms/gaba-a/", "/studies/barragan2008/", "/claims/c28/"):
        assert f'href="{path}"' in page


def test_first_article_says_who_wrote_and_who_did_not_review(client, first_edition) -> None:
    page = client.get(FIRST).content.decode()
    assert "The editors" in page
    assert "not yet reviewed by a clinician" in page
    assert "evidence checked" in page


def test_article_on_mood_shows_where_to_turn(client, first_edition) -> None:
    page = client.get(FIRST).content.decode()
    assert 'id="crisis"' in page
    assert 'href="tel:988"' in page
    assert 'href="sms:988"' in page


def test_draft_is_not_found(client) -> None:
    Article.objects.create(slug="draft", title="Draft", standfirst="Not yet.", body="Secret words.")
    assert client.get("/articles/draft/").status_code == 404
    assert client.get("/articles/draft/history/").status_code == 404
    assert "Draft" not in client.get("/articles/").content.decode()


def test_unpublished_changes_stay_with_the_editor(client) -> None:
    article = make_published_article(slug="a", body="Public words.")
    Article.objects.filter(pk=article.pk).update(body="Secret words.", title="Secret title")
    page = client.get("/articles/a/").content.decode()
    assert "Public words." in page
    assert "Secret" not in page + client.get("/articles/").content.decode()


def test_former_address_leads_to_the_present_one(client) -> None:
    article = make_published_article(slug="new-name")
    SlugRedirect.objects.create(slug="old-name", article=article)
    response = client.get("/articles/old-name/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/articles/new-name/"
    history = client.get("/articles/old-name/history/")
    assert (history.status_code, history.headers["Location"]) == (301, "/articles/new-name/history/")


def test_former_address_of_an_archived_article_is_not_found(client) -> None:
    article = make_published_article(slug="new-name")
    SlugRedirect.objects.create(slug="old-name", article=article)
    Article.objects.filter(pk=article.pk).update(status="archived")
    assert client.get("/articles/old-name/").status_code == 404
    assert client.get("/articles/old-name/history/").status_code == 404


def test_history_lists_versions_with_their_notes(client) -> None:
    article = make_published_article(slug="a")
    first = Revision.objects.get(article=article)
    Revision.objects.create(
        article=article, number=first.number + 1, title="A", standfirst="B", byline="C", body="D",
        change_note="Corrected the dose.", created_at=first.created_at,
    )  # fmt: skip
    page = client.get("/articles/a/history/").content.decode()
    assert page.index("Corrected the dose.") < page.index(first.change_note)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_answer_only_reading(client, method: str) -> None:
    make_published_article(slug="a")
    assert getattr(client, method)("/articles/a/").status_code == 405


def test_unchanged_page_is_answered_without_its_text(client) -> None:
    make_published_article(slug="a")
    etag = client.get("/articles/a/").headers["ETag"]
    again = client.get("/articles/a/", headers={"if-none-match": etag})
    assert again.status_code == 304
    assert again.content == b""
