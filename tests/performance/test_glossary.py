"""The glossary costs a constant number of queries. What it costs in time is in the bench."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.rendering import sync_references
from forms_catalog.models import GlossaryTerm
from tests.factories import make_mechanism, make_outcome, make_published_article, make_term

pytestmark = pytest.mark.django_db


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def grow(number: int) -> None:
    for _ in range(number):
        term = GlossaryTerm.objects.filter(slug="centre").first() or make_term(slug="centre", name="centre")
        term.see_also.add(make_term())
        term.mechanisms.add(make_mechanism())
        term.outcomes.add(make_outcome())
        sync_references(make_published_article(body="The word centre."))


def test_pages_cost_the_same_however_many_terms_there_are(client) -> None:
    grow(1)
    pages = ["/glossary/", "/glossary/?q=means", "/glossary/?q=none", "/glossary/centre/"]
    few = [queries(client, page) for page in pages]
    grow(5)

    assert [queries(client, page) for page in pages] == few
    assert max(few) <= 12
