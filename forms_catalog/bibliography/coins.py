"""COinS: a work as an OpenURL ContextObject, kept in the title of an empty <span class="Z3988">.

Zotero offers all works of a list by these. Written so that its reader gives back the same names: every author as rft.au
(it drops a first author who has aulast and aufirst when a namesake follows), and a page of the web as a document (its
reader of Dublin Core stops at an error of its own, and with it the whole page's list).
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from forms_catalog.bibliography.names import turned
from forms_catalog.bibliography.work import Medium, Work, page_range, tidy


def coins(work: Work) -> str:
    """The ContextObject, not yet escaped for HTML."""
    return urlencode([(key, value) for key, value in _pairs(tidy(work)) if value])


def _pairs(work: Work) -> Iterator[tuple[str, str]]:
    journal = work.medium == Medium.JOURNAL
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'journal' if journal else 'book'}"
    yield "rft.genre", "article" if journal else "document"
    yield "rft_id", f"info:doi/{work.doi}" if work.doi else ""
    yield "rft_id", f"info:pmid/{work.pmid}" if work.pmid else ""
    yield "rft_id", "" if journal and work.doi else work.url
    yield "rft.atitle" if journal else "rft.title", work.title
    yield from (("rft.au", turned(name)) for name in work.authors)
    yield "rft.date", "-".join(f"{part:02}" for part in work.issued)
    if journal:
        yield from _in_journal(work)


def _in_journal(work: Work) -> Iterator[tuple[str, str]]:
    first, last = page_range(work.pages)
    yield "rft.jtitle", work.container
    yield "rft.volume", work.volume
    yield "rft.issue", work.issue
    yield ("rft.spage", first) if last else ("rft.pages", first)
    yield "rft.epage", last
    yield "rft.issn", work.issn
