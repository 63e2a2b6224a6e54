"""The home page and the pages for errors."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from articles.models import Reference
from articles.rendering import sync_references
from mgsite.pages.errors import csrf_failure, server_error
from tests import dom
from tests import factories as make
from tests.integration.test_catalog_pages import assert_well_made, read
from tests.unit.test_grading_outcomes import trial

pytestmark = pytest.mark.django_db


def test_empty_home_is_well_made(client):
    html = read(client, reverse("home"))
    assert_well_made(html)
    assert "claims checked so far" not in html


def test_home_counts_what_readers_can_see(client):
    make.make_study()
    make.make_study(is_public=False)
    assert "<strong>1</strong> study or source" in read(client, reverse("home"))


def test_home_tallies_verdicts_in_words_and_numbers(client):
    make.make_claim(verdict="overstated")
    make.make_claim(verdict="overstated")
    make.make_claim(verdict="supported")
    html = read(client, reverse("home"))
    assert "3 claims checked so far" in html
    assert "2 overstated" in html
    assert "1 supported" in html


def test_home_features_the_article_with_most_checked_claims(client):
    claim = make.make_claim(in_brief="It does not do that.")
    plain, checked = make.make_published_article(), make.make_published_article()
    Reference.objects.create(article=checked, claim=claim, phrase="cures everything")
    html = read(client, reverse("home"))
    assert html.index(checked.get_absolute_url()) < html.index(plain.get_absolute_url())
    assert html.count(f'href="{checked.get_absolute_url()}"') == 1
    assert "It does not do that." in html
    assert_well_made(html)


def test_home_of_the_first_edition_is_well_made(client, first_edition):
    html = read(client, reverse("home"))
    assert_well_made(html)
    assert "40 claims checked so far" in html


def test_missing_page_shows_ways_on(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert reverse("catalog:claim-list") in response.content.decode()
    assert_well_made(response.content.decode())


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "csrf"])
def test_error_page_is_well_made_without_a_request(name):
    assert_well_made(render_to_string(f"errors/{name}.html"))


def test_server_error_asks_the_database_nothing(django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        response = server_error(request)
    assert response.status_code == 500
    assert_well_made(response.content.decode())


def test_expired_form_gives_the_typed_text_back():
    typed = {"body": "\nlines\n<b>kept</b>", "name": "Ana", "csrfmiddlewaretoken": "x", "password": "hidden"}
    html = csrf_failure(RequestFactory().post("/", typed)).content.decode()
    assert "\n\nlines\n&lt;b&gt;kept&lt;/b&gt;</textarea>" in html
    assert "Ana" in html
    assert "hidden" not in html
    assert_well_made(html)


@pytest.mark.django_db
def test_home_leads_to_the_safety_check_and_that_to_the_article_while_it_is_published(client):
    assert 'href="/tools/safety/">Is it safe with my medicines?' in read(client, "/")
    assert "/articles/magnesium-safely/" not in read(client, "/tools/safety/")
    make.make_published_article(slug="magnesium-safely")
    assert 'href="/articles/magnesium-safely/"' in read(client, "/tools/safety/")


def test_home_checks_one_sentence_before_the_readers_eyes(client):
    claim = make.make_claim(verdict="overstated", certainty="low", suggested_wording="It may help some.")
    Reference.objects.create(article=make.make_published_article(), claim=claim, phrase="cures everything")
    html = read(client, reverse("home"))
    sample = html[html.index("home-sample") :]
    for words in ("cures everything", "Overstated", "Low certainty", "It may help some.", claim.get_absolute_url()):
        assert words in sample


def test_link_that_gives_a_claims_own_words_is_no_sentence_to_check(client):
    claim = make.make_claim(slug="c1", verdict="overstated")
    sync_references(make.make_published_article(body="[[claim:c1]]"))
    assert Reference.objects.get().claim == claim
    assert "One sentence, checked" not in read(client, reverse("home"))


def test_home_draws_each_main_outcome_with_direction_certainty_and_numbers(client):
    sleep = make.make_outcome(slug="sleep", name="Sleep", is_main=True)
    make.make_outcome(name="Memory for names", is_main=True, broader=sleep)
    trial(sleep, n=60)
    trial(sleep, "no_difference", n=41)
    page = dom.text(read(client, reverse("home")))
    assert "2 randomised trials with 101 people: 1 favours magnesium, 1 found no difference." in page
    assert "I want to sleep better What 2 randomised trials found" in page
    assert "Memory for names" not in page


def test_home_lists_changes_of_articles_studies_and_verdicts_newest_first(client):
    article = make.make_published_article(title="On sleep", change_note="First published.")
    now = timezone.now()
    retracted = make.make_alert(note="The journal withdrew it.", opened_at=now + dt.timedelta(hours=1))
    verdict = make.make_alert(claim=make.make_claim(statement="It cures."), opened_at=now + dt.timedelta(hours=2))
    make.make_alert(study=make.make_study(is_public=False), note="Not for readers.")
    html = read(client, reverse("home"))
    changes = html[html.index('id="changes"') :]
    wanted = [
        verdict.claim.get_absolute_url(),
        "The journal withdrew it.",
        f"{article.get_absolute_url()}history/#version-1",
    ]
    places = [changes.index(words) for words in wanted]
    assert places == sorted(places)
    assert retracted.study.get_absolute_url() in changes
    assert "Verdict changed" in changes
    assert "Not for readers." not in html


def test_home_leads_by_question_to_pages_that_are_there(client, first_edition):
    html = read(client, reverse("home"))
    ways = re.findall(r'<a href="([^"]+)">([^<]+) <small>', html)
    assert [question for _, question in ways] == [
        "I want to sleep better",
        "I feel low",
        "I am anxious",
        "Is it safe with my medicines?",
        "Which form?",
        "How much do I need?",
        "How much is in my tablet?",
    ]
    assert all(client.get(url).status_code == 200 for url, _ in ways)
