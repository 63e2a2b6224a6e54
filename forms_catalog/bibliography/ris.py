"""RIS: a tag and a value on each line, which ends as the format asks."""

from collections.abc import Iterator

from forms_catalog.bibliography.names import Name
from forms_catalog.bibliography.work import Medium, Work, day_parts, page_range, tidy

LINE_END = "\r\n"


def ris(work: Work) -> str:
    """One record."""
    return "".join(f"{tag}  - {value}{LINE_END}" for tag, value in _lines(tidy(work)))


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", "JOUR" if work.medium == Medium.JOURNAL else "ELEC"
    yield from (("AU", _author(name)) for name in work.authors)
    first, last = page_range(work.pages)
    filled = [
        ("TI", work.title),
        ("T2", work.container),
        ("PY", str(work.issued[0]) if work.issued else ""),
        ("DA", _day(work.issued) if len(work.issued) > 1 else ""),
        ("VL", work.volume),
        ("IS", work.issue),
        ("SP", first),
        ("EP", last),
        ("DO", work.doi),
        ("AN", work.pmid),
        ("C2", work.pmcid),
        ("SN", work.issn),
        ("UR", work.url),
        ("Y2", _day((work.accessed.year, work.accessed.month, work.accessed.day)) if work.accessed else ""),
        ("ET", work.version),
        ("LA", work.language),
        ("N1", work.note),
        ("ID", work.key),
    ]
    yield from ((tag, value) for tag, value in filled if value)
    yield "ER", ""


def _author(name: Name) -> str:
    """RIS has no groups: a comma in one would make a family name of what stands before it, so it is left out."""
    if not name.given:
        return name.family.replace(",", "")
    return f"{name.family.replace(',', '')}, {name.given.replace(',', '')}"


def _day(parts: tuple[int, ...]) -> str:
    """'2026/11/23/', with nothing between the strokes where a part is not known."""
    year, month, day = day_parts(parts)
    return "/".join([f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "", ""])
