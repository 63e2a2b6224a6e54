"""The shipped glossary: one meaning for a spelling, links that lead somewhere, and the seed article untouched."""

from __future__ import annotations

from collections import Counter

import pytest

from articles.models import Article
from articles.rendering import render, rendering_of
from forms_catalog.glossary import load_glossary
from forms_catalog.models import GlossaryTerm
from forms_catalog.references import CatalogResolver
from mgsite.markup import render_article
from tests import dom
from tests.content.texts import FIRST, records

WANTED = {
    "elemental-magnesium", "standardised-mean-difference", "confidence-interval", "certainty-of-evidence", "grade",
    "randomised-controlled-trial", "placebo", "meta-analysis", "risk-of-bias", "upper-level", "hydrate", "chelate",
    "bioavailability", "receptor", "gaba-a-receptor", "nmda-receptor", "serotonin", "antagonist",
    "blood-brain-barrier", "comparator", "crossover-trial", "observational-study", "p-value", "heterogeneity",
    "prediction-interval", "indirect-evidence",
}  # fmt: skip


def test_words_that_pages_lean_on_are_explained() -> None:
    assert set(records("glossary")) >= WANTED


def test_a_spelling_has_one_meaning() -> None:
    spellings = Counter(
        spelling.lower()
        for term in records("glossary").values()
        for spelling in [term["name"], *term.get("also_called", [])]
    )
    assert [spelling for spelling, times in spellings.items() if times > 1] == []


def test_meanings_are_short_and_whole_sentences() -> None:
    for slug, term in records("glossary").items():
        assert 20 < len(term["definition"]) <= 230, slug
        assert term["definition"].endswith((".", "?")), slug


@pytest.mark.django_db
def test_every_spelling_is_found_as_its_own_term(first_edition: None) -> None:
    glossary = load_glossary()
    for term in GlossaryTerm.objects.all():
        for spelling in term.spellings:
            found = list(glossary.find(f"so {spelling}, it is"))
            assert [(each.term.key, each.start, each.end) for each in found] == [(term.slug, 3, 3 + len(spelling))], (
                spelling
            )


@pytest.mark.django_db
def test_seed_article_reads_word_for_word_the_same_with_its_terms(first_edition: None) -> None:
    body = Article.objects.get(slug=FIRST).live.body

    plain, explained = render_article(body, resolver=CatalogResolver()), render(body)

    assert dom.text(explained.html) == dom.text(plain.html)
    assert {term.key for term in explained.terms} >= {"nmda-receptor", "blood-brain-barrier", "ligand"}


@pytest.mark.django_db
def test_every_article_explains_its_words(first_edition: None) -> None:
    for article in Article.objects.published():
        terms = rendering_of(article.live)["terms"]
        kept = set(article.references.filter(term__isnull=False).values_list("term__slug", flat=True))
        assert len(terms) >= 4, article
        assert kept == {term["key"] for term in terms}, article
