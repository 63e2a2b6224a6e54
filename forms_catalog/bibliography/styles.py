"""Reference lists as people write them: APA (7th edition) and Vancouver (ICMJE). Plain text, no italics."""

from datetime import date

from django.utils.dates import MONTHS

from forms_catalog.bibliography.names import Name, initials
from forms_catalog.bibliography.work import Medium, Work, day_parts, page_range, tidy

MOST_IN_APA, MOST_IN_VANCOUVER = 20, 6


def apa(work: Work) -> str:
    """'Tarleton, E. K., & Daley, C. (2017). Role of magnesium. PLOS ONE, 12(6), e0180067. https://doi.org/…'."""
    work = tidy(work)
    year = f"({_apa_date(work.issued)})."
    title = _ended(work.title + (f" (Version {work.version})" if work.version else ""))
    head = [_ended(_apa_authors(work.authors)), year, title] if work.authors else [title, year]
    return " ".join(filter(None, [*head, _apa_source(work), _address(work)]))


def vancouver(work: Work) -> str:
    """'Tarleton EK, Daley C. Role of magnesium. PLOS ONE. 2017;12(6):e0180067. doi:10.1371/…'."""
    work = tidy(work)
    names = [_vancouver_author(name) for name in work.authors[:MOST_IN_VANCOUVER]]
    names += ["et al"] if len(work.authors) > MOST_IN_VANCOUVER else []
    source = _vancouver_journal(work) if work.medium == Medium.JOURNAL else _vancouver_site(work)
    title = work.title if work.medium == Medium.JOURNAL else f"{work.title} [Internet]"
    return " ".join(filter(None, [_ended(", ".join(names)), _ended(title), source]))


def _apa_authors(authors: tuple[Name, ...]) -> str:
    names = [_apa_author(name) for name in authors]
    if len(names) > MOST_IN_APA:
        return f"{', '.join(names[: MOST_IN_APA - 1])}, . . . {names[-1]}"
    return ", & ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _apa_author(name: Name) -> str:
    letters = " ".join("-".join(f"{letter}." for letter in together) for together in initials(name.given))
    return f"{name.family}, {letters}" if letters else name.family


def _apa_date(issued: tuple[int, ...]) -> str:
    if not issued:
        return "n.d."
    year, month, day = day_parts(issued)
    return str(year) + (f", {MONTHS[month]}" if month else "") + (f" {day}" if day else "")


def _apa_source(work: Work) -> str:
    volume = work.volume + (f"({work.issue})" if work.issue else "")
    return _ended(", ".join(filter(None, [work.container, volume, _pages(work)])))


def _address(work: Work) -> str:
    return f"https://doi.org/{work.doi}" if work.doi else work.url


def _vancouver_author(name: Name) -> str:
    letters = "".join(letter for together in initials(name.given) for letter in together)
    return f"{name.family} {letters}".strip()


def _vancouver_journal(work: Work) -> str:
    volume = work.volume + (f"({work.issue})" if work.issue else "")
    numbers = ":".join(filter(None, [volume, _pages(work)]))
    year = str(work.issued[0]) if work.issued else ""
    ways = [_ended(";".join(filter(None, [year, numbers]))), work.doi and f"doi:{work.doi}."]
    ways += [work.pmid and f"PMID: {work.pmid}.", "" if work.doi or work.pmid else _available(work)]
    return " ".join(filter(None, [_ended(work.container), *ways]))


def _vancouver_site(work: Work) -> str:
    cited = f" [cited {_vancouver_date(_parts(work.accessed))}]" if work.accessed else ""
    dated = _ended("; ".join(filter(None, [work.container, _vancouver_date(work.issued)])) + cited)
    version = f"Version {work.version}." if work.version else ""
    doi = f"doi:{work.doi}." if work.doi else ""
    return " ".join(filter(None, [dated, version, _available(work), doi]))


def _available(work: Work) -> str:
    return f"Available from: {work.url}" if work.url else ""


def _vancouver_date(parts: tuple[int, ...]) -> str:
    if not parts:
        return ""
    year, month, day = day_parts(parts)
    return f"{year}" + (f" {str(MONTHS[month])[:3]}" if month else "") + (f" {day}" if day else "")


def _parts(day: date | None) -> tuple[int, ...]:
    return (day.year, day.month, day.day) if day else ()


def _pages(work: Work) -> str:
    return "–".join(page for page in page_range(work.pages) if page)


def _ended(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
