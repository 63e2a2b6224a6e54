"""The glossary costs a constant number of queries, and a long article is still rendered in its budget."""

from __future__ import annotations

from itertools import cycle, islice
from time import process_time
from timeit import repeat

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.rendering import render, sync_references
from forms_catalog.models import GlossaryTerm
from mgsite.markup.glossary import Glossary, Term
from tests.factories import make_mechanism, make_outcome, make_published_article, make_term

pytestmark = pytest.mark.django_db

SECONDS, WORDS = 0.150, 3_000


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


def test_long_article_is_rendered_in_its_budget(first_edition: None) -> None:
    vocabulary = ["The", "receptor", "and", "a", "placebo-controlled", "trial", "of", "magnesium", "in", "sleep,"]
    paragraphs = [" ".join(islice(cycle(vocabulary), 100)) for _ in range(WORDS // 100)]
    source = "\n\n".join(f"{text} [@poleszak2008]. [x](claim:c28)" for text in paragraphs)
    assert render(source).words >= WORDS

    assert min(repeat(lambda: render(source), number=1, repeat=5, timer=process_time)) <= SECONDS


def test_finding_does_not_slow_down_on_text_made_to_slow_it() -> None:
    spellings = [f"word {number} of many" for number in range(20)] + [f"other{number}" for number in range(1_000)]
    glossary = Glossary([Term("k", "k", "", "/", tuple(spellings))])
    for hostile in ("word " * 10_000, "word-" * 10_000, "w" * 50_000, " " * 50_000, "word 1 of " * 5_000):
        assert min(repeat(lambda text=hostile: list(glossary.find(text)), number=1, repeat=2, timer=process_time)) < 1
