"""An article's page asks a fixed number of questions, however many claims it marks and sources they have."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Revision
from articles.rendering import sync_references
from forms_catalog.models import Claim
from tests.factories import make_claim, make_published_article, make_study, make_support

pytestmark = pytest.mark.django_db

FIRST = "/articles/magnesium-for-depression-anxiety-and-your-memory/"
MOST = 12


def queries(client, address: str, *, fresh: bool = True) -> int:
    """Queries for the page; `fresh`: with nothing rendered beforehand."""
    if fresh:
        Revision.objects.update(rendering=None, rendered_for="")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("fresh", [True, False])
def test_first_article_with_forty_claims_and_their_cards_stays_within_twelve(client, first_edition, fresh) -> None:
    client.get(FIRST)

    assert queries(client, FIRST, fresh=fresh) <= MOST


def grow(*, claims: int, sources: int) -> str:
    made = [make_claim(slug=f"g{claims}-{number}") for number in range(claims)]
    for claim in made:
        for _ in range(sources):
            make_support(claim=claim, study=make_study())
    body = "\n\n".join(f"[words](claim:{claim.slug}) and [again](claim:{claim.slug})" for claim in made)
    article = make_published_article(slug=f"grown-{claims}-{sources}", body=body)
    sync_references(article)
    return article.get_absolute_url()


@pytest.mark.parametrize("fresh", [True, False])
def test_more_claims_and_more_sources_ask_nothing_more(client, fresh) -> None:
    few, many = grow(claims=1, sources=1), grow(claims=5, sources=6)
    client.get(few)
    client.get(many)

    assert queries(client, few, fresh=fresh) == queries(client, many, fresh=fresh)


def test_audit_table_asks_the_same_of_a_long_article(client) -> None:
    few, many = grow(claims=1, sources=1), grow(claims=8, sources=1)
    counts = [queries(client, f"/claims/?article={address.split('/')[2]}") for address in (few, many)]

    assert counts[0] == counts[1] <= MOST


def test_list_of_articles_loads_no_rendering(client) -> None:
    grow(claims=1, sources=1)
    client.get("/articles/grown-1-1/")

    with CaptureQueriesContext(connection) as captured:
        client.get("/articles/")

    assert Claim.objects.count() == 1
    assert not any('"rendering"' in query["sql"] for query in captured)
