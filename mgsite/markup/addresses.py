"""Where a link leads: into the catalog, elsewhere on this site, to the web, or nowhere we would send a reader."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it.common.normalize_url import normalizeLink

from mgsite.markup.references import Kind

SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
"""Schemes a text may link to; tel and sms are for helplines."""
LINKED_KINDS = (Kind.FORM, Kind.MECHANISM, Kind.OUTCOME, Kind.STUDY, Kind.CLAIM, Kind.ARTICLE, Kind.TERM)
"""Kinds that `[words](kind:key)` and `[[kind:key]]` may name."""
KINDS_IN_WORDS = "form, mechanism, outcome, study, claim, article or term"
KEY = r"[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*"

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*)\s*:")
_RECORD = re.compile(rf"\s*([A-Za-z]+)\s*:\s*({KEY})\s*")
_CHART = re.compile(r"\s*chart\s*:\s*(\S+)\s*", re.IGNORECASE)
_IMAGE = re.compile(r"/media/images/([A-Za-z0-9_-][A-Za-z0-9._-]*)")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9.])?(?::\d+)?|[0-9a-f.]*:[0-9a-f:.]+")
# Browsers drop tabs and newlines from addresses and read a backslash as a slash.
_TREACHEROUS = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True)
class ToRecord:
    """Into the catalog, or to an article, image or chart."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class ToAddress:
    """To an address. `external`: another site."""

    href: str
    external: bool


@dataclass(frozen=True, slots=True)
class ToNowhere:
    """Nowhere, and why, in words for an editor."""

    reason: str


Destination = ToRecord | ToAddress | ToNowhere


def read_link(raw: str) -> Destination:
    """Where the destination of a link, as written, leads."""
    record = _RECORD.fullmatch(raw)
    if record and record[1].lower() in LINKED_KINDS:
        return ToRecord(Kind(record[1].lower()), record[2].lower())
    if _TREACHEROUS.search(raw):
        return ToNowhere("An address cannot hold a backslash, a tab or a line break.")
    scheme = _SCHEME.match(raw)
    if scheme:
        return _read_web_address(raw.strip(), scheme[1].lower())
    return _read_site_address(raw.strip())


def read_image(raw: str) -> Destination:
    """Where the source of an image, as written, leads: an uploaded picture, a chart, or nowhere."""
    chart = _CHART.fullmatch(raw)
    if chart:
        return ToRecord(Kind.CHART, chart[1].lower())
    picture = _IMAGE.fullmatch(raw.strip())
    if picture:
        return ToRecord(Kind.IMAGE, picture[1])
    return ToNowhere("Pictures come from this site: upload the file, then use its /media/images/ address.")


def _read_web_address(raw: str, scheme: str) -> Destination:
    if scheme in LINKED_KINDS:
        return ToNowhere(f"After “{scheme}:” comes a key of letters, digits and hyphens.")
    if scheme not in SCHEMES:
        return ToNowhere(f"“{scheme}:” is neither a web address nor one of {KINDS_IN_WORDS}.")
    href = normalizeLink(raw)
    if scheme in {"http", "https"} and not _HOST.fullmatch(host_of(href)):
        return ToNowhere("This web address names no site.")
    return ToAddress(href, external=scheme in {"http", "https"})


def _read_site_address(raw: str) -> Destination:
    if raw.startswith("//"):
        return ToNowhere("Write the whole address, with https:// in front.")
    if not raw.startswith(("/", "#")):
        return ToNowhere("An address on this site begins with / or #, any other with https://.")
    return ToAddress(normalizeLink(raw), external=False)


def host_of(href: str) -> str:
    """The host of a web address as it is looked up, without a user name; empty when there is none."""
    try:
        parts = urlsplit(href)
        return f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        return ""
