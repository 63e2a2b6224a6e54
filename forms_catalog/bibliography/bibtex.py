"""BibTeX. Text stays Unicode; what LaTeX would read as a command is written out, with balanced braces only."""

import re

from forms_catalog.bibliography.names import Name
from forms_catalog.bibliography.work import Medium, Work, day_parts, page_range, tidy

# \{ would read well and yet unbalance BibTeX's count of braces.
_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(work: Work) -> str:
    """One entry."""
    work = tidy(work)
    kind = "article" if work.medium == Medium.JOURNAL else "misc"
    lines = [f"  {name} = {value}," for name, value in _fields(work) if value]
    return "\n".join([f"@{kind}{{{_key(work.key)},", *lines, "}", ""])


def _fields(work: Work) -> list[tuple[str, str]]:
    journal = work.medium == Medium.JOURNAL
    year, month, _ = day_parts(work.issued)
    return [
        ("author", _braced(" and ".join(map(_author, work.authors)))),
        # The inner braces keep capitals as they are.
        ("title", _braced(f"{{{escape(work.title)}}}")),
        ("journal" if journal else "howpublished", _braced(escape(work.container))),
        ("year", _braced(str(year or ""))),
        ("month", _MONTHS[month - 1] if month else ""),
        ("volume", _braced(escape(work.volume))),
        ("number", _braced(escape(work.issue))),
        ("pages", _braced("--".join(escape(page) for page in page_range(work.pages) if page))),
        ("doi", _braced(_address(work.doi))),
        ("pmid", _braced(escape(work.pmid))),
        ("pmcid", _braced(escape(work.pmcid))),
        ("issn", _braced(escape(work.issn))),
        ("url", _braced(_address(work.url))),
        ("urldate", _braced(work.accessed.isoformat() if work.accessed else "")),
        ("version", _braced(escape(work.version))),
        ("language", _braced(escape(work.language))),
        ("note", _braced(escape(work.note))),
    ]


def escape(text: str) -> str:
    """Text in which LaTeX finds no commands."""
    return "".join(_SPECIALS.get(sign, sign) for sign in text)


def _author(name: Name) -> str:
    """Without braces a group would be taken apart at its commas, and at each 'and'."""
    if not name.given:
        return f"{{{escape(name.family)}}}"
    return f"{_part(name.family)}, {_part(name.given)}"


def _part(text: str) -> str:
    parted = "," in text or re.search(r"\band\b", text, re.IGNORECASE)
    return f"{{{escape(text)}}}" if parted else escape(text)


def _address(text: str) -> str:
    """Verbatim, as its styles expect it; only what would end the field is written as an address writes it."""
    return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _key(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9:_-]+", "-", key).strip("-") or "work"


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""
