"""Highwire's tags and COinS of any work at all, read back by Zotero's rules."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

import pytest
from hypothesis import example, given

from forms_catalog.bibliography import Medium, Name, Work
from forms_catalog.bibliography.coins import coins
from forms_catalog.bibliography.highwire import highwire
from forms_catalog.bibliography.work import tidy
from tests.unit.test_bibliography import PAGE, TRIAL, works
from tests.zotero import Item, Page, offered
from tests.zotero.names import Creator, clean_author

HERE = "https://example.org/here/"


def from_head(work: Work, *more: tuple[str, str]) -> Item:
    metas = "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in [*highwire(work), *more])
    (item,) = offered(Page(f"<!doctype html><html lang=en-GB><head>{metas}</head>", HERE))
    return item


def from_list(work: Work) -> Item:
    (item,) = offered(Page(f'<span class="Z3988" title="{escape(coins(work))}" hidden></span>', HERE))
    return item


@example(replace(TRIAL, authors=(Name("van;Berg", "J,W"),)))
@given(works.filter(lambda work: tidy(work).title))
def test_head_gives_back_what_was_put_in(work: Work) -> None:
    item, wanted = from_head(replace(work, container="PLOS ONE")), tidy(work)

    assert item["title"] == re.sub(r"\s*[-–—=_:|~#]\s*plos one\s*$", "", wanted.title, flags=re.IGNORECASE)
    assert item["date"] == "/".join(f"{part:02}" for part in work.issued)
    if work.medium == Medium.JOURNAL:
        assert (item.type, item["publicationTitle"]) == ("journalArticle", "PLOS ONE")
        assert (item["volume"], item["issue"]) == (wanted.volume, wanted.issue)
    else:
        assert (item.type, item["websiteTitle"]) == ("webpage", "PLOS ONE")
    assert len(item.creators) <= len(wanted.authors)


@given(works.filter(lambda work: tidy(work).title.strip("+ ")))
def test_list_gives_back_what_was_put_in(work: Work) -> None:
    """But for a plus, which Zotero reads as a space however it is written."""
    item, wanted = from_list(work), tidy(work)

    assert item["title"] == wanted.title.replace("+", " ")
    assert item["date"] == "-".join(f"{part:02}" for part in work.issued)
    if work.medium == Medium.JOURNAL:
        assert item["publicationTitle"] == wanted.container.replace("+", " ")
        assert (item["volume"], item["issue"]) == (wanted.volume.replace("+", " "), wanted.issue.replace("+", " "))


def test_tags_of_a_trial() -> None:
    assert highwire(replace(TRIAL, url="https://example.org/paper", issn="1932-6203", pages="e1 – e9")) == [
        ("citation_title", TRIAL.title),
        ("citation_author", "Tarleton, Emily K"),
        ("citation_author", "Littenberg, Benjamin"),
        ("citation_publication_date", "2017"),
        ("citation_journal_title", "PLOS ONE"),
        ("citation_volume", "12"),
        ("citation_issue", "6"),
        ("citation_firstpage", "e1"),
        ("citation_lastpage", "e9"),
        ("citation_doi", "10.1371/journal.pone.0180067"),
        ("citation_pmid", "28654669"),
        ("citation_issn", "1932-6203"),
        ("citation_public_url", "https://example.org/paper"),
    ]


def test_tags_of_a_page_say_what_it_is_and_of_which_site() -> None:
    assert dict(highwire(replace(PAGE, language="en-GB"))) == {
        "citation_title": "Magnesium safely",
        "citation_author": "The editors,",
        "citation_publication_date": "2026/11/23",
        "citation_public_url": "https://example.org/articles/magnesium-safely/",
        "citation_language": "en-GB",
        "z:itemType": "webpage",
        "DC.source": "Magnesium & Mind",
    }


def test_context_object_of_a_trial() -> None:
    assert coins(TRIAL) == (
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=article"
        "&rft_id=info%3Adoi%2F10.1371%2Fjournal.pone.0180067&rft_id=info%3Apmid%2F28654669"
        "&rft.atitle=Role+of+magnesium+supplementation+in+the+treatment+of+depression%3A+A+randomized+clinical+trial"
        "&rft.au=Tarleton%2C+Emily+K&rft.au=Littenberg%2C+Benjamin&rft.date=2017"
        "&rft.jtitle=PLOS+ONE&rft.volume=12&rft.issue=6&rft.pages=e0180067"
    )


def test_web_source_is_not_put_on_this_site() -> None:
    source = replace(PAGE, container="", url="https://www.nice.org.uk/guidance/ng222")

    assert from_head(source, ("og:site_name", "Magnesium & Mind"))["websiteTitle"] == "nice.org.uk"


def test_namesakes_stay_two_in_a_list() -> None:
    wangs = (Name("Wang", "Y"), Name("Wang", "Ying"))

    assert from_list(replace(TRIAL, authors=wangs)).creators == [Creator("Wang", "Y."), Creator("Wang", "Ying")]


@pytest.mark.parametrize(
    ("written", "comma", "read"),
    [
        ("The editors", False, Creator("editors", "The")),
        ("The editors,", True, Creator("The editors")),
        ("Tarleton, EK", True, Creator("Tarleton", "E. K.")),
        ("Tarleton, Emily K", True, Creator("Tarleton", "Emily K.")),
        ("Jacka, Jean-Pierre", True, Creator("Jacka", "Jean-Pierre")),
        ("Li, J-P", True, Creator("Li", "J.-P.")),
        ("EFSA Panel, Novel Foods", True, Creator("EFSA Panel", "Novel Foods")),
        ("BfR (Berlin)", False, Creator("BfR (Berlin)")),
    ],
)
def test_names_are_read_as_zotero_reads_them(written: str, comma: bool, read: Creator) -> None:
    assert clean_author(written, comma=comma) == read
