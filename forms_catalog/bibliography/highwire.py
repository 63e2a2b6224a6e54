"""Highwire's citation_* tags, which reference managers and scholarly search engines read in a page's head.

They name the work the page is about: on a study's page the paper, never our page. A few tags stand beside them, because
Zotero reads Open Graph and the description as well, and would otherwise take the page for the work.
"""

from forms_catalog.bibliography.names import turned
from forms_catalog.bibliography.work import Medium, Work, one_line, page_range, tidy
from mgsite.templatetags.ui import host

Tag = tuple[str, str]
NO_BREAK = "\N{NO-BREAK SPACE}"


def highwire(work: Work, *, teaser: str = "") -> list[Tag]:
    """Name and content of each tag. `teaser`: kept as the abstract, where the page's description is not the work's."""
    work = tidy(work)
    first, last = page_range(work.pages)
    filled = [
        ("citation_title", work.title),
        *(("citation_author", author) for author in _authors(work)),
        ("citation_publication_date", "/".join(f"{part:02}" for part in work.issued)),
        ("citation_journal_title", work.container if work.medium == Medium.JOURNAL else ""),
        ("citation_volume", work.volume),
        ("citation_issue", work.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", work.doi),
        ("citation_pmid", work.pmid),
        ("citation_issn", work.issn),
        ("citation_public_url", work.url or (f"https://doi.org/{work.doi}" if work.doi else "")),
        ("citation_language", work.language),
        *_for_zotero(work),
        ("prism.teaser", one_line(teaser)),
    ]
    return [(name, content) for name, content in filled if content]


def _authors(work: Work) -> list[str]:
    names = [turned(name) for name in work.authors]
    return [_undivided(name) for name in names] if len(names) == 1 else names


def _undivided(name: str) -> str:
    """Of a single 'de la Cruz, Ana María', with spaces on both sides of the comma, Zotero would make two people."""
    family, comma, given = name.partition(", ")
    return family + comma + given.replace(" ", NO_BREAK) if " " in family else name


def _for_zotero(work: Work) -> list[Tag]:
    """What the work is, where no journal's title says it; and of what site, which would otherwise be this one."""
    if work.medium == Medium.JOURNAL:
        return [] if work.container else [("z:itemType", "journalArticle")]
    return [("z:itemType", "webpage"), ("DC.source", work.container or host(work.url))]
