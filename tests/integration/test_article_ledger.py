"""The evidence layer of an article's page: its sum, its cards, its switch; and the audit table it leads to."""

from __future__ import annotations

import gzip
import re
from html import unescape

import pytest
from django.test import Client

from articles.models import Article
from articles.rendering import sync_references
from forms_catalog.actions import public_content_changed
from forms_catalog.models import Claim
from forms_catalog.queries.claim_list import ClaimFilter
from tests import dom
from tests.factories import make_article, make_claim, make_published_article, make_study, make_support

pytestmark = pytest.mark.django_db

FIRST = "/articles/magnesium-for-depression-anxiety-and-your-memory/"
AUDIT = "/claims/?article=magnesium-for-depression-anxiety-and-your-memory"


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def publish(*, body: str, slug: str = "a", **fields: object) -> Article:
    article = make_published_article(slug=slug, body=body, **fields)
    sync_references(article)
    return article


def test_line_at_the_top_sums_up_what_the_catalog_says(client: Client, first_edition: None) -> None:
    line = dom.text(read(client, FIRST))

    assert (
        "40 claims checked: 5 supported, 10 partly, 11 overstated, 11 unsupported, 3 contradicted; 8 touch safety."
        in line
    )
    assert Claim.objects.filter(safety_flag=True).count() == 8


def test_line_at_the_top_follows_the_catalog(client: Client) -> None:
    make_claim(slug="c1", verdict="supported")
    make_claim(slug="c2", verdict="supported", safety_flag=True)
    publish(body="[a](claim:c1) [b](claim:c2)")
    assert "2 claims checked: 2 supported; 1 touches safety." in dom.text(read(client, "/articles/a/"))

    Claim.objects.filter(slug="c1").update(verdict="uncertain")
    public_content_changed()
    assert "2 claims checked: 1 supported, 1 uncertain; 1 touches safety." in dom.text(read(client, "/articles/a/"))


def test_article_without_claims_has_neither_sum_nor_switch_nor_card(client: Client) -> None:
    publish(body="No claim.")

    page = read(client, "/articles/a/")

    assert "claims checked" not in page
    assert "Show evidence marks" not in page
    assert "claim-card" not in page


def test_each_mark_of_the_first_article_has_its_card(client: Client, first_edition: None) -> None:
    document = dom.parse(read(client, FIRST))
    marks = [link for link in document.iter("a") if link.get("class") == "mark"]
    cards = {card.get("id"): card for card in document.iter("details") if card.get("class") == "claim-card"}

    assert len(marks) == len(cards) == 40
    for mark in marks:
        card = cards[mark.get("data-card")]
        assert mark.get("href") in {link.get("href") for link in card.iter("a")}
        assert card.find(".//table") is not None


def test_cautions_of_the_first_article_name_their_sentence(client: Client, first_edition: None) -> None:
    cautions = [" ".join("".join(aside.itertext()).split()) for aside in dom.parse(read(client, FIRST)).iter("aside")]
    cautions = [words for words in cautions if words.startswith("Safety")]

    assert len(cautions) == 8
    assert all(words.startswith("Safety on “") for words in cautions)


def test_first_article_weighs_less_than_its_budget(client: Client, first_edition: None) -> None:
    page = client.get(FIRST, headers={"accept-encoding": "identity"}).content

    assert len(gzip.compress(page, 6)) <= 35_000


def test_card_follows_a_change_of_the_catalog(client: Client) -> None:
    claim = make_claim(slug="c1", why="Trials are small.")
    publish(body="[a](claim:c1)")
    read(client, "/articles/a/")

    Claim.objects.filter(slug="c1").update(why="Trials are large.")
    make_support(claim=claim, study=make_study(authors=["New, Author"], year=2026))
    public_content_changed()

    page = read(client, "/articles/a/")
    assert "Trials are large." in page
    assert "New 2026" in page
    assert "1 supports, none against" in page


def test_audit_table_lists_every_claim_of_the_article(client: Client, first_edition: None) -> None:
    page = read(client, AUDIT)

    rows = dom.parse(page).findall(".//tbody/tr")
    assert len(rows) == 40
    assert f'href="{FIRST}#claim-c08"' in page
    assert 'id="claim-c08"' in read(client, FIRST)


def test_audit_table_is_of_one_article_only(client: Client) -> None:
    for slug in ("c1", "c2", "c3"):
        make_claim(slug=slug, statement=f"Statement {slug}.", verdict="supported" if slug == "c1" else "overstated")
    publish(body="[a](claim:c1) [b](claim:c2)", title="The first")
    publish(body="[b](claim:c2) [c](claim:c3)", slug="b", title="The other")

    page = dom.text(read(client, "/claims/?article=a"))

    assert "2 claims checked in The first." in page
    assert "1 supported 1 overstated" in page
    assert ("Statement c1." in page, "Statement c3." in page) == (True, False)


def test_audit_table_can_be_narrowed_by_verdict_and_keeps_the_article(client: Client) -> None:
    make_claim(slug="c1", verdict="supported")
    make_claim(slug="c2", verdict="overstated")
    make_claim(slug="c3", verdict="supported")
    publish(body="[a](claim:c1) [b](claim:c2)")

    page = unescape(read(client, "/claims/?article=a&verdict=supported"))

    assert re.search(r"1 of 3 claims: in “[^”]+”, supported\.</p>", page)
    assert "/claims/?article=a&verdict=overstated" in page


@pytest.mark.parametrize("slug", ["nowhere", "draft", "<script>", "a\x00b", "a" * 500])
def test_unknown_article_is_left_out_with_a_notice(client: Client, slug: str) -> None:
    make_claim(slug="c1", statement="Statement c1.")
    make_article(slug="draft", title="Secret title", body="[a](claim:c1)")

    response = client.get("/claims/", {"article": slug})

    page = response.content.decode()
    assert "The filter article has no value" in page
    assert "Statement c1." in page
    assert "Secret title" not in page
    assert "<script>" not in page


def test_archived_article_is_no_choice_any_more(client: Client) -> None:
    make_claim(slug="c1")
    article = publish(body="[a](claim:c1)", title="Gone")
    Article.objects.filter(pk=article.pk).update(status="archived")

    assert "Gone" not in read(client, "/claims/")
    assert "The filter article has no value" in read(client, "/claims/?article=a")


def test_filter_by_article_lives_in_the_address() -> None:
    make_claim(slug="c1")
    publish(body="[a](claim:c1)", title="The first")

    filters = ClaimFilter.from_params({"article": "a", "verdict": "overstated"})

    assert filters.query_string == "article=a&verdict=overstated"
    assert [(choice.label, choice.words, choice.without) for choice in filters.describe()] == [
        ("article", "“The first”", "verdict=overstated"),
        ("verdict", "Overstated", "article=a"),
    ]
    assert ClaimFilter.from_params(filters.to_params()) == filters
