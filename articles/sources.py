"""The source a reply names, read into one address. It is checked for its form, and never fetched."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from forms_catalog.models.fields import validate_address, validate_doi, validate_pmcid, validate_pmid

LONGEST = 500
UNREADABLE = (
    "We cannot read this source. Give a DOI such as 10.1371/journal.pone.0180067, a PMID such as 28654669, "
    "or a link that begins with https://."
)
TOO_LONG = f"A source may have {LONGEST} characters. Give its DOI or its PMID; those are shorter."

_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s*)?(10\.\S+)", re.IGNORECASE)
_PMID = re.compile(
    r"(?:https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)|pmid:?\s*)?(\d+)/?",
    re.IGNORECASE,
)
_PMCID = re.compile(r"(?:pmcid:?\s*)?(PMC\d+)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE)


def read_source(typed: str) -> str:
    """The address of a DOI, a PMID, a PMCID or a link, as typed. Raises ValidationError with a sentence to show."""
    text = typed.strip().rstrip(".,;")
    address = _address_of(text)
    if len(address) > LONGEST:
        raise ValidationError(TOO_LONG, code="too_long")
    return address


def _address_of(text: str) -> str:
    if doi := _DOI.fullmatch(text):
        return f"https://doi.org/{quote(_checked(validate_doi, doi[1]), safe='/:;()')}"
    if pmid := _PMID.fullmatch(text):
        return f"https://pubmed.ncbi.nlm.nih.gov/{_checked(validate_pmid, pmid[1])}/"
    if pmcid := _PMCID.fullmatch(text):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{_checked(validate_pmcid, pmcid[1].upper())}/"
    return _link(text)


def _link(text: str) -> str:
    """A link to a named host of the open web: no bare number, no user name, nothing local, nothing disguised."""
    _checked(validate_address, text)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValidationError(UNREADABLE, code="invalid") from error
    bare = not _HOST.fullmatch(host) or host.rpartition(".")[2].isdigit()
    if bare or "@" in parts.netloc or "\\" in text or port not in {None, 80, 443}:
        raise ValidationError(UNREADABLE, code="invalid")
    return text


def _checked(validate: RegexValidator, text: str) -> str:
    try:
        validate(text)
    except ValidationError as error:
        raise ValidationError(UNREADABLE, code="invalid") from error
    return text
