"""The shipped articles: the first one word for word, and every reference of all of them to a record that exists."""

import re
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
import yaml

from tests.content.texts import (
    ADDRESS,
    DATA,
    FIRST,
    FOLDERS,
    HERE,
    OURS,
    SLUGS,
    WORDED,
    article,
    cited,
    marked,
    records,
    references,
    without_dialect,
)

FRONT_MATTER = [
    "title",
    "standfirst",
    "byline",
    "reviewer",
    "about_mood",
    "replies_open",
    "published_at",
    "evidence_checked_on",
    "change_note",
]
UNREAD = {"cortisol-citrate", "neuroreport2001", "mckee2005"}


# The first article


def test_first_article_is_the_seed_word_for_word() -> None:
    title, seed = (HERE / "seed_article.txt").read_text(encoding="utf-8").split("\n", 1)

    first = article(FIRST)

    assert "# " + first.front["title"] == title
    assert without_dialect(first.body).split() == seed.split()


def test_first_article_opens_with_the_words_of_its_standfirst() -> None:
    first = article(FIRST)
    assert without_dialect(first.body).strip().startswith(first.front["standfirst"])


def test_first_article_marks_each_claim_once_with_its_phrase() -> None:
    anchors = yaml.safe_load((HERE / "anchors.yaml").read_text(encoding="utf-8"))

    claims = marked(article(FIRST).body)

    assert len(claims) == 40
    assert dict(claims) == {anchor["claim"]: anchor["phrase"] for anchor in anchors}


def test_first_article_marks_words_that_the_claim_quotes() -> None:
    for key, words in marked(article(FIRST).body):
        assert words in " ".join(records("claims")[key]["quote"].split()), key


def test_first_article_cites_its_five_sources_in_order() -> None:
    assert cited(article(FIRST).body) == [
        "poleszak2008",
        "poleszak2007serotonin",
        "zarate2006",
        "barragan2008",
        "eby2011",
    ]


def test_first_article_links_the_forms_and_mechanisms_it_names() -> None:
    assert [f"{kind}:{key}" for _, kind, key in WORDED.findall(article(FIRST).body)] == [
        "mechanism:gaba-a",
        "mechanism:serotonin",
        "mechanism:nmda",
        "form:l-threonate",
        "form:glycinate",
        "form:taurate",
        "form:sulfate",
    ]


# Every article


@pytest.mark.parametrize("slug", SLUGS)
def test_front_matter_is_complete_and_invents_nobody(slug: str) -> None:
    front = article(slug).front

    assert list(front) == FRONT_MATTER
    assert front["byline"] == "The editors"
    assert front["reviewer"] is None
    assert front["published_at"] == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert front["evidence_checked_on"] == date(2026, 11, 23)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_reference_points_at_a_record(slug: str) -> None:
    missing = [
        f"{kind}:{key}"
        for kind, key in sorted(references(article(slug).body))
        if (key not in SLUGS if kind == "article" else not (DATA / FOLDERS[kind] / f"{key}.yaml").exists())
    ]
    assert not missing


@pytest.mark.parametrize("slug", SLUGS)
def test_no_study_that_nobody_has_read_is_cited(slug: str) -> None:
    held_back = UNREAD | {key for key, study in records("studies").items() if study.get("is_public") is False}
    assert not held_back & {key for kind, key in references(article(slug).body) if kind == "study"}


@pytest.mark.parametrize("slug", SLUGS)
def test_headings_start_below_the_title_and_skip_no_level(slug: str) -> None:
    levels = [len(marks) for marks in re.findall(r"^(#+) ", article(slug).body, re.MULTILINE)]

    assert levels[0] == 2
    assert all(2 <= level <= previous + 1 for previous, level in pairwise(levels))


@pytest.mark.parametrize("slug", OURS)
def test_our_own_articles_cite_and_use_no_em_dash(slug: str) -> None:
    body = article(slug).body
    assert cited(body)
    assert "—" not in body


@pytest.mark.parametrize("slug", OURS)
def test_addresses_elsewhere_are_sources_of_the_catalog(slug: str) -> None:
    catalog = "\n".join(path.read_text(encoding="utf-8") for path in DATA.glob("*/*.yaml"))
    assert [address for address in ADDRESS.findall(article(slug).body) if address not in catalog] == []
