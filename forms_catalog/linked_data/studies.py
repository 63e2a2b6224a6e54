"""A study or another source as schema.org's kinds of works.

The node is the paper, not our page of it: `mainEntityOfPage` leads to the page. What the journal has said since stands
in the work's status, and for a retracted paper in its type as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any
from urllib.parse import quote

from forms_catalog.bibliography import Name, read_name
from forms_catalog.citations import in_a_line
from forms_catalog.linked_data.nodes import Node, absolute, node
from forms_catalog.models import Study
from forms_catalog.models.vocabulary import PublicationStatus, Species, StudyDesign, StudyKind

MOST_WORDS_OF_A_PERSON = 3
ADDRESSES = {
    "DOI": ("doi", "https://doi.org/{}"),
    "PMID": ("pmid", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "PMCID": ("pmcid", "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
}
"""What identifies a paper: our field, and the address it makes."""
PAPER = "MedicalScholarlyArticle"
RANDOMISED = "Randomized Controlled Trial"
PUBLICATION_TYPES = {
    StudyDesign.META_ANALYSIS: "Meta-Analysis",
    StudyDesign.SYSTEMATIC_REVIEW: "Systematic Review",
    StudyDesign.NARRATIVE_REVIEW: "Review",
    StudyDesign.RCT: RANDOMISED,
    StudyDesign.CROSSOVER_RCT: RANDOMISED,
    StudyDesign.EQUIVALENCE_RCT: "Equivalence Trial",
    StudyDesign.CONTROLLED_TRIAL: "Controlled Clinical Trial",
    StudyDesign.OPEN_TRIAL: "Clinical Trial",
    StudyDesign.COHORT: "Observational Study",
    StudyDesign.CROSS_SECTIONAL: "Observational Study",
    StudyDesign.CASE_REPORT: "Case Reports",
}
"""Words of the catalogue that schema.org takes them from (MeSH). A design that it does not know has none."""
REVIEWS = (StudyDesign.META_ANALYSIS, StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.NARRATIVE_REVIEW)


def work(*, study: Study) -> Node:
    """The source of a study's page, as far as it was seen."""
    kind = kind_of(study)
    return node(
        kind,
        {
            "mainEntityOfPage": absolute(study.get_absolute_url()),
            "headline": study.title,
            "name": "" if study.title else study.short_citation,
            "description": in_a_line(study) if study.summary else "",
            "creativeWorkStatus": status_of(study),
            **names_of(study),
            "datePublished": f"{study.year:04d}" if study.year else "",
            "url": "" if study.kind == StudyKind.STUDY else study.source_url,
            "sameAs": [address for _, _, address in identifiers(study)],
            "identifier": [
                node("PropertyValue", {"propertyID": name, "value": value}) for name, value, _ in identifiers(study)
            ],
            "isPartOf": place_of(study),
            "pagination": study.pages if kind in (PAPER, "ScholarlyArticle") else "",
            "publicationType": publication_types(study) if kind == PAPER else [],
        },
    )


def kind_of(study: Study) -> str:
    """What it can be called for certain. A study that nobody has seen in a journal is only a work."""
    if study.kind == StudyKind.STUDY:
        return PAPER if study.journal or study.doi or study.pmid else "CreativeWork"
    if study.journal:
        return "ScholarlyArticle"
    # Among what we file as news are commentaries and a maker's own page: nobody should take those for a newspaper.
    return "Article" if study.kind == StudyKind.NEWS else "WebPage"


def identifiers(study: Study) -> list[tuple[str, str, str]]:
    """Name, value and address of each identifier that is the paper's own."""
    known = ((name, str(getattr(study, field)), address) for name, (field, address) in ADDRESSES.items())
    return [(name, value, address.format(quote(value, safe="/:;()"))) for name, value, address in known if value]


def names_of(study: Study) -> dict[str, Any]:
    """The authors in their order, where it is known of each whether it is a person or a body; else the names alone."""
    authors = [author_of(read_name(str(listed)), in_study=study.kind == StudyKind.STUDY) for listed in study.authors]
    if None in authors:
        return {"creditText": "; ".join(str(listed) for listed in study.authors)}
    return {"author": authors}


def author_of(name: Name, *, in_study: bool) -> Node | None:
    """A person who has a given name, or a body; None for one name that may be either."""
    if name.given:
        full = f"{name.given} {name.family}"
        return node("Person", {"name": full, "givenName": name.given, "familyName": name.family})
    if in_study and len(name.family.split()) <= MOST_WORDS_OF_A_PERSON:
        return None
    return node("Organization", {"name": name.family})


def place_of(study: Study) -> Node | None:
    """The journal, inside it the volume and the issue, as far as they are known; the innermost first."""
    if not study.journal:
        return None
    return reduce(lambda outer, inner: inner | {"isPartOf": outer}, _shelves(study))


def _shelves(study: Study) -> Iterator[Node]:
    yield node("Periodical", {"name": study.journal, "issn": study.issn})
    if study.volume:
        yield node("PublicationVolume", {"volumeNumber": study.volume})
    if study.issue:
        yield node("PublicationIssue", {"issueNumber": study.issue})


def status_of(study: Study) -> str:
    """What the journal has said since, in a sentence; empty while a paper stands as published."""
    status = PublicationStatus(study.publication_status)
    return "" if status == PublicationStatus.AS_PUBLISHED else f"{status.label}. {study.publication_note}"


def publication_types(study: Study) -> list[str]:
    """Its types in the words of the catalogue of medical publications; a trial counts as one only in people."""
    retracted = ["Retracted Publication"] if study.publication_status == PublicationStatus.RETRACTED else []
    fits = study.species == Species.HUMAN or study.design in REVIEWS
    found = PUBLICATION_TYPES.get(StudyDesign(study.design)) if study.design and fits else None
    return [*retracted, *([found] if found else [])]
