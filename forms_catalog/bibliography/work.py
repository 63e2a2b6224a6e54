"""The neutral record: what every format needs of a study or an article. An empty part is not known."""

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from forms_catalog.bibliography.names import Name


class Medium(StrEnum):
    """Where a work appeared."""

    JOURNAL = "journal"
    WEB = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something that can be cited."""

    key: str
    """Names the work in a bibliography: letters, digits, hyphens."""
    medium: Medium
    title: str
    authors: tuple[Name, ...] = ()
    issued: tuple[int, ...] = ()
    """Year, month, day, as far as they are known."""
    container: str = ""
    """The journal or the site it appeared in."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    issn: str = ""
    url: str = ""
    version: str = ""
    language: str = ""
    note: str = ""
    accessed: date | None = None


def one_line(text: str) -> str:
    """Text as every format can hold it: no control characters, white space made single."""
    printable = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in text)
    return " ".join(printable.split())


def tidy(work: Work) -> Work:
    """The work with every text on one line, and without authors who have no name."""
    given = {each.name: getattr(work, each.name) for each in fields(work)}
    texts: dict[str, Any] = {name: one_line(value) for name, value in given.items() if type(value) is str}
    names = (Name(one_line(name.family), one_line(name.given)) for name in work.authors)
    return replace(work, **texts, authors=tuple(name for name in names if name.family))


def day_parts(parts: tuple[int, ...]) -> tuple[int, int, int]:
    """Year, month and day, 0 for each that is not known."""
    year, month, day = (*parts, 0, 0, 0)[:3]
    return year, month, day


def page_range(pages: str) -> tuple[str, str]:
    """First and last page; the last is empty for a single page or anything that is not a plain range."""
    parts = re.split(r"\s*[-‐‑–—]+\s*", pages.strip())
    if len(parts) == 2 and all(parts):
        return parts[0], parts[1]
    return pages.strip(" -–"), ""
