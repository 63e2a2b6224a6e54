"""A study as a reference list gives it: plain words, in Vancouver's order. What was not seen is said or left out."""

import re
from typing import Any

from forms_catalog.bibliography.names import initials, read_name
from forms_catalog.models import Study
from forms_catalog.models.vocabulary import PublicationStatus, Species

MOST_AUTHORS = 6
_PARTICIPANTS = {
    Species.HUMAN: ("person", "people"),
    Species.RAT: ("rat", "rats"),
    Species.MOUSE: ("mouse", "mice"),
}


def citation_details(study: Study) -> dict[str, Any]:
    """The parts of a reference, ready for a template and for JSON. A part that is not known is empty."""
    status = PublicationStatus(study.publication_status)
    return {
        "authors": cited_authors(study.authors),
        "title": _ended(study.title or "[title not seen]"),
        "source": cited_source(study),
        "year": study.year,
        "doi": study.doi,
        "pmid": study.pmid,
        "pmcid": study.pmcid,
        "url": study.source_url,
        "kind": study.kind,
        "design": study.get_design_display() if study.design else study.get_kind_display(),
        "people": participants(study),
        "status": status.value,
        "status_label": status.label,
        "status_note": study.publication_note,
    }


def participants(study: Study) -> str:
    """'126 people', '24 mice'; empty where the number or the species was not seen, or nobody took part."""
    if not study.n or study.species not in _PARTICIPANTS:
        return ""
    one, many = _PARTICIPANTS[Species(study.species)]
    return f"{study.n:,} {one if study.n == 1 else many}"


def in_a_line(study: Study) -> str:
    """What it is and what it was compared with, then what it found: a result is never shown without them.

    For places outside our pages, where nobody reads on to the limits. What its journal has said since comes first.
    """
    status = PublicationStatus(study.publication_status)
    later = "" if status == PublicationStatus.AS_PUBLISHED else f"{status.label}. "
    design = study.get_design_display() if study.design else study.get_kind_display()
    told = ", ".join(part for part in (design, participants(study), _against(study)) if part)
    return f"{later}{told}. {study.summary or study.title_or_description}"


def _against(study: Study) -> str:
    return f"against: {study.comparator[:1].lower()}{study.comparator[1:]}".rstrip(".") if study.comparator else ""


def cited_authors(authors: list[str]) -> str:
    """'Poleszak E, Wlaź P.', at most six names."""
    if not authors:
        return "[authors not seen]."
    names = [_cited_author(author) for author in authors[:MOST_AUTHORS]]
    others = " and others" if len(authors) > MOST_AUTHORS else ""
    return _ended(f"{', '.join(names)}{others}")


def cited_source(study: Study) -> str:
    """'Pharmacological Reports 2008;60(4):483–489.', as far as it is known."""
    volume = study.volume + (f"({study.issue})" if study.issue else "")
    pages = re.sub(r"\s*[-\u2013]\s*", "–", study.pages).rstrip("–")
    numbers = ":".join(part for part in (volume, pages) if part)
    year = str(study.year) if study.year else "[year not seen]"
    dated = ";".join(part for part in (year, numbers) if part)
    return _ended(f"{study.journal} {dated}".strip())


def _cited_author(author: str) -> str:
    name = read_name(author)
    letters = "".join(letter for together in initials(name.given) for letter in together)
    return f"{name.family} {letters}" if letters else author


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
