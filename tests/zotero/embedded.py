"""The translator "Embedded Metadata": Highwire's tags first, then statements, then whatever the page offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from tests.zotero.names import Creator, clean_author, clean_doi, fix_case
from tests.zotero.page import Page
from tests.zotero.rdf import NAMESPACES, Statements
from tests.zotero.saving import FIELDS, Item

# In this order: a later one goes over an earlier.
MAPPED = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_cover_date": "date",
    "citation_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_journal_abbrev": "journalAbbreviation",
    "citation_inbook_title": "publicationTitle",
    "citation_book_title": "bookTitle",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_series_title": "series",
    "citation_conference_title": "conferenceName",
    "citation_conference": "conferenceName",
    "citation_dissertation_institution": "university",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "number",
    "citation_publisher": "publisher",
    "citation_isbn": "ISBN",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_language": "language",
}
TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_conference": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
GUESSES = {"citation_title": "journalArticle", "citation_series_title": "journalArticle", "citation_isbn": "book"}
BYLINES = {"byline", "bylines", "vcard", "article-byline"}


@dataclass(slots=True)
class Read:
    """A first pass over all <meta>: what is stated, and what the tags say or suggest of the type."""

    statements: list[tuple[str, str]]
    type: str = ""
    guess: str = ""


def read_metas(page: Page) -> Read:
    read, prefixes = Read([]), {**NAMESPACES, "eprint": NAMESPACES["eprints"], **declared_prefixes(page)}
    for names, value in page.metas():
        for name in names.split():
            prefix, term = split_name(name, prefixes)
            if prefix in prefixes:
                read.statements.append((prefixes[prefix] + term[:1].lower() + term[1:], value))
            else:
                short = name[max(0, name.rfind("citation_")) :]
                read.type = TYPES.get(short, read.type)
                read.guess = "book" if short == "citation_isbn" else read.guess or GUESSES.get(short, "")
    return read


def split_name(name: str, prefixes: dict[str, str]) -> tuple[str, str]:
    """'og:title', 'DC.type' and, with the second part as the prefix where it is one, 'og:video:release_date'."""
    parts = re.split("[.:_]", name)
    if len(parts) > 2 and parts[1].lower() in prefixes:
        return parts[1].lower(), name[len(parts[0]) + len(parts[1]) + 2 :]
    return parts[0].lower(), name[len(parts[0]) + 1 :]


def declared_prefixes(page: Page) -> dict[str, str]:
    """What the page says its prefixes stand for goes over what is known of them."""
    links = ((link.get("rel") or "", link.get("href") or "") for link in page.document.iter("link"))
    found = {match[1].lower(): href for rel, href in links if (match := re.match(r"schema\.([a-zA-Z]+)", rel))}
    said = page.document.get("prefix", "") + page.first("head", "prefix")
    return found | {prefix.lower(): uri for prefix, uri in re.findall(r"(\w+):\s+(\S+)", said)}


def embedded(page: Page) -> Item | None:
    """The item of a page. None: nothing there that Zotero would make one of."""
    read = read_metas(page)
    if not (read.statements or read.type or read.guess):
        return None
    item = Statements(read.statements).item(unknown=read.guess or ("webpage" if read.statements else ""))
    item.type = read.type or item.type
    add_highwire(page, item)
    add_from_page(page, item)
    clean_up(page, item)
    return item


def add_highwire(page: Page, item: Item) -> None:
    for name, field in MAPPED.items():
        if value := " ".join(page.content(name).split()):
            item.fields[field] = value
    item.creators = list(creators(page)) or item.creators
    item.fields["pages"] = "-".join(filter(None, pages(page, item["pages"])))
    item.fields["date"] = item["date"] or page.content("citation_online_date") or page.content("citation_year")
    item.fields["ISSN"] = ", ".join(page.contents("citation_issn")) or item["ISSN"]
    if pmid := page.content("citation_pmid"):
        item.fields["extra"] = f"PMID: {pmid}"
    abstract, whole = page.content("citation_abstract_html_url"), page.content("citation_fulltext_html_url")
    item.fields["url"] = item["url"] or abstract or whole


def creators(page: Page) -> Iterator[Creator]:
    """Semicolons part names in any tag; commas in a single one, where both sides hold a space."""
    tags, last = page.contents("citation_author") or page.contents("citation_authors"), ""
    for tag in tags:
        names = re.split(r"\s*;\s*", tag)
        around = re.split(r"\s*,\s*", names[0])
        if len(names) == len(tags) == 1 and len(around) > 1 and " " in around[0] and " " in around[1]:
            names = around
        for name in map(str.strip, names):
            if re.search(r"[^\s,\-.;]", name) and name != last:
                last = name
                yield cased(clean_author(name, comma="," in name))


def cased(name: Creator) -> Creator:
    return replace(name, first=fix_case(name.first), last=fix_case(name.last)) if name.first else name


def pages(page: Page, known: str) -> tuple[str, str]:
    """First and last; of a range in the tag for the first, what comes after the dash is lost."""
    first, last = (page.content(f"citation_{end}page").replace("–", "-") for end in ("first", "last"))
    known_first, _, known_last = known.partition("-")
    first = re.split(r"\s*-\s*", first)[0]
    last = re.split(r"\s*-\s*", last)[-1]
    return (first or known_first).strip(), (last or known_last).strip()


def add_from_page(page: Page, item: Item) -> None:
    """Better than nothing: the page's title, description, address and language, which are about the page."""
    title = re.sub(r"\s+", " ", item["title"] or page.title)
    ending = rf"\s*[-–—=_:|~#]\s*{re.escape(item['publicationTitle'])}\s*$"
    item.fields["title"] = re.sub(ending, "", title, flags=re.IGNORECASE) if item["publicationTitle"] else title
    if not item.creators:
        item.creators = list(page_authors(page))
    item.fields["abstractNote"] = item["abstractNote"] or " ".join(page.content("description").split())
    item.fields["url"] = item["url"] or page.first("head/link[@rel='canonical']", "href") or page.url
    item.fields["language"] = item["language"] or page.content("language") or page.document.get("lang", "")
    item.fields["date"] = item["date"] or page.first(".//time[@datetime]", "datetime")[:10]
    item.fields["libraryCatalog"] = urlsplit(page.url).netloc


def page_authors(page: Page) -> Iterator[Creator]:
    """<meta name="author">, then Open Graph's. Bylines are beyond us, so there may be none on such a page."""
    metas = list(page.metas())
    plain = list(dict.fromkeys(content for name, content in metas if name.lower() == "author"))
    graph = [content for name, content in metas if name == "article:author" and "://" not in content]
    for name in plain or graph:
        yield clean_author(name, comma=False)
    classes = {name for element in page.document.iter() for name in (element.get("class") or "").split()}
    assert plain or graph or not BYLINES & classes, "Zotero would make an author of this page's byline"


def clean_up(page: Page, item: Item) -> None:
    item.fields["DOI"] = clean_doi(item["DOI"])
    if item["DOI"] and "DOI" not in FIELDS[item.type]:
        item.fields["extra"] = "\n".join(filter(None, [item["extra"], f"DOI: {item['DOI']}"]))
    item.fields["url"] = urljoin(page.url, item["url"])
