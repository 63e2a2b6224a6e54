"""Articles as data: what their pages show, and nothing that waits."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.actions.articles import publish_article
from articles.models import Article, Revision, SlugRedirect
from tests import factories as make
from tests.dom import elements, find, text
from tests.downloads import csv_rows, document
from tests.pages import FIRST_ARTICLE

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
FIRST = f"/articles/{FIRST_ARTICLE}"


def test_an_article_is_its_row_of_the_list_and_the_text_that_readers_see(client: Client, first_edition: None) -> None:
    article = Article.objects.select_related("live").get(slug=FIRST_ARTICLE)
    found = document(client, f"{FIRST}.json")
    rows = document(client, "/articles.json")["rows"]

    assert found["record"] == next(row for row in rows if row["article"] == FIRST_ARTICLE)
    assert found["record"]["title"] == article.live.title
    assert found["record"]["reviewer"] is None
    assert found["record"]["byline"] == "The editors"
    assert found["body"]["markdown"] == article.live.body
    assert found["metadata"]["links"]["bib"] == f"{SITE}{FIRST}.bib"


def test_the_html_of_an_article_is_that_of_its_page_with_every_address_in_full(
    client: Client, first_edition: None
) -> None:
    html = document(client, f"{FIRST}.json")["body"]["html"]
    page = client.get(f"{FIRST}/").content.decode()
    shown = page.partition('<div class="prose">')[2].partition('<section class="references"')[0].rpartition("</div>")[0]

    assert text(html) == text(shown.rpartition("</div>")[0])
    links = [each.get("href") for each in elements(html) if each.tag == "a" and each.get("href")]
    assert len(links) > 100
    assert [link for link in links if not re.match(r"https?://", link)] == []
    marks = {link.removeprefix(SITE) for link in links if re.fullmatch(rf"{SITE}/claims/c\d+/", link)}
    assert {
        row["address"].removeprefix(SITE) for row in document(client, f"{FIRST}.json")["parts"]["marked_claims"]
    } == marks


def test_sources_and_marks_of_an_article_are_those_of_its_page(client: Client, first_edition: None) -> None:
    parts = document(client, f"{FIRST}.json")["parts"]
    page = find(client.get(f"{FIRST}/").content.decode(), ".//ol[@class='reference-list']")
    listed = [next(link.get("href") for link in item.iter("a")) for item in page.findall("li")]

    assert [row["address"].removeprefix(SITE) for row in parts["cited_studies"]] == listed
    assert [row["number"] for row in parts["cited_studies"]] == list(range(1, len(listed) + 1))
    for row in parts["marked_claims"]:
        claim = document(client, row["json"].removeprefix(SITE))["record"]
        assert {name: row[name] for name in ("claim", "statement", "verdict", "certainty", "safety_note")} == {
            name: claim[name] for name in ("claim", "statement", "verdict", "certainty", "safety_note")
        }
    assert {row["kind"] for row in parts["linked_records"]} >= {"form", "mechanism", "term"}


def test_what_an_editor_is_working_on_is_in_no_data(client: Client) -> None:
    public = make.make_published_article(slug="sleep", title="On sleep", body="Seen by all.")
    Article.objects.filter(pk=public.pk).update(title="Secret title", standfirst="Secret", body="Secret body")
    for status in ("draft", "in_review", "scheduled"):
        make.make_article(slug=f"secret-{status.replace('_', '-')}", status=status)
    gone = make.make_published_article(slug="secret-archived")
    Article.objects.filter(pk=gone.pk).update(status="archived")

    for address in ("/articles.json", "/articles.csv", "/articles/sleep.json", "/articles/sleep/history.json"):
        assert "secret" not in client.get(address).getvalue().decode().lower(), address
    for slug in ("secret-draft", "secret-in-review", "secret-scheduled", "secret-archived"):
        for address in (f"/articles/{slug}.json", f"/articles/{slug}/history.json", f"/articles/{slug}/replies.json"):
            assert client.get(address).status_code == 404, address


def test_an_article_leads_only_to_what_readers_can_see(client: Client) -> None:
    shown, kept = make.make_study(slug="shown2020"), make.make_study(slug="kept2020", is_public=False)
    draft, other = make.make_article(slug="a-draft"), make.make_published_article(slug="another")
    article = make.make_published_article(slug="sleep")
    for target in ({"study": shown}, {"study": kept}, {"target_article": draft}, {"target_article": other}):
        article.references.create(**target)

    rows = document(client, "/articles/sleep.json")["parts"]["linked_records"]

    assert [(row["kind"], row["key"]) for row in rows] == [("study", "shown2020"), ("article", "another")]


def test_a_former_address_leads_on(client: Client) -> None:
    article = make.make_published_article(slug="sleep")
    SlugRedirect.objects.create(slug="old", article=article)

    for old, new in (
        ("/articles/old.json", "/articles/sleep.json"),
        ("/articles/old/history.json", "/articles/sleep/history.json"),
        ("/articles/old/replies.json?after=50", "/articles/sleep/replies.json?after=50"),
    ):
        response = client.get(old)
        assert (response.status_code, response.headers["Location"]) == (301, new)
        assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_versions_come_newest_first_with_what_was_set_aside_and_whom_they_thank(client: Client) -> None:
    editor = make.make_user(is_superuser=True)
    article = make.make_published_article(slug="sleep")
    correction = make.make_correction(about=article)
    live = changed(article, by=editor, change_note="Mended.", credits=[correction.pk])
    live.overrides.create(check_name="Dose", subject="500 mg", reason="Quoted.", by=editor, at=live.created_at)

    found = document(client, "/articles/sleep/history.json")

    assert [row["version"] for row in found["rows"]] == [2, 1]
    assert found["rows"][0]["change_note"] == "Mended."
    assert found["rows"][0]["thanks_to"] == [correction.reply.public_id]
    assert found["rows"][0]["set_aside"] == ["Dose, “500 mg”, because: Quoted."]
    assert found["metadata"]["all_rows"] is None


def changed(article: Article, **published: Any) -> Revision:
    """Another version of an article."""
    article.refresh_from_db()
    article.body += "\nOne more sentence.\n"
    article.save()
    found = publish_article(article=article, **published)
    assert found is not None
    return found


def test_the_list_takes_the_pages_filters_and_says_what_it_did_not_understand(client: Client) -> None:
    for slug in ("apples", "pears"):
        make.make_published_article(slug=slug, title=slug.title())

    assert [row["article"] for row in document(client, "/articles.json?order=title")["rows"]] == ["apples", "pears"]
    assert [row["article"] for row in csv_rows(client, "/articles.csv?q=pear")] == ["pears"]
    said = document(client, "/articles.json?order=size&page=7")["metadata"]
    assert said["notices"] == [
        "The filter order has no value “size”, so it was left out.",
        "There is no page “7” of this list, so this is page 1 of 1.",
    ]


def test_articles_as_data_ask_a_fixed_number_of_questions(client: Client) -> None:
    article = make.make_published_article(slug="sleep")
    addresses = ("/articles.json", "/articles.csv", "/articles/sleep.json", "/articles/sleep/history.json")
    counts = []
    for number in (1, 9):
        for _ in range(number):
            other = make.make_published_article()
            make.make_sent_reply(article=article, status="approved")
            article.references.create(target_article=other)
            article.references.create(claim=make.make_claim())
            article.references.create(form=make.make_form())
            _another_version(article)
        client.get("/articles/sleep.json")  # renders
        counts.append([_questions(client, address) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 12


def _another_version(article: Article) -> None:
    """One that is not live, so that references made by hand stay."""
    number = article.revisions.count() + 1
    version = article.revisions.create(number=number, title="t", change_note="c", created_at=article.published_at)
    version.overrides.create(check_name="Dose", reason="Quoted.", at=article.published_at)


def _questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address).getvalue()
    return len(captured)


def test_the_log_of_corrections_has_the_entries_of_its_page(client: Client) -> None:
    article = make.make_published_article(slug="sleep", title="On sleep")
    changed(article, by=make.make_user(is_superuser=True), change_note="A dose was wrong.")
    make.make_alert(study=make.make_study(slug="lost2020"), note="Taken back.")
    make.make_alert(study=make.make_study(slug="kept2020", is_public=False), note="Kept for editors.")

    rows = document(client, "/about/corrections.json")["rows"]

    assert [(row["source"], row["note"]) for row in rows] == [
        ("evidence", "Taken back."),
        ("article", "A dose was wrong."),
    ]
    assert rows[1]["version"] == 2
    assert rows[0]["json"] == f"{SITE}/studies/lost2020.json"


def test_words_come_from_a_to_z_as_on_their_page(client: Client, first_edition: None) -> None:
    terms = find(client.get("/glossary/").content.decode(), ".//main").findall(".//dt/a")
    rows = document(client, "/glossary.json")["rows"]

    assert [row["name"] for row in rows] == [text(f"<b>{''.join(term.itertext())}</b>") for term in terms]
    for name in ("Zinc", "5-HT", "acid"):
        make.make_term(slug=f"x-{name.lower()}", name=f"{name} x", definition="Made up.")
    assert [row["name"] for row in csv_rows(client, "/glossary.csv?q=made+up")] == ["acid x", "Zinc x", "5-HT x"]
    rows = document(client, "/glossary.json")["rows"]
    said = document(client, "/glossary.json?q=acid")["metadata"]
    assert said["query"] == f"{said['row_count']} of {len(rows)} words with “acid”."
