"""Statements about one page, each with a text as its value: what kind of thing it is, and its fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tests.zotero.names import clean_author, clean_doi
from tests.zotero.saving import TYPES, Item

NAMESPACES = {
    "bib": "http://purl.org/net/biblio#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "z": "http://www.zotero.org/namespaces/export#",
    "eprints": "http://purl.org/eprint/terms/",
    "og": "http://ogp.me/ns#",
    "article": "http://ogp.me/ns/article#",
    "book": "http://ogp.me/ns/book#",
    "music": "http://ogp.me/ns/music#",
    "video": "http://ogp.me/ns/video#",
    "so": "http://schema.org/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
DC_TYPES = {
    **{name: name for name in ("book", "patent", "report", "thesis", "map", "webpage")},
    **dict.fromkeys(["article", "dataset", "journalitem", "journalarticle", "scholarlytext"], "journalArticle"),
    "newsitem": "newspaperArticle",
    "homepage": "webpage",
    "workingpaper": "report",
}
OG_TYPES = {"book": "book", "website": "webpage", "music.song": "audioRecording", "video.movie": "videoRecording"}
# Where Zotero looks for each field, best first.
SOURCES = {
    "title": "dc:title dcterms:title eprints:title og:title so:headline so:name",
    "publicationTitle": "prism:publicationName eprints:publication eprints:book_title dc:source dcterms:source",
    "rights": "prism:copyright dc:rights dcterms:rights so:license",
    "section": "article:section so:genre",
    "volume": "prism:volume eprints:volume bibo:volume dc:source.Volume dcterms:citation.volume so:volumeNumber",
    "pages": "bib:pages eprints:pagerange bibo:pages dc:identifier.pageNumber so:pagination",
    "publisher": "dc:publisher dcterms:publisher eprints:institution so:publisher",
    "date": "eprints:date prism:publicationDate og:published_time article:published_time book:release_date "
    "music:release_date video:release_date dc:date.issued dcterms:date.issued dcterms:issued dc:date dcterms:date "
    "dcterms:dateSubmitted eprints:datestamp so:datePublished",
    "ISSN": "prism:issn eprints:issn bibo:issn dc:source.ISSN prism:eIssn bibo:eissn so:issn",
    "DOI": "dc:identifier.DOI bibo:doi",
    "url": "eprints:official_url og:url bibo:uri so:url so:sameAs",
    "abstractNote": "eprints:abstract prism:teaser og:description bibo:abstract dcterms:abstract "
    "dc:description.abstract dcterms:description.abstract so:description dc:description dcterms:description",
    "websiteType": "dc:type dcterms:type",
    "language": "dc:language dcterms:language so:inLanguage",
}
AUTHORS = "bib:authors so:author so:creator dc:creator dc:creator.PersonalName dcterms:creator eprints:creators_name "
AUTHORS += "dc:contributor dcterms:contributor"


class Statements:
    """Everything said of the page. Not read at all: identifiers without a kind, which our pages have none of."""

    def __init__(self, said: Iterable[tuple[str, str]]) -> None:
        self.said: dict[str, list[str]] = defaultdict(list)
        for term, value in said:
            self.said[term].append(value)

    def all(self, names: str) -> list[str]:
        """Values of the first of these terms that is used."""
        for prefix, _, term in (name.partition(":") for name in names.split()):
            if found := self.said.get(NAMESPACES[prefix] + term):
                return found
        return []

    def one(self, names: str) -> str:
        return next(iter(self.all(names)), "")

    def type(self, *, unknown: str) -> str:
        """What kind of thing it is. A site's word for itself weighs more than DC's; 'article' is a guess, and last."""
        own, dc, og = self.one("z:itemType z:type"), self.one("dc:type dcterms:type"), self.one("og:type")
        known = [own if own in TYPES else "", "journalArticle" if self.one("eprints:type") == "article" else ""]
        known += [OG_TYPES.get(og, ""), dc if dc in TYPES else DC_TYPES.get(dc.lower().replace(" ", ""), "")]
        return next(filter(None, [*known, unknown, "journalArticle" if og == "article" else ""]), "")

    def item(self, *, unknown: str) -> Item:
        """The item with what is said of it. What Zotero's own terms say, goes over everything."""
        item = Item(self.type(unknown=unknown), {name: self.one(terms) for name, terms in SOURCES.items()})
        item.creators = [clean_author(name, comma="," in name) for name in self.all(AUTHORS)]
        if not item["publicationTitle"] and item.type in {"blogPost", "webpage", "newspaperArticle"}:
            item.fields["publicationTitle"] = self.one("og:site_name")
        item.fields["DOI"] = clean_doi(item["DOI"]) or item["DOI"]
        own = {term.removeprefix(NAMESPACES["z"]): values[0] for term, values in self.said.items() if values}
        item.fields |= {name: value for name, value in own.items() if "/" not in name and name != "itemType"}
        return item
