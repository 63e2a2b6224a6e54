"""The shipped claims and the rule: every page shows its working, and every difference has its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from articles.models import Reference
from forms_catalog.edition.layout import DATA, KINDS
from forms_catalog.edition.reading import read_folder
from forms_catalog.grading import Comparison, compare_claims, grade_cells
from forms_catalog.grading.cells import Lean
from forms_catalog.grading.rule import FEW_PEOPLE, VERY_FEW_PEOPLE
from forms_catalog.models import Claim, FormEvidence
from forms_catalog.overclaims import find_overclaims
from tests.dom import parse

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def claims() -> dict[str, dict[str, Any]]:
    sources, problems = read_folder(DATA, kinds=list(KINDS))
    assert not problems
    return {source.slug: source.document for source in sources if source.kind == "claims"}


@pytest.fixture
def pages(first_edition: None, client: Client) -> dict[str, Element]:
    """The main part of each claim's page, by slug."""
    found = {}
    for claim in Claim.objects.all():
        tree = parse(client.get(claim.get_absolute_url()).content.decode())
        found[claim.slug] = next(element for element in tree.iter("main"))
    assert len(found) == 40
    return found


def words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    for inner in value if isinstance(value, list) else []:
        yield from texts(inner)
    if not isinstance(value, (dict, list)):
        yield str(value)


# What the editors wrote


def test_every_claim_has_its_question_and_what_would_change_the_verdict(claims: dict[str, dict[str, Any]]) -> None:
    assert len(claims) == 40
    for slug, claim in claims.items():
        assert claim["question"] in {"effect", "association", "fact"}, slug
        assert claim["what_would_change"].endswith("."), slug


def test_what_would_change_names_a_verdict_or_says_what_would_overturn_it(claims: dict[str, dict[str, Any]]) -> None:
    moves = re.compile(
        r"towards (?:supported|overstated|unsupported|contradicted)|make it (?:supported|contradicted)|overturn|"
        r"would change|could not change|would confirm|would be needed|would keep|it would take|first half only",
        re.IGNORECASE,
    )
    assert [slug for slug, claim in claims.items() if not moves.search(claim["what_would_change"])] == []


def test_new_texts_are_short_and_bring_no_figure_that_the_claim_does_not_have(
    claims: dict[str, dict[str, Any]],
) -> None:
    for slug, claim in claims.items():
        for name in ("what_would_change", "certainty_reason"):
            text = claim.get(name, "")
            assert len(text) <= 330, (slug, name)
            known = set(FIGURE.findall(" ".join(claim[key] for key in ("quote", "statement", "why"))))
            assert set(FIGURE.findall(text)) <= known, (slug, name)


def test_suggested_wording_promises_no_more_than_its_certainty(claims: dict[str, dict[str, Any]]) -> None:
    found = {
        slug: find_overclaims(claim["suggested_wording"], certainty=claim["certainty"])
        for slug, claim in claims.items()
    }
    assert {slug: promises for slug, promises in found.items() if promises} == {}


def test_the_overclaims_of_the_first_article_are_found(claims: dict[str, dict[str, Any]]) -> None:
    quote = claims["c29"]["quote"]
    assert {word.lower() for _, word in find_overclaims(quote, certainty="low")} >= {
        "terminate",
        "without side effects",
    }


@pytest.mark.django_db
def test_where_rule_and_editors_differ_there_is_a_reason_and_nowhere_else(first_edition: None) -> None:
    compared = compare_claims(Claim.objects.all())
    assert [row.claim.slug for row in compared if not row.is_explained] == []
    assert any(row.differs for row in compared)
    assert {str(row.claim.question) for row in compared if row.grade is None} == {"fact"}


# What readers see


@pytest.mark.django_db
def test_every_page_prints_the_numbers_of_the_rule(pages: dict[str, Element]) -> None:
    for row in compare_claims(Claim.objects.all()):
        page = pages[row.claim.slug]
        tables = page.findall(".//table[@class='data-table data-table-stack grade-working']")
        if row.grade is None:
            assert tables == [], row.claim.slug
            assert "This is a question of fact" in words(page)
            continue
        printed = [[words(cell) for cell in line] for line in tables[0].iter("tr")][1:]
        levels = [f"−{step.points}" if step.points else "0" for step in row.grade.steps]
        assert [cells[1] for cells in printed] == [row.grade.start.label, *levels, row.grade.certainty.label]
        assert [cells[0] for cells in printed[1:-1]] == [step.domain for step in row.grade.steps]
        assert [cells[2] for cells in printed[1:-1]] == [step.reason for step in row.grade.steps]


@pytest.mark.django_db
def test_every_page_shows_both_certainties_and_the_reason_where_they_differ(pages: dict[str, Element]) -> None:
    for row in compare_claims(Claim.objects.all()):
        text = words(pages[row.claim.slug])
        assert f"The editors {row.claim.get_certainty_display()} certainty" in text
        assert f"The rule {row.grade.certainty.label} certainty" in text if row.grade else "The rule gives none" in text
        assert (words_of(row.claim.certainty_reason) in text) if row.differs else "Why the editors differ" not in text
        assert words_of(row.claim.what_would_change) in text


def words_of(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.django_db
def test_every_page_leads_to_the_words_in_the_article(pages: dict[str, Element]) -> None:
    for reference in Reference.objects.filter(claim__isnull=False, article__status="published").select_related(
        "claim", "article"
    ):
        assert reference.claim
        links = [link.get("href") for link in pages[reference.claim.slug].iter("a")]
        assert f"{reference.article.get_absolute_url()}#claim-{reference.claim.slug}" in links


@pytest.mark.django_db
def test_no_claim_page_shows_a_figure_without_a_source(
    pages: dict[str, Element], claims: dict[str, dict[str, Any]]
) -> None:
    """Every number is in the claim's own record, a name, a citation, or the working of the rule."""
    rows = {row.claim.slug: row for row in compare_claims(Claim.objects.all())}
    for slug, page in pages.items():
        known = [*texts(claims[slug]), *names_on(rows[slug].claim), *numbers_of(rows[slug])]
        strange = set(FIGURE.findall(words_about_the_claim(page))) - set(FIGURE.findall(" ".join(known)))
        assert strange == set(), (slug, strange)


def words_about_the_claim(page: Element) -> str:
    """The page without what is for no reader: the lines that put its card on another site, and blocks of data.

    Figures in the one are a frame's size and an address, in the other a place in a list and an address.
    """
    lines = [pre for fold in page.iter("details") if "embed-more" in fold.get("class", "") for pre in fold.iter("pre")]
    assert len(lines) == 1
    text = words(page).replace(words(lines[0]), "")
    return reduce(lambda left, block: left.replace(words(block), ""), page.iter("script"), text)


def names_on(claim: Claim) -> Iterator[str]:
    """Names of what the page leads to: sources, neighbours, and where in which article it stands."""
    yield claim.slug
    for rows in (claim.forms, claim.mechanisms, claim.outcomes):
        yield from map(str, rows.all())
    yield from (str(support.study) for support in claim.supports.select_related("study"))
    for search in claim.counter_searches.all():
        found = search.found.published()
        yield f"{search.searched_on:%-d %B %Y} {found.count()}"
        yield from map(str, found)
    for reference in Reference.objects.filter(claim=claim).select_related("article__live"):
        assert reference.article.live
        yield f"{reference.article.live.title} {reference.phrase}"
        yield from re.findall(r"^##+ .*$", reference.article.live.body, re.MULTILINE)


def numbers_of(row: Comparison) -> Iterator[str]:
    """Numbers of the rule: thresholds, the years of its sources, and what it makes of this claim."""
    yield f"{FEW_PEOPLE} {VERY_FEW_PEOPLE} 2011 2015 2020"
    if row.grade:
        yield f"{row.grade.points} {len(row.grade.counted)}"
        yield from (f"{step.points} {step.reason}" for step in row.grade.steps)


@pytest.mark.django_db
def test_no_sentence_about_a_form_goes_beyond_its_grade(first_edition: None) -> None:
    cells = grade_cells(FormEvidence.objects.select_related("form", "outcome", "study__trial"))
    graded = [cell for cell in cells.values() if cell.grade]
    assert len(graded) > 15
    for cell in graded:
        assert cell.grade
        assert find_overclaims(cell.sentence, certainty=cell.grade.certainty) == []
        if "may result in an improvement" in cell.sentence:
            assert (cell.lean, cell.grade.certainty) == (Lean.BENEFIT, "low")
        if cell.grade.certainty == "very_low":
            assert cell.sentence.startswith("The evidence is very uncertain")
