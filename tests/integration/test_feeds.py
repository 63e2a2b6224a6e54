"""Feeds of the site: sound, whole, dated rightly, under ids that stay, and empty for who has them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree, html

from articles.actions.articles import archive_article, publish_article, save_draft
from articles.actions.replies import hide_reply
from articles.models import Article
from articles.rendering import rendering_of
from forms_catalog.actions import public_content_changed
from forms_catalog.models import PublicState, Study, StudyArrival, VerdictChange
from mgsite.pages.feeds import FEEDS
from tests.atom import feed_at
from tests.factories import (
    make_alert,
    make_article,
    make_claim,
    make_form,
    make_mechanism,
    make_moderator,
    make_outcome,
    make_published_article,
    make_sent_reply,
    make_study,
    make_user,
    make_verdict_change,
)
from tests.pages import one_of

pytestmark = pytest.mark.django_db
ARTICLES, VERDICTS, STUDIES, REPLIES = (
    f"/feeds/{name}.atom" for name in ("articles", "verdicts", "studies", "replies")
)
HOSTILE = "<script>alert(1)</script>\x0b]]>&amp;\ufffe"


def make_arrival(*, study: Study, days: int = 0) -> StudyArrival:
    at = timezone.now() - dt.timedelta(days=days)
    return StudyArrival.objects.create(study=study, at=at, changed_at=at)


# The whole site


def test_every_feed_of_the_first_edition_is_sound_and_the_same_for_everybody(client: Client, first_edition) -> None:
    claim = make_claim(statement=f"It heals. {HOSTILE}")
    make_verdict_change(claim=claim, why=HOSTILE)
    make_arrival(study=make_study(title=HOSTILE, summary=HOSTILE, population=HOSTILE))
    for about in (claim, make_form(), make_mechanism(), make_study(), Article.objects.published().first()):
        make_sent_reply(about=about, status="approved", name="<b>Bé&</b>", body="A *word* & another.")
        address = re.sub("/$", "/replies.atom", about.get_absolute_url())
        assert [entry.author for entry in feed_at(client, address).entries] == ["<b>Bé&</b>"]
    numbers = {address: len(feed_at(client, address).entries) for address in (ARTICLES, VERDICTS, STUDIES, REPLIES)}
    assert numbers == {ARTICLES: 4, VERDICTS: 1, STUDIES: 50, REPLIES: 5}
    for address in numbers:
        same = client.get(address)
        assert client.get(address, headers={"If-None-Match": same.headers["ETag"]}).status_code == 304
        assert feed_at(client, f"{address}?x=1").feed.id == feed_at(client, address).feed.id


def test_the_page_of_feeds_and_the_pages_they_follow_lead_to_them(client: Client, first_edition) -> None:
    def followed(address: str) -> list[str]:
        page = html.fromstring(client.get(address).content)
        found = page.xpath("//link[@rel='alternate'][@type='application/atom+xml']")
        assert all(link.get("title") for link in found)
        return [link.get("href").removeprefix("http://127.0.0.1:8000") for link in found]

    assert followed("/feeds/") == [feed.address.removeprefix("http://127.0.0.1:8000") for feed in FEEDS]
    assert sorted(followed("/feeds/")) == sorted([ARTICLES, VERDICTS, STUDIES, REPLIES])
    assert (followed("/"), followed("/articles/")) == ([ARTICLES], [ARTICLES])
    assert (followed("/claims/"), followed("/studies/")) == ([VERDICTS], [STUDIES])
    for kind in ("article", "claim", "form", "mechanism", "study"):
        page = one_of(kind)
        assert followed(page) == [f"{page}replies.atom"]
        assert client.get(f"{page}replies.atom").status_code == 200
    assert 'href="/feeds/"' in client.get("/").content.decode()


@pytest.mark.parametrize("section", ["claims", "forms", "mechanisms", "studies"])
def test_no_record_no_feed(client: Client, section: str) -> None:
    assert client.get(f"/{section}/none/replies.atom").status_code == 404


# Articles


ONLY_ON_THE_PAGE = {"mark", "permalink", "claim-card-body", "gap-key", "forest-strip", "forest-axis"}


def words(fragment: str) -> str:
    """What is to be read in a fragment, without what a feed leaves out."""
    tree = html.fragment_fromstring(fragment, create_parent="div")
    for element in list(tree.iter(etree.Element)):
        hidden = element.tag == "svg" or element.get("aria-hidden") == "true"
        if element.getparent() is not None and (hidden or ONLY_ON_THE_PAGE & set(element.get("class", "").split())):
            element.drop_tree()
    return " ".join(tree.text_content().split())


def test_an_entry_holds_every_word_of_the_article_its_marks_and_references(client: Client, first_edition) -> None:
    entries = {entry.link: entry for entry in feed_at(client, ARTICLES).entries}
    for article in Article.objects.published():
        page = f"http://127.0.0.1:8000{article.get_absolute_url()}"
        content, rendering = entries[page].content[0].value, rendering_of(article.live)
        unmarked = re.sub(r'<a href="[^"]*/claims/[^"]*">\[[a-z ]+\]</a>', "", content)
        assert words(rendering["html"]) in words(unmarked)
        assert content.count("</a>") >= rendering["html"].count('class="mark"') + len(rendering["bibliography"])
        for mark in re.findall(r'class="mark" data-verdict="(\w+)"[^>]* href="([^"]+)"', rendering["html"]):
            verdict, claim = mark
            assert f'<a href="http://127.0.0.1:8000{claim}">[{verdict.replace("_", " ")}]</a>' in content
        for reference in rendering["bibliography"]:
            assert f'<a href="http://127.0.0.1:8000{reference["url"]}">' in content
            assert f'{page}#{reference["id"]}"' in content
            assert words(f"<p>{reference['details']['title']}</p>") in words(content)
        assert article.live.standfirst in words(content)
        assert entries[page].author == article.live.byline
        assert (f'{page}#crisis"' in content) == article.about_mood


def test_only_what_is_published_is_there_and_says_what_changed_in_its_evidence(client: Client) -> None:
    editor = make_user()
    shown = make_published_article(slug="shown", about_mood=False)
    gone = make_published_article(slug="gone")
    archive_article(article=gone, by=editor)
    make_article(title="A draft"), make_article(title="Later", status="scheduled", published_at=timezone.now())
    make_alert(study=make_study(publication_status="retracted", publication_note="Taken back.")).article_tasks.create(
        article=shown
    )
    feed = feed_at(client, ARTICLES)
    assert [entry.link for entry in feed.entries] == [f"http://127.0.0.1:8000{shown.get_absolute_url()}"]
    assert "The journal says so." in feed.entries[0].content[0].value


def test_a_new_slug_keeps_the_ids_and_a_new_version_alone_moves_the_date(client: Client) -> None:
    editor = make_user()
    long_ago = timezone.now() - dt.timedelta(days=9)
    article = make_article(slug="sleep", about_mood=False)
    publish_article(article=article, by=editor, change_note="First.", at=long_ago)
    first, thread = feed_at(client, ARTICLES), feed_at(client, "/articles/sleep/replies.atom")
    public_content_changed()
    article.slug = "on-sleep"
    save_draft(article=article, by=editor)
    renamed = feed_at(client, ARTICLES)
    assert (renamed.feed.id, renamed.entries[0].id) == (first.feed.id, first.entries[0].id)
    assert renamed.entries[0].link.endswith("/articles/on-sleep/")
    assert renamed.entries[0].updated == renamed.entries[0].published == long_ago.isoformat()
    moved = client.get("/articles/sleep/replies.atom")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/articles/on-sleep/replies.atom")
    assert feed_at(client, "/articles/on-sleep/replies.atom").feed.id == thread.feed.id
    article.body += "\nIt is more.\n"
    save_draft(article=article, by=editor)
    assert feed_at(client, ARTICLES).entries[0].updated == long_ago.isoformat()
    publish_article(article=article, by=editor, change_note="More.")
    newer = feed_at(client, ARTICLES).entries[0]
    assert (newer.id, newer.published) == (first.entries[0].id, long_ago.isoformat())
    assert newer.updated > long_ago.isoformat()
    assert "More." in newer.content[0].value


def test_ids_stay_when_the_site_moves_and_differ_from_another_sites(client: Client, settings) -> None:
    make_published_article()
    public_content_changed()
    here = feed_at(client, ARTICLES)
    settings.SITE_URL = "https://magnesium.example"
    content = client.get(ARTICLES).content.decode()
    assert content.count(here.entries[0].id) == content.count(here.feed.id) == 1
    assert 'href="https://magnesium.example/feeds/articles.atom"' in content
    PublicState.objects.update(feeds="00000000-0000-4000-8000-000000000001")
    assert here.feed.id not in client.get(f"{ARTICLES}?x").content.decode()


# Studies


def test_studies_come_by_the_day_they_became_public_and_a_doubted_one_says_so(client: Client) -> None:
    make_arrival(study=make_study(slug="old"), days=3)
    make_arrival(study=make_study(slug="hidden", is_public=False))
    StudyArrival.objects.create(study=make_study(slug="before-dates"))
    doubted = make_study(
        slug="doubted", title="Of doubt", publication_status="retracted", publication_note="The journal took it back."
    )
    make_arrival(study=doubted)
    entries = feed_at(client, STUDIES).entries
    assert [entry.link.rsplit("/", 2)[1] for entry in entries] == ["doubted", "old"]
    assert entries[0].title == "Retracted: Poleszak and Wlaź 2008: Of doubt"
    assert "<strong>Retracted.</strong> The journal took it back." in entries[0].content[0].value
    assert entries[1].title.startswith("Poleszak and Wlaź 2008")


# Replies


def test_a_hidden_or_urgent_reply_leaves_a_records_feed(client: Client) -> None:
    claim = make_claim(statement="It calms.")
    reply = make_sent_reply(about=claim, status="approved", body="My own words.")
    make_sent_reply(about=claim, status="approved", triage="today")
    address = f"{claim.get_absolute_url()}replies.atom"
    first = feed_at(client, address)
    assert [entry.title for entry in first.entries] == ["#1 on “It calms.”"]
    assert first.feed.link == f"http://127.0.0.1:8000{claim.get_absolute_url()}replies/"
    make_sent_reply(about=make_claim(), status="approved")
    assert len(feed_at(client, address).entries) == 1
    hide_reply(reply=reply, by=make_moderator())
    assert b"My own words" not in client.get(address).content
    assert feed_at(client, address).entries == []


# Cost


def cost(client: Client, address: str) -> tuple[int, int]:
    feed_at(client, address)  # what has to be rendered first is kept
    with CaptureQueriesContext(connection) as captured:
        feed = feed_at(client, address)
    return len(captured), len(feed.entries)


def test_a_feed_costs_the_same_however_much_there_is(client: Client) -> None:
    claim, outcome = make_claim(), make_outcome()

    def fill(number: int) -> None:
        for _ in range(min(number, 200)):
            make_published_article(body="Short.")
        template, now = make_study(), timezone.now()
        fields = {"authors": template.authors, "design": "rct", "species": "human", "verified_fields": "Read."}
        studies = [Study(slug=f"many-{number}-{each}", title=f"Study {each}", **fields) for each in range(number)]
        Study.objects.bulk_create(studies, batch_size=500)
        StudyArrival.objects.bulk_create(
            (StudyArrival(study=study, at=now, changed_at=now) for study in studies), batch_size=500
        )
        for each in range(min(number, 60)):
            make_verdict_change(**({"claim": claim} if each % 2 else {"outcome": outcome, "former_certainty": "high"}))

    fill(3)
    few = {address: cost(client, address) for address in (ARTICLES, VERDICTS, STUDIES)}
    fill(5_000)
    many = {address: cost(client, address) for address in few}
    assert {address: queries for address, (queries, _) in many.items()} == {
        address: queries for address, (queries, _) in few.items()
    }
    assert max(queries for queries, _ in many.values()) <= 6
    assert [entries for _, entries in many.values()] == [20, 50, 50]
    assert VerdictChange.objects.count() == 63
