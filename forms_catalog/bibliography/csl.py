"""CSL-JSON, as Zotero, Mendeley and citeproc read it."""

import json
from typing import Any

from forms_catalog.bibliography.names import Name
from forms_catalog.bibliography.work import Medium, Work, page_range, tidy


def csl_json(work: Work) -> str:
    """A list of one item, a line for each of its parts."""
    parts = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in csl_item(work).items())
    return "[{{\n  {}\n}}]\n".format(",\n  ".join(parts))


def csl_item(work: Work) -> dict[str, Any]:
    """The item, with the parts that are known."""
    work = tidy(work)
    accessed = work.accessed and (work.accessed.year, work.accessed.month, work.accessed.day)
    item = {
        "id": work.key,
        "type": "article-journal" if work.medium == Medium.JOURNAL else "webpage",
        "title": work.title,
        "author": [_author(name) for name in work.authors],
        "issued": _date(work.issued),
        "container-title": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "page": "-".join(page for page in page_range(work.pages) if page),
        "DOI": work.doi,
        "PMID": work.pmid,
        "PMCID": work.pmcid,
        "ISSN": work.issn,
        "URL": work.url,
        "accessed": _date(accessed or ()),
        "version": work.version,
        "language": work.language,
        "note": work.note,
    }
    return {name: value for name, value in item.items() if value}


def _author(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _date(parts: tuple[int, ...]) -> dict[str, Any]:
    return {"date-parts": [list(parts)]} if parts else {}
